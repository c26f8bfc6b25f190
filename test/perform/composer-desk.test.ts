import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ReadFile} from '../../source/attachments/read-file.js';
import type {Event} from '../../source/chat/event.js';
import {createComposerDesk} from '../../source/perform/composer-desk.js';
import type {ComposerWork} from '../../source/perform/composer-work.js';
import {manualClock} from './manual-clock.js';
import {settled} from './scripted-gateway.js';

const image: ReadFile = {
	ok: true,
	content: {kind: 'image', bytes: 9, mediaType: 'image/png', dataUrl: 'data:image/png;base64,AAAA'},
	doubts: [],
};
const question = {id: 'q', idempotencyKey: 'q', text: 'x', images: [], history: []};

function desk(work: Partial<ComposerWork>, showsImages = true) {
	const events: Event[] = [];
	let id = 0;
	const made = createComposerDesk({
		clock: manualClock(),
		newId: () => `i${++id}`,
		showsImages: () => showsImages,
		load: async () => work as ComposerWork,
	});
	const perform = async (order: Parameters<typeof made.perform>[0]) => {
		made.perform(order, event => events.push(event));
		await settled();
	};
	return {...made, events, order: perform};
}

test('the content of an image stays here until it is sent', async () => {
	const {order, events, withImages} = desk({readFile: async () => image});
	await order({type: 'read-file', orderId: 1, path: 'cat.png'});
	const [event] = events;
	assert.ok(event?.type === 'file-read' && event.file.kind === 'image');
	assert.doesNotMatch(JSON.stringify(events), /base64/);
	const piece = {kind: 'image', label: '[image]', path: 'cat.png', bytes: 9, mediaType: 'image/png', id: event.file.id} as const;
	assert.deepEqual(withImages(question, [piece]).images, [
		{name: 'cat.png', mediaType: 'image/png', dataUrl: 'data:image/png;base64,AAAA'},
	]);
	assert.throws(() => withImages(question, [{...piece, id: 'other'}]), /not held/);
	await order({type: 'release-images', ids: [event.file.id]});
	assert.throws(() => withImages(question, [piece]), /not held/, 'it is not kept when nothing needs it');
});

test('of a doubted file nothing is told but size and kind, before the yes', async () => {
	const secret: ReadFile = {ok: true, content: {kind: 'text-file', bytes: 8, text: 'TOKEN=1\n'}, doubts: ['git ignores it']};
	const {order, events} = desk({readFile: async () => secret});
	await order({type: 'read-file', orderId: 1, path: '.env'});
	await order({type: 'read-file', orderId: 2, path: '.env'});
	assert.doesNotMatch(JSON.stringify(events), /TOKEN/);
	await order({type: 'forget-file', orderId: 1});
	await order({type: 'release-file', orderId: 1, path: '.env'});
	assert.deepEqual(events.at(-1)?.type, 'file-refused', 'what was refused is gone');
	await order({type: 'release-file', orderId: 2, path: '.env'});
	assert.match(JSON.stringify(events.at(-1)), /file-read.*TOKEN=1/);
});

test('a gateway that leaves images out is told of with the image', async () => {
	const {order, events} = desk({readFile: async () => image}, false);
	await order({type: 'read-file', orderId: 1, path: 'cat.png'});
	assert.match(JSON.stringify(events), /"isUnseen":true/);
});

test('work that fails ends nothing: a list stays empty, anything else is said', async () => {
	const fails = () => Promise.reject(new Error('EIO'));
	const {order, events} = desk({readFile: fails, models: fails, saveChoice: fails, describeProfile: fails});
	await order({type: 'find-completions', orderId: 1, source: 'models', query: ''});
	await order({type: 'read-file', orderId: 2, path: 'x'});
	await order({type: 'save-choice', setting: 'defaultAgent', value: 'ops'});
	await order({type: 'describe-profile', orderId: 4, name: 'home'});
	assert.deepEqual(
		events.map(({type}) => type),
		['completions-found', 'file-refused', 'choice-told', 'choice-told'],
	);
});
