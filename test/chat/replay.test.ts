import assert from 'node:assert/strict';
import {test} from 'node:test';
import {messagesOf, newestMessages} from '../../source/chat/conversation/remembered-turns.js';
import {lastScreenful, replay} from '../../source/chat/conversation/replay.js';
import type {NewEntry} from '../../source/chat/state.js';
import type {StoredAnswer, StoredTurn} from '../../source/transcripts/stored.js';

const turn = (questionId: string, answer?: Partial<StoredAnswer>, more: Partial<StoredTurn> = {}): StoredTurn => ({
	questionId,
	askedAt: 1_000,
	question: `ask ${questionId}`,
	...(answer && {answer: {text: `answer ${questionId}`, ended: 'complete', finishReason: 'stop', endedAt: 3_000, ...answer}}),
	...more,
});

/** Kind, and what there is to read. */
function short(entry: NewEntry): string {
	switch (entry.kind) {
		case 'block':
			return `block ${entry.markdown.trimEnd()}`;
		case 'answer-end':
			return `end ${entry.outcome.kind}${'elsewhere' in entry.outcome ? ' elsewhere' : ''}`;
		default:
			return 'text' in entry ? `${entry.kind} ${entry.text}` : entry.kind;
	}
}

const endings: ReadonlyArray<readonly [what: string, turn: StoredTurn, expected: readonly string[]]> = [
	['whole', turn('a', {}), ['question ask a', 'block answer a', 'end complete']],
	['stopped', turn('a', {ended: 'cancelled'}), ['question ask a', 'block answer a', 'end cancelled']],
	['cut', turn('a', {ended: 'cut', text: ''}), ['question ask a', 'end cut']],
	['lost by its gateway', turn('a', {ended: 'lost'}), ['question ask a', 'block answer a', 'end lost']],
	[
		'ended by our own end',
		turn('a', {text: 'part', ended: undefined as unknown as string}),
		['question ask a', 'block part', 'end unrecorded'],
	],
	['of a word of a later release', turn('a', {ended: 'melted'}), ['question ask a', 'block answer a', 'end unrecorded']],
	['of a word that every object knows', turn('a', {ended: 'constructor'}), ['question ask a', 'block answer a', 'end unrecorded']],
	['never answered', turn('a'), ['question ask a', 'end unrecorded']],
	['never answered to somebody else', turn('a', undefined, {elsewhere: true}), ['question ask a', 'end unrecorded elsewhere']],
	[
		'asked again',
		turn('b', {}, {replaces: 'a'}),
		['notice Asked again, in a fresh session:', 'question ask b', 'block answer b', 'end complete'],
	],
];
for (const [what, stored, expected] of endings) {
	test(`an answer that was ${what} is shown as that`, () => assert.deepEqual(replay([stored]).map(short), expected));
}

test('the same blocks come back that were printed, and all that is known of an answer', () => {
	const usage = {promptTokens: 1, completionTokens: 20, totalTokens: 21};
	const text = '# Title\n\nOne\n\n```ts\nconst a = 1;\n```\n\nTwo';
	const entries = replay([
		turn('a', {text, usage, firstTokenMs: 300, totalMs: 900, model: 'gpt'}, {agent: 'ops', attachments: ['cat.png']}),
	]);
	assert.deepEqual(
		entries.flatMap(entry => (entry.kind === 'block' ? [entry.markdown] : [])),
		['# Title\n\n', 'One\n\n', '```ts\nconst a = 1;\n```\n', '\nTwo'],
	);
	assert.deepEqual(entries[0], {kind: 'question', isEarlier: true, text: 'ask a', attachments: ['cat.png']});
	assert.deepEqual(entries.at(-1), {
		kind: 'answer-end',
		isEarlier: true,
		outcome: {kind: 'complete', finishReason: 'stop'},
		at: 3_000,
		hadText: true,
		totalMs: 900,
		firstTokenMs: 300,
		usage,
		agent: 'ops',
		model: 'gpt',
	});
});

test('the name that the gateway gives to its agent is no model', () => {
	const [end] = replay([turn('a', {model: 'openclaw/default'})]).slice(-1);
	assert.ok(end?.kind === 'answer-end' && end.model === undefined);
});

test('the last screenful has whole turns, the question of a long answer, and the end of that', () => {
	const turns = Array.from({length: 50}, (_, index) => turn(`q${index}`, {}));
	const {entries, left} = lastScreenful(turns, {columns: 80, rows: 24});
	assert.equal(left, 46);
	assert.deepEqual(short(entries[0] as NewEntry), 'question ask q46');
	const long = turn('long', {text: Array.from({length: 100}, (_, index) => `Paragraph ${index}.`).join('\n\n')});
	const end = lastScreenful([...turns, long], {columns: 80, rows: 24});
	assert.equal(end.left, 50);
	assert.deepEqual(end.entries.slice(0, 2).map(short), [
		'question ask long',
		'notice … the beginning of this answer is not shown: /less shows all.',
	]);
	assert.deepEqual(end.entries.slice(-2).map(short), ['block Paragraph 99.', 'end complete']);
	assert.ok(end.entries.length < 15, `${end.entries.length} entries`);
});

test('a fresh session is told what was answered, without what was asked anew', () => {
	const turns = [turn('a', {}), turn('b', {}), turn('c', {}, {replaces: 'b'}), turn('d'), turn('e', {text: 'half', ended: 'cut'})];
	assert.deepEqual(
		messagesOf(turns).map(({text}) => text),
		['ask a', 'answer a', 'ask c', 'answer c', 'ask e', 'half'],
	);
});

test('of a long conversation the newest turns are remembered, and at least the last', () => {
	const pair = (size: number) => [{role: 'user', text: 'q'} as const, {role: 'assistant', text: 'x'.repeat(size)} as const];
	assert.equal(newestMessages([...pair(10), ...pair(10)]).length, 4);
	assert.equal(newestMessages([...pair(150_000), ...pair(100_000), ...pair(10)]).length, 4);
	assert.equal(newestMessages([...pair(10), ...pair(500_000)]).length, 2);
});
