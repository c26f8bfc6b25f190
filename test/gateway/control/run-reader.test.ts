import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {createRunReader} from '../../../source/gateway/control/run-reader.js';
import type {TransportEvent} from '../../../source/gateway/transport.js';
import {seededRandom} from '../../helpers/seeded-random.js';
import {framesOf, type RecordedRun} from '../recorded/recorded-run.js';
import * as old from '../recorded/runs-2026-2-9.js';
import * as recent from '../recorded/runs-2026-9-6.js';

const runId = 'run-1';
const sessionKey = 'agent:main:clawtalk:a';

function read(frames: readonly (readonly [string, Readonly<Record<string, unknown>>])[], run = {runId, sessionKey}) {
	const events: TransportEvent[] = [];
	const reader = createRunReader({questionId: 'q', ...run}, event => events.push(event));
	for (const [name, payload] of frames) reader.take(name, payload);
	const brief = events.map(event => {
		switch (event.type) {
			case 'delta':
				return `+${event.text}`;
			case 'replace':
				return `=${event.text}`;
			case 'progress':
				return event.retry === undefined ? event.phase : `${event.phase} ${event.retry.attempt}/${event.retry.maxAttempts}`;
			case 'tool':
				return `${event.call.name} ${event.call.phase}: ${event.call.summary ?? ''}`;
			default:
				return event.type;
		}
	});
	return {events, brief, summary: reader.summary, reader};
}

const recorded = (run: RecordedRun) => read(framesOf(run), run);
const chat = (more: object) => ['chat', {runId, sessionKey, ...more}] as const;
const whole = (text: string) => ({message: {role: 'assistant', content: [{type: 'text', text}]}});
const beginning = ['preparing_workspace', 'preparing_context', 'starting_model'];

describe('runs as gateways told them', () => {
	const table: readonly {run: RecordedRun; name: string; brief: readonly string[]; ending?: string; reason?: string}[] = [
		{name: 'an answer', run: recent.plainRun, brief: [...beginning, '+tok0', '+ tok1', '+ tok2'], ending: 'final', reason: 'stop'},
		{
			name: 'a tool between two texts',
			run: recent.toolRun,
			brief: [
				...beginning,
				...['+pre0', '+ pre1', '+ pre2'],
				...['exec started: print text', 'exec updated: echo hi', 'exec updated: echo hi', 'exec finished: echo hi'],
				...['+\n\ntok0', '+ tok1', '+ tok2 tok3'],
			],
			ending: 'final',
			reason: 'stop',
		},
		{
			name: 'a tool that failed',
			run: recent.failedToolRun,
			brief: [...beginning, 'read started: from /nope/x', 'read updated: /nope/x', 'read failed: /nope/x', '+tok0', '+ tok1'],
			ending: 'final',
			reason: 'stop',
		},
		{name: 'stopped, among others', run: recent.stoppedRun, brief: [...beginning, '+tok0', '+ tok1'], ending: 'aborted', reason: 'rpc'},
		{
			name: 'a provider that breaks off: what came is taken back before it is tried again',
			run: recent.failedRun,
			brief: [
				...[...beginning, '+tok0', '+ tok1 tok2', 'retrying 1/8', '=', 'preparing_context', 'starting_model', '+tok0', '+ tok1 tok2'],
			],
			ending: 'error',
		},
		{
			name: 'a provider that limits',
			run: recent.limitedRun,
			brief: [...beginning, 'retrying 1/9', 'retrying 1/9', 'preparing_context', 'retrying 8/9', 'retrying 8/9'],
		},
		{name: 'put into another run', run: recent.steeredRun, brief: [], ending: 'final'},
		{name: 'an answer of 2026.2.9', run: old.oldPlainRun, brief: ['+tok0', '+ tok1 tok2'], ending: 'final'},
		{name: 'stopped, 2026.2.9', run: old.oldStoppedRun, brief: ['+tok0'], ending: 'aborted', reason: 'rpc'},
		{name: 'failed without a word, 2026.2.9', run: old.oldEmptyRun, brief: [], ending: 'final'},
	];
	for (const {name, run, brief, ending, reason} of table) {
		it(name, () => {
			const found = recorded(run);
			assert.deepEqual(found.brief, brief);
			assert.deepEqual([found.summary.ending, found.summary.stopReason, found.summary.malformed], [ending, reason, 0]);
		});
	}

	it('answers a slash command with one text', () => {
		const {events, summary} = recorded(recent.commandRun);
		assert.match(
			events.map(event => (event.type === 'delta' ? event.text : event.type)).join('|'),
			/^🦞 OpenClaw 2026\.9\.6[^|]+Queue: steer$/,
		);
		assert.equal(summary.ending, 'final');
	});

	it('tells what a tool was asked, gave back and took', () => {
		const call = recorded(recent.toolRun).events.findLast(event => event.type === 'tool')?.call;
		assert.deepEqual(call, {
			id: 'call_fake_1',
			name: 'exec',
			phase: 'finished',
			startedAt: 1_795_285_318_969,
			summary: 'echo hi',
			arguments: '{\n "command": "echo hi"\n}',
			output: 'hi',
			resultLength: 2,
			durationMs: 23,
		});
		assert.deepEqual(
			recorded(recent.failedToolRun).summary.failedTools.map(({name, error}) => [name, error]),
			[['read', 'File not found: /nope/x.']],
		);
	});

	it('knows a question that waits for another run from one that failed: nothing of it began', () => {
		assert.equal(recorded(recent.steeredRun).summary.began, false);
		assert.equal(recorded(old.oldEmptyRun).summary.began, true);
	});

	it('keeps the first error, without its sign', () => {
		assert.deepEqual(recorded(recent.failedRun).summary.error, {
			message: 'fake/fake-1 request failed (provider internal error). This is usually temporary — try again shortly.',
			type: 'server_error',
		});
	});
});

describe('frames that come oddly', () => {
	const table: readonly {name: string; frames: Parameters<typeof read>[0]; brief: readonly string[]}[] = [
		{
			name: 'a text twice',
			frames: [chat({state: 'delta', seq: 1, ...whole('a')}), chat({state: 'delta', seq: 1, ...whole('a')})],
			brief: ['+a'],
		},
		{
			name: 'a text that is late',
			frames: [chat({state: 'delta', seq: 2, ...whole('ab')}), chat({state: 'delta', seq: 1, ...whole('a')})],
			brief: ['+ab'],
		},
		{
			name: 'a piece that is missing',
			frames: [chat({state: 'delta', seq: 1, ...whole('a')}), chat({state: 'delta', seq: 9, deltaText: 'd', ...whole('abcd')})],
			brief: ['+a', '+bcd'],
		},
		{
			name: 'pieces alone',
			frames: [
				...[chat({state: 'delta', seq: 1, deltaText: 'a'}), chat({state: 'delta', seq: 1, deltaText: 'a'})],
				...[chat({state: 'delta', seq: 2, deltaText: 'b'}), chat({state: 'delta', seq: 3, deltaText: 'x', replace: true})],
			],
			brief: ['+a', '+b', '=x'],
		},
		{
			name: 'another text from the beginning, unannounced',
			frames: [chat({state: 'delta', seq: 1, ...whole('abc')}), chat({state: 'delta', seq: 2, ...whole('x')})],
			brief: ['+abc', '=x'],
		},
		{
			name: 'a second end, and text after the end',
			frames: [
				...[chat({state: 'final', seq: 3, ...whole('a')}), chat({state: 'error', seq: 1, errorMessage: 'no'})],
				chat({state: 'delta', seq: 4, ...whole('abc')}),
			],
			brief: ['+a'],
		},
		{name: 'an end without a text', frames: [chat({state: 'delta', seq: 1, ...whole('a')}), chat({state: 'final', seq: 2})], brief: ['+a']},
		{
			name: 'texts of another run, another session, and a session in capitals',
			frames: [
				['chat', {runId: 'run-2', sessionKey, state: 'delta', ...whole('theirs')}],
				['chat', {runId, sessionKey: 'agent:main:clawtalk:b', state: 'delta', ...whole('theirs')}],
				['chat', {runId, sessionKey: sessionKey.toUpperCase(), state: 'delta', ...whole('ours')}],
			],
			brief: ['+ours'],
		},
	];
	for (const {name, frames, brief} of table) it(name, () => assert.deepEqual(read(frames).brief, brief));

	it('goes on with what the history had, after the connection was lost', () => {
		const {reader, events} = read([chat({state: 'delta', seq: 40, ...whole('abc')})]);
		reader.reconnected();
		reader.correct('abcde');
		reader.take(...chat({state: 'delta', seq: 1, ...whole('abcdef')}));
		assert.deepEqual(
			events.map(event => (event.type === 'delta' ? event.text : event.type)),
			['abc', 'de', 'f'],
		);
	});

	it('follows the run that answers in its place', () => {
		const {reader, events} = read([chat({state: 'final', seq: 1})]);
		reader.follow('run-2');
		reader.take('chat', {runId: 'run-2', sessionKey, state: 'final', seq: 1, ...whole('here')});
		assert.deepEqual(events, [{type: 'delta', questionId: 'q', text: 'here'}]);
		assert.equal(reader.summary.ending, 'final');
	});
});

const nested = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown;

describe('frames from anybody', () => {
	it('is told a tool whose arguments are nested more deeply than anybody can write', () => {
		const start = (toolCallId: string, args: unknown) =>
			['agent', {runId, sessionKey, stream: 'tool', data: {phase: 'start', toolCallId, name: 'exec', args}}] as const;
		const {brief} = read([start('a', nested(20_000)), start('b', {list: nested(20_000), more: 1})]);
		assert.match(brief.join('|'), /^exec started: 0=\S.*\|exec started: list=\S/);
	});

	const seed = Number(process.env['FUZZ_SEED'] ?? 5);
	const names = ['chat', 'agent', 'session.message', 'tick'];
	const states = ['status', 'delta', 'final', 'aborted', 'error', 'other', 7, null];
	const odd: readonly unknown[] = [
		null,
		undefined,
		0,
		-1,
		1.5,
		1e300,
		'',
		'text',
		'\u001B[2J',
		'\uD800',
		true,
		[],
		{},
		[null],
		{content: [1, {type: 'text'}]},
	];
	const fields = [
		'seq',
		'message',
		'deltaText',
		'replace',
		'stopReason',
		'errorMessage',
		'errorDetail',
		'retry',
		'phase',
		'data',
		'stream',
		'ts',
		'usage',
	];
	const streams = ['tool', 'item', 'command_output', 'run_status', 'thinking', 'lifecycle', 'assistant'];
	const inside = [
		'phase',
		'name',
		'toolCallId',
		'args',
		'result',
		'partialResult',
		'isError',
		'text',
		'delta',
		'kind',
		'status',
		'error',
		'startedAt',
	];
	const phases = ['start', 'update', 'result', 'end', 'retrying'];

	it(`never throws, and lets no text of others pass (seed ${seed})`, () => {
		const random = seededRandom(seed);
		const pick = <T>(list: readonly T[]) => list[random(list.length)] as T;
		const value = (depth: number): unknown => {
			if (depth > 2 || random(3) > 0) return pick(odd);
			return Object.fromEntries(Array.from({length: random(4)}, () => [pick(inside), value(depth + 1)]));
		};
		for (let round = 0; round < 400; round++) {
			const frames = Array.from({length: 30}, () => {
				const isOurs = random(3) > 0;
				const payload: Record<string, unknown> = {runId: isOurs ? runId : pick(['run-2', ...odd]), sessionKey, state: pick(states)};
				for (let more = random(6); more > 0; more--) payload[pick(fields)] = value(0);
				if (random(2) === 0) payload['stream'] = pick(streams);
				if (random(2) === 0) payload['data'] = {toolCallId: 'c', phase: pick(phases), ...(value(0) as object)};
				if (!isOurs) Object.assign(payload, whole('SECRET OF OTHERS'), {deltaText: 'SECRET OF OTHERS'});
				return [pick(names), payload] as const;
			});
			const {events} = read(frames);
			assert.ok(!JSON.stringify(events).includes('SECRET'), `round ${round}`);
			const shown = events.filter(event => event.type !== 'delta' && event.type !== 'replace' && event.type !== 'thinking');
			assert.ok(!JSON.stringify(shown).includes('\\u001b'), `round ${round}`);
		}
	});
});
