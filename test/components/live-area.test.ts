import assert from 'node:assert/strict';
import {test} from 'node:test';
import stringWidth from 'string-width';
import {emptyScan, tailMarkdown} from '../../source/chat/answer/blocks.js';
import {draftOf} from '../../source/chat/composer/draft.js';
import {initialState} from '../../source/chat/initial-state.js';
import type {Answer, Connection, Entry, State} from '../../source/chat/state.js';
import type {Drawing} from '../../source/components/drawing.js';
import {entryLines} from '../../source/components/entry-lines.js';
import {liveArea} from '../../source/components/live-area.js';
import {statusLine} from '../../source/components/status-line.js';
import type {Evidence} from '../../source/diagnosis/evidence.js';
import {renderMarkdown} from '../../source/terminal/markdown.js';
import {createPalette} from '../../source/terminal/palette.js';
import {eraseReflowed} from '../../source/terminal/reflow.js';

const now = 1_000_000;
const evidence: Evidence = {
	schema: 'clawtalk.evidence/1',
	at: '2026-01-01T00:00:00.000Z',
	target: {origin: 'http://127.0.0.1:1', source: 'default', addressClass: 'loopback'},
	credential: {set: false, sent: false},
	observations: [],
};
const drawing: Drawing = {
	palette: createPalette('none', 'none'),
	markdown: (text, width) => renderMarkdown(text, {width, colour: 'none', theme: 'none'}),
	tail: tailMarkdown,
	narrowed: ({items}) => items,
	explain: () => [
		'Nothing listens on 127.0.0.1:1 \u001B[2J(connection refused).',
		'It may not be running.',
		'Start it: openclaw gateway start',
	],
	help: () => ['/help  this'],
	clock: () => '14:03',
};
const base: State = initialState({
	at: now,
	conversationId: 'c1',
	ephemeral: true,
	place: {profile: 'home', origin: 'http://127.0.0.1:18789', path: 'loopback'},
});
const answer: Answer = {
	questionId: 'q1',
	question: 'why?',
	askedAt: now - 12_000,
	phase: 'streaming',
	text: '',
	scan: emptyScan,
	savedLength: 0,
	begun: false,
	lastByteAt: now - 1000,
	firstTokenAt: now - 2000,
	tools: [],
};

const words: ReadonlyArray<readonly [what: string, state: Partial<State>, expected: RegExp]> = [
	['connecting', {}, /^connecting · home · loopback · default agent$/],
	[
		'online',
		{connection: {state: 'online', since: now, latencyMs: 3}, agent: 'main', model: 'm/x'},
		/^online · .* · agent main · model m\/x$/,
	],
	[
		'offline',
		{connection: {state: 'waiting', since: now, retryAt: now + 3500, evidence}},
		/^offline since 14:03 · next look in 4 s · Enter looks now · home/,
	],
	[
		'online without a profile',
		{place: {origin: 'http://10.0.0.2:18789', path: 'LAN'}, connection: {state: 'online', since: now, latencyMs: 22.6}},
		/^online · no profile · 10\.0\.0\.2:18789 · LAN · 23 ms · default agent$/,
	],
	[
		'refused for a while',
		{connection: {state: 'refused', since: now, retryAt: now + 3500, evidence}},
		/^not usable · next look in 4 s · \/status asks again/,
	],
	[
		'away for long',
		{connection: {state: 'waiting', since: now - 600_000, retryAt: now + 59_000, evidence}},
		/^offline since 14:03 · looking every 10 s · Enter looks now/,
	],
	['away, with a panel', {hasPanel: true, connection: {state: 'waiting', since: now, retryAt: now, evidence}}, / · Ctrl\+T: why · home/],
	[
		'answering beside a panel',
		{answer, panel: {openedBy: 'user', focused: true, view: {kind: 'summary'}, scroll: 0}},
		/12 s · Ctrl\+C stops/,
	],
	['looking', {connection: {state: 'waiting', since: now, retryAt: now, evidence}}, /^offline since 14:03 · looking now/],
	['asked', {checkAsked: 'submit', connection: {state: 'waiting', since: now, retryAt: now + 3500, evidence}}, /03 · looking now · home/],
	['refused', {connection: {state: 'refused', since: now, evidence}}, /^not usable · \/status asks again/],
	['named default', {agent: 'default', model: 'default'}, / · agent default · model default$/],
	['held', {queueHeld: true, connection: {state: 'online', since: now, latencyMs: 3}}, /^online · Enter sends what is held, Esc edits it/],
	['sending', {answer: {...answer, phase: 'sending'}}, /^sending 12 s/],
	['answering', {answer}, /^answering 12 s · Esc stops/],
	[
		'silent',
		{answer: {...answer, lastByteAt: now - 65_000, askedAt: now - 70_000}},
		/^answering 1 min 10 s · silent for 1 min 5 s · Esc stops/,
	],
	['stopping', {answer: {...answer, phase: 'cancelling'}}, /^stopping/],
	['quit armed', {quitArmedUntil: now + 2000}, /^Ctrl\+C again quits/],
];

for (const [what, change, expected] of words) {
	test(`status line: ${what}`, () => {
		assert.match(statusLine({...base, ...change}, 200, drawing), expected);
	});
}

const narrow: ReadonlyArray<readonly [columns: number, change: Partial<State>, expected: string]> = [
	[40, {agent: '北京'.repeat(50)}, 'connecting · home · loopback'],
	[40, {connection: {state: 'waiting', since: now, retryAt: now + 59_000, evidence}}, 'offline since 14:03 · home'],
	[40, {connection: {state: 'refused', since: now, evidence}}, 'not usable · /status asks again · home'],
	[40, {answer: {...answer, lastByteAt: now - 65_000, askedAt: now - 70_000}}, 'answering 1 min 10 s · Esc stops · home'],
	[40, {place: {origin: 'http://10.0.0.2:18789', path: 'LAN'}}, 'connecting · no profile · 10.0.0.2:18789'],
	[
		40,
		{place: {profile: 'a-very-long-name-of-a-profile-indeed', origin: 'http://h', path: 'LAN'}},
		'connecting · a-very-long-name-of-a-prof…',
	],
	[30, {connection: {state: 'refused', since: now, evidence}}, 'not usable · home'],
	[14, {connection: {state: 'waiting', since: now, retryAt: now, evidence}}, 'offline since'],
];
for (const [columns, change, expected] of narrow) {
	test(`the status line of ${columns} columns has whole parts only: ${expected}`, () => {
		assert.equal(statusLine({...base, ...change}, columns, drawing), expected);
	});
}

test('what was said during an answer is shown below it; what does not fit is seen to be missing', () => {
	const scan = {...emptyScan, pending: 'the answer'};
	const during: State = {...base, answer: {...answer, scan}, asides: [{kind: 'notice', text: 'Model: p/m'}]};
	assert.deepEqual(liveArea(during, 80, 24, drawing).lines.slice(0, 6), ['', 'the answer', '', 'Model: p/m', '', '❯ ']);
	const long: State = {...during, asides: [{kind: 'notice', text: 'line\n'.repeat(40).trim()}]};
	const {lines} = liveArea(long, 80, 24, drawing);
	assert.ok(lines.length < 24 && lines.includes('the answer') && lines.includes('⋮ the rest follows the answer'), lines.join('\n'));
});

test('waiting for the first token says so', () => {
	const {firstTokenAt: _, ...waiting} = answer;
	assert.match(statusLine({...base, answer: {...waiting, phase: 'accepted'}}, 80, drawing), /^waiting for the answer 12 s · Esc stops/);
});

test('the live area is always lower than the terminal and no wider, and holds the caret', () => {
	const scan = {...emptyScan, pending: 'some words of a long paragraph 北京 '.repeat(40)};
	const connection: Connection = {state: 'online', since: now, latencyMs: 1};
	const text = 'line one\n'.repeat(30);
	const full: State = {
		...base,
		connection,
		answer: {...answer, scan},
		queue: ['a\nb', 'c'.repeat(200), 'd', 'e'].map(draftOf),
		draft: {text, caret: 100},
	};
	for (const state of [base, full]) {
		for (const rows of [1, 2, 3, 4, 5, 8, 24, 60]) {
			for (const columns of [10, 20, 80, 200]) {
				const {lines, caret} = liveArea(state, columns, rows, drawing);
				assert.ok(lines.length <= Math.max(1, rows - (rows < 6 ? 1 : 2)), `${lines.length} lines of ${rows}`);
				assert.ok(lines.every(line => stringWidth(line) <= columns));
				assert.ok(caret.y >= 0 && caret.y < lines.length && caret.x < columns);
				assert.match(lines[caret.y] ?? '', state === base ? /^❯/ : /^([❯⋮] | {2})/);
			}
		}
	}
});

test('what the agent says to others in this session is one line, while this chat is connected and asks nothing itself', () => {
	const online: Connection = {state: 'online', since: now, latencyMs: 1, via: {transport: 'ws'}};
	const otherRun = {sessionKey: base.conversation.sessionKey, text: `It\u001B[2J is\n${'a long story '.repeat(20)}`};
	const others = (state: Partial<State>, run: typeof otherRun | undefined = otherRun) =>
		liveArea(
			{...base, connection: online, conversation: {...base.conversation, ...(run && {otherRun: run})}, ...state},
			80,
			24,
			drawing,
		).lines.filter(line => line.includes('at work in this'));
	const [line = ''] = others({});
	assert.match(line, /^… the agent is at work in this session: …[a-z ]*a long story\s*$/);
	assert.ok(stringWidth(line) <= 80);
	assert.deepEqual(others({}, {...otherRun, text: ''}), ['… the agent is at work in this session']);
	assert.deepEqual(others({}, {...otherRun, sessionKey: 'another'}), []);
	assert.deepEqual(others({answer}), []);
	assert.deepEqual(others({connection: base.connection}), []);
	assert.deepEqual(others({connection: {...online, via: {transport: 'http'}}}), [], 'over HTTP nobody tells that it has ended');
});

const end = {kind: 'answer-end', id: 'e', evidence, totalMs: 2345, hadText: true} as const;
const usage = {promptTokens: 1, completionTokens: 120, totalTokens: 121};
const entries: ReadonlyArray<readonly [what: string, entry: Entry, expected: readonly string[]]> = [
	['question', {kind: 'question', id: 'e', text: 'one\ntwo\u001B[31m'}, ['', '❯ one', '  two']],
	['first block', {kind: 'block', id: 'e', markdown: '**hi**', first: true, continues: false}, ['', 'hi']],
	['block that goes on', {kind: 'block', id: 'e', markdown: 'more', first: false, continues: true}, ['more']],
	['complete', {...end, outcome: {kind: 'complete', finishReason: 'stop'}, usage}, ['2.3 s · 120 tokens']],
	[
		'length',
		{...end, outcome: {kind: 'complete', finishReason: 'length'}},
		['2.3 s', '── Stopped at the length limit of the model; it is not complete. /continue asks', '   to go on.'],
	],
	[
		'unstated',
		{...end, outcome: {kind: 'complete', finishReason: 'unstated'}},
		['2.3 s', 'This gateway does not say whether the answer is complete.'],
	],
	['stopped', {...end, outcome: {kind: 'cancelled', by: 'user'}}, ['', '── Stopped; what came is kept.']],
	['stopped early', {...end, hadText: false, outcome: {kind: 'cancelled', by: 'user'}}, ['', '── Stopped before any text came.']],
	[
		'cut',
		{...end, outcome: {kind: 'cut'}},
		[
			'',
			'✗ Nothing listens on 127.0.0.1:1 (connection refused).',
			'  It may not be running.',
			'  Start it: openclaw gateway start',
			'── What came in 2.3 s is kept; it is not complete. /continue asks to go on,',
			'   /retry asks again.',
		],
	],
	[
		'failed before any text',
		{...end, hadText: false, isBrief: true, outcome: {kind: 'failed'}},
		['', '✗ Nothing listens on 127.0.0.1:1 (connection refused).', '  It may not be running.', '── /retry asks again.'],
	],
	[
		'not delivered: the text is in the composer',
		{...end, hadText: false, isBrief: true, outcome: {kind: 'unreachable'}},
		['', '✗ Nothing listens on 127.0.0.1:1 (connection refused).', '  It may not be running.'],
	],
	['help', {kind: 'help', id: 'e'}, ['', '/help  this']],
];

for (const [what, entry, expected] of entries) {
	test(`entry: ${what}`, () => {
		assert.deepEqual(entryLines(entry, 80, drawing), expected);
	});
}

test('evidence that no rule knows is said to be so', () => {
	const lines = entryLines({kind: 'failure', id: 'e', evidence}, 80, {...drawing, explain: () => []});
	assert.deepEqual(lines, ['', '✗ Something failed and no rule explains it.', '  /status looks closer.']);
});

test('a frame that was wrapped anew is erased from its top, and the cursor put where Ink looks for it', () => {
	const frame = {lines: ['', 'x'.repeat(95), 'short', '❯ abc', 'status'], caret: {x: 5, y: 3}, columns: 100};
	// Never from the first row: tmux would keep what stood there.
	const erase = '\r\u001B7\u001B[K\u001B[1B\u001B[J\u001B8';
	assert.equal(eraseReflowed(frame, {columns: 50, rows: 24}), `\u001B[4A${erase}\u001B[3B`);
	assert.equal(eraseReflowed({...frame, columns: 40}, {columns: 50, rows: 24}), `\u001B[3A${erase}\u001B[3B`);
	assert.equal(eraseReflowed(frame, {columns: 50, rows: 5}), '\u001B[H\u001B[K\u001B[2;1H\u001B[J\u001B[3B');
});
