import assert from 'node:assert/strict';
import {test} from 'node:test';
import {askDocument, noFacts} from '../../source/commands/ask/ask-document.js';
import {askGateway} from '../../source/commands/ask/ask-gateway.js';
import {readAskOptions} from '../../source/commands/ask/ask-options.js';
import {emptyRecord, recordEvent} from '../../source/commands/ask/ask-record.js';
import {judgeAnswer} from '../../source/commands/ask/ask-result.js';
import {createToolLog} from '../../source/commands/ask/ask-tools.js';
import type {ToolCall, TransportEvent} from '../../source/gateway/transport.js';
import {complete, ended, evidence} from '../chat/steps.js';
import {commandWorld} from '../helpers/command-world.js';
import {scriptedGateway} from '../perform/scripted-gateway.js';

const questionId = 'c1-1';
const result = {exitCode: 0, notes: [], diagnoses: []} as const;

function call(id: string, phase: ToolCall['phase'], more: Partial<ToolCall> = {}): ToolCall {
	return {id, name: 'exec', phase, ...more};
}

function tool(...given: Parameters<typeof call>): TransportEvent {
	return {type: 'tool', questionId, call: call(...given)};
}

test('a run is known once, with all that was told of it', () => {
	const log = createToolLog();
	assert.equal(log.hear(call('1', 'started', {summary: 'ls'}), 100), undefined);
	const run = {name: 'exec', ended: 'finished', summary: 'ls', resultLength: 3, durationMs: 150} as const;
	assert.deepEqual(log.hear(call('1', 'finished', {resultLength: 3}), 250), run);
	assert.equal(log.hear(call('1', 'finished'), 300), undefined);
	assert.equal(log.hear(call('1', 'started'), 300), undefined);
	log.hear(call('2', 'started'), 300);
	log.end(400);
	assert.deepEqual(log.runs, [run, {name: 'exec', ended: 'unseen'}]);
});

test('a flood of runs is counted and not kept', () => {
	const log = createToolLog();
	for (let index = 0; index < 5_000; index++) log.hear(call(`${index}`, 'finished', {output: 'x'.repeat(10_000)}), index);
	assert.deepEqual([log.count, log.runs.length], [5_000, 1_000]);
});

test('the document has the runs where the transport shows them, without what they gave back', () => {
	const record = emptyRecord();
	assert.equal(askDocument(record, result, noFacts).tools, null);
	recordEvent(record, tool('1', 'failed', {summary: 'rm x', durationMs: 5, error: 'no', output: 'secret'}), 10);
	record.seesTools = true;
	assert.deepEqual(askDocument(record, result, noFacts).tools, [
		{name: 'exec', ended: 'failed', summary: 'rm x', durationMs: 5, resultLength: null, error: 'no'},
	]);
	assert.deepEqual(record.failedTools, ['exec']);
});

/** Puts a question to a gateway that shows these events, with these flags; stderr and stdout. */
async function ask(flags: Readonly<Record<string, boolean>>, isTTY: boolean, ...events: readonly TransportEvent[]) {
	const read = readAskOptions({...flags, quiet: flags['quiet'] ?? false});
	assert.ok(read.ok);
	const world = commandWorld({env: {}});
	Object.assign(world.stdout, {isTTY, columns: 80});
	const gateway = scriptedGateway();
	const transport = {
		...gateway.transport,
		capabilities: {...gateway.transport.capabilities, tools: true},
		async send(question: {id: string}, _signal: AbortSignal, emit: (event: TransportEvent) => void) {
			for (const event of events) emit({...event, questionId: question.id});
		},
	};
	const opened = {ok: true, gateway: {...gateway, transport}, settings: {theme: {value: 'none'}}} as never;
	const context = {...world, flags: {}, input: [], debug: () => undefined} as never;
	const code = await askGateway(context, read.options, opened, {
		text: 'hello',
		parts: [{where: 'the question', text: 'hello'}],
		images: [],
	});
	return {code, stdout: world.stdoutText(), stderr: world.stderrText()};
}

const text = (words: string): TransportEvent => ({type: 'delta', questionId, text: words});
const retry: TransportEvent = {
	type: 'progress',
	questionId,
	phase: 'retrying',
	message: '',
	retry: {attempt: 1, maxAttempts: 8, delayMs: 2_000, reason: 'server_error'},
};
const story = [
	text('Look.'),
	tool('1', 'started', {summary: 'ls\u001B[2J -la'}),
	tool('1', 'finished', {durationMs: 210, resultLength: 12}),
	tool('2', 'failed', {name: 'browser', durationMs: 1_000, error: 'no\nway'}),
	retry,
	text('There.'),
	ended(complete, questionId, evidence()),
];

test('--show-tools says on stderr what ran; stdout has the answer alone', async () => {
	const {code, stdout, stderr} = await ask({showTools: true}, false, ...story);
	assert.deepEqual([code, stdout], [0, 'Look.There.\n']);
	assert.equal(
		stderr,
		[
			'clawtalk: → exec ls -la · 0.2 s · 12 characters\n',
			'clawtalk: ✗ browser · 1.0 s: no way\n',
			'clawtalk: Retrying in 2 s (1/8): provider unavailable.\n',
		].join(''),
	);
});

test('--show-tools says so where no tools can be seen', () => {
	const record = emptyRecord();
	for (const event of [text('There.'), ended(complete, questionId, evidence())]) recordEvent(record, event, 1);
	const notes = (seesTools: boolean, showTools: boolean) => judgeAnswer({...record, seesTools}, {requireTools: false, showTools}).notes;
	assert.deepEqual([notes(true, true), notes(false, false)], [[], []]);
	assert.match(notes(false, true).join(), /does not show tools/);
});

test('without it nothing is said of them; that the provider is tried again is said unless it shall be quiet', async () => {
	assert.equal((await ask({}, false, ...story)).stderr, 'clawtalk: Retrying in 2 s (1/8): provider unavailable.\n');
	assert.equal((await ask({quiet: true}, false, ...story)).stderr, '');
});

const takenBack: TransportEvent = {type: 'replace', questionId, text: ''};

for (const isTTY of [false, true]) {
	test(`what an attempt says again is printed once, ${isTTY ? 'on' : 'without'} a terminal`, async () => {
		const attempt = [text('tok0'), text(' tok1')];
		const {stdout, stderr} = await ask(
			{raw: true, quiet: isTTY},
			isTTY,
			...[...attempt, takenBack, ...attempt, takenBack, text('tok0 tok1 tok2'), ended(complete, questionId, evidence())],
		);
		assert.deepEqual([stdout, stderr], ['tok0 tok1 tok2\n', '']);
	});
}

test('an attempt that says something else follows on a new line, and that is said before', async () => {
	const told = async (...events: readonly TransportEvent[]) => ask({}, false, ...events, ended(complete, questionId, evidence()));
	const differs = await told(text('tok0 tok1'), takenBack, text('tok0'), text(' other'), text(' end'));
	assert.deepEqual([differs.stdout], ['tok0 tok1\ntok0 other end\n']);
	assert.match(differs.stderr, /^clawtalk: The gateway began its answer anew, in other words than stand above[^\n]*\n$/);
	const shorter = await told(text('tok0 tok1'), takenBack, text('tok0'));
	assert.deepEqual([shorter.stdout, shorter.stderr], ['tok0 tok1\ntok0\n', differs.stderr]);
});

test('on a terminal the text before a run stands above it', async () => {
	assert.equal((await ask({showTools: true}, true, ...story)).stdout, 'Look.\n\nThere.\n');
	assert.equal((await ask({showTools: true, raw: true}, true, ...story)).stdout, 'Look.\nThere.\n');
});

test('--require-tools fails with 80 when a tool failed, and says which', async () => {
	const {code, stderr} = await ask({requireTools: true}, false, ...story);
	assert.equal(code, 80);
	assert.match(stderr, /a tool failed: browser/);
});
