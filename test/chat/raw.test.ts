import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Event} from '../../source/chat/event.js';
import {initialState} from '../../source/chat/initial-state.js';
import type {State} from '../../source/chat/state.js';
import {update} from '../../source/chat/update.js';
import type {Drawing, MarkdownForm} from '../../source/components/drawing.js';
import {entryLines} from '../../source/components/entry-lines.js';
import {liveAnswerLines} from '../../source/components/live-answer.js';
import {createPalette} from '../../source/terminal/palette.js';

const opened = initialState({
	at: 0,
	conversationId: 'c1',
	ephemeral: true,
	place: {origin: 'http://127.0.0.1:18789', path: 'loopback'},
});
const after = (state: State, ...events: readonly Event[]) => events.reduce((current, event) => update(current, event)[0], state);
const typed = (text: string): readonly Event[] => [
	{type: 'text-typed', at: 1, text},
	{type: 'submit-requested', at: 2},
];
const lastNotice = ({entries}: State) => {
	const last = entries.at(-1);
	return last?.kind === 'notice' ? last.text : '';
};

test('/raw and its key show markdown as it came, and draw it again', () => {
	const raw = after(opened, ...typed('/raw'));
	assert.equal(raw.raw, true);
	assert.match(lastNotice(raw), /as it came from here on; \/raw draws it again\. \/redraw/);
	const drawn = after(raw, {type: 'raw-requested', at: 3});
	assert.equal('raw' in drawn, false);
	assert.match(lastNotice(drawn), /drawn again from here on/);
	assert.equal(after(drawn, {type: 'raw-requested', at: 4}).raw, true);
});

const drawing = {
	palette: createPalette('none', 'none'),
	markdown: (text: string, _width: number, form: MarkdownForm = 'settled') => `${form}: ${text}`,
	tail: () => 'tail',
} as unknown as Drawing;

test('the views ask for the source while it is wanted, with what was received and not what was added for drawing', () => {
	const block = {kind: 'block', id: 'e1', markdown: '```js\na\n```\n', source: 'a\n', first: true, continues: true} as const;
	assert.deepEqual(entryLines(block, 80, drawing), ['settled: ```js\na\n```\n']);
	assert.deepEqual(entryLines(block, 80, drawing, true), ['source: a\n']);
});

test('the unfinished block is drawn as one in progress, or as it came', () => {
	const online: Event = {type: 'connection-checked', at: 1, latencyMs: 1, evidence: {observations: []} as never};
	const asked = after(opened, online, ...typed('hi'));
	const questionId = asked.answer?.questionId ?? assert.fail('no question was sent');
	const events = [{type: 'delta', questionId, text: '**bo'}] as const;
	const {answer = assert.fail('no answer')} = after(asked, {type: 'reply-received', at: 5, events});
	assert.deepEqual(liveAnswerLines(answer, 80, drawing), ['', 'in-progress: tail']);
	assert.deepEqual(liveAnswerLines(answer, 80, drawing, true), ['', 'source: **bo']);
});
