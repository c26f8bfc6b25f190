import assert from 'node:assert/strict';
import {test} from 'node:test';
import {line} from './conversation-steps.js';
import {beginning, evidence, run, typed} from './steps.js';

const via = {transport: 'ws'} as const;
const byControl = run(beginning({hasScreen: true}), {type: 'connection-checked', latencyMs: 3, evidence: evidence(), via}).state;
const said = (state: typeof byControl, text: string) => JSON.stringify(run(state, ...line(text)).state.entries.at(-1));

test('a thinking level that the gateway does not list is not taken, and a model that it does not list is called doubtful', () => {
	const opened = run(byControl, ...line('/think'));
	const orderId = opened.state.overlay?.kind === 'picker' ? (opened.state.overlay.order ?? 0) : 0;
	const listed = run(opened.state, {type: 'completions-found', orderId, items: [{text: 'off'}]}, {type: 'cancel-requested'}).state;
	assert.match(said(listed, '/think high'), /lists no thinking level high, only off\. Nothing was changed\./);
	assert.equal(run(listed, ...line('/think high')).state.thinking, undefined);
	assert.equal(run(listed, ...line('/think off')).state.thinking, 'off');
	assert.match(said({...listed, model: 'p/other'}, '/think high'), /Thinking: high/, 'the list was another model’s');

	const models = run(byControl, ...line('/model'));
	const modelsId = models.state.overlay?.kind === 'picker' ? (models.state.overlay.order ?? 0) : 0;
	const items = [{text: 'p/one'}, {text: 'p/two'}];
	const known = run(models.state, {type: 'completions-found', orderId: modelsId, items}, {type: 'cancel-requested'}).state;
	assert.match(said(known, '/model p/thre'), /Model: p\/thre, .* lists no model of this name and may refuse it/);
	assert.doesNotMatch(said(known, '/model p/two'), /refuse/);
	assert.doesNotMatch(said(byControl, '/model p/thre'), /refuse/, 'nothing is known before it was asked');
});

test('what was typed before the gateway had listed what there is, is looked at when the list comes', () => {
	const order = (state: typeof byControl) => state.unchecked?.orderId ?? 0;
	const items = [{text: 'off'}, {text: 'default'}];
	const asked = run({...byControl, thinking: 'off'}, ...line('/think high'));
	assert.deepEqual([asked.state.thinking, asked.commands.some(({type}) => type === 'find-completions')], ['high', true]);
	const taken = run(asked.state, {type: 'completions-found', orderId: order(asked.state), items}).state;
	assert.equal(taken.thinking, 'off');
	assert.match(JSON.stringify(taken.entries.at(-1)), /lists no thinking level high, only off, default\. Thinking is off again\./);
	const failed = run(asked.state, {type: 'completions-found', orderId: order(asked.state), items: []}).state;
	assert.equal(failed.thinking, 'high', 'nothing was listed');
	const named = run(byControl, ...line('/model nonsense')).state;
	const doubted = run(named, {type: 'completions-found', orderId: order(named), items: [{text: 'p/one'}]}).state;
	assert.equal(doubted.model, 'nonsense');
	assert.match(JSON.stringify(doubted.entries.at(-1)), /lists no model of this name and may refuse it/);
	const right = run(named, {type: 'completions-found', orderId: order(named), items: [{text: 'nonsense'}]}).state;
	assert.equal(right.entries.length, named.entries.length);
});

for (const [command, names] of [
	['/model', ['p/one', 'p/two']],
	['/think', ['off', 'high', 'default']],
] as const) {
	test(`${command} opens on the default where that is in force, so that Enter changes nothing`, () => {
		const opened = run(byControl, ...line(command));
		const orderId = opened.state.overlay?.kind === 'picker' ? (opened.state.overlay.order ?? 0) : 0;
		const listed = run(opened.state, {type: 'completions-found', orderId, items: names.map(text => ({text}))}).state;
		assert.ok(listed.overlay?.kind === 'picker');
		assert.equal(listed.overlay.items[listed.overlay.selected]?.id, 'default');
		const {model, thinking} = run(listed, {type: 'submit-requested'}).state;
		assert.deepEqual([model, thinking], [undefined, undefined]);
	});
}

test('the list of a choice opens on what is in force, and has the way back', () => {
	const opened = run({...byControl, model: 'p/two'}, ...line('/model'));
	const orderId = opened.state.overlay?.kind === 'picker' ? (opened.state.overlay.order ?? 0) : 0;
	const {overlay} = run(opened.state, {type: 'completions-found', orderId, items: [{text: 'p/one'}, {text: 'p/two'}]}).state;
	assert.ok(overlay?.kind === 'picker');
	assert.deepEqual([overlay.items.map(({id}) => id), overlay.selected], [['p/one', 'p/two', 'default'], 1]);
});

test('a list that the gateway does not give closes the choice with the reason, and is no word to whoever types', () => {
	const problem = 'models.list: timed out';
	const opened = run(byControl, ...line('/model'));
	const orderId = opened.state.overlay?.kind === 'picker' ? (opened.state.overlay.order ?? 0) : 0;
	const failed = run(opened.state, {type: 'completions-found', orderId, items: [], problem}).state;
	assert.equal(failed.overlay, undefined);
	assert.match(JSON.stringify(failed.entries.at(-1)), /That could not be done: models\.list: timed out\./);
	for (const asked of [run(byControl, typed('/model p')), run(byControl, ...line('/think high'))]) {
		const find = asked.commands.find(({type}) => type === 'find-completions');
		assert.ok(find?.type === 'find-completions');
		const after = run(asked.state, {type: 'completions-found', orderId: find.orderId, items: [], problem}).state;
		assert.equal(after.entries.length, asked.state.entries.length);
		assert.equal(after.thinking, asked.state.thinking);
	}
});

test('a level that is not listed goes back to none that is not listed either, and another model’s list says nothing of it', () => {
	const items = [{text: 'off'}, {text: 'default'}];
	const twice = run(byControl, ...line('/think bogus'), ...line('/think wrong')).state;
	const taken = run(twice, {type: 'completions-found', orderId: twice.unchecked?.orderId ?? 0, items}).state;
	assert.equal(taken.thinking, undefined);
	assert.match(JSON.stringify(taken.entries.at(-1)), /Thinking is as the agent has it again\./);
	const asked = run(byControl, ...line('/think high')).state;
	const orderId = asked.unchecked?.orderId ?? 0;
	const other = run({...asked, agent: 'ops'}, {type: 'completions-found', orderId, items}).state;
	assert.deepEqual([other.thinking, other.listed, other.unchecked], ['high', undefined, undefined]);
});

test('the list of profiles opens on the one in force', () => {
	const place = {profile: 'work', origin: 'http://10.0.0.1:18789', path: 'LAN'};
	const opened = run(beginning({hasScreen: true, place}), ...line('/profile'));
	const orderId = opened.state.overlay?.kind === 'picker' ? (opened.state.overlay.order ?? 0) : 0;
	const items = ['default', 'home', 'work'].map(text => ({text}));
	const {overlay} = run(opened.state, {type: 'completions-found', orderId, items}).state;
	assert.ok(overlay?.kind === 'picker');
	assert.equal(overlay.items[overlay.selected]?.id, 'work');
});
