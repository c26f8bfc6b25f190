import assert from 'node:assert/strict';
import {test} from 'node:test';
import {printAnswers} from '../../source/commands/chat/printed-answers.js';
import {speakAnswers} from '../../source/commands/chat/spoken-answers.js';
import {createSpokenRuns} from '../../source/commands/chat/spoken-runs.js';
import type {ToolCall, TransportEvent} from '../../source/gateway/transport.js';
import {createPalette} from '../../source/terminal/palette.js';
import {asking, complete, delta, ended, evidence} from '../chat/steps.js';
import {commandWorld} from '../helpers/command-world.js';

const questionId = 'c1-1';

function tool(id: string, phase: ToolCall['phase'], more: Partial<ToolCall> = {}): TransportEvent {
	return {type: 'tool', questionId, call: {id, name: 'exec', phase, ...more}};
}

const retry: TransportEvent = {
	type: 'progress',
	questionId,
	phase: 'retrying',
	message: '',
	retry: {attempt: 2, maxAttempts: 8, delayMs: 4_100, reason: 'rate_limit'},
};
const story: readonly TransportEvent[] = [
	delta('Let me look.'),
	tool('1', 'started', {summary: 'ls'}),
	tool('1', 'finished', {durationMs: 20, resultLength: 1}),
	tool('2', 'started', {summary: 'rm \u001B[31mx'}),
	tool('2', 'failed', {durationMs: 900, error: 'not\nallowed'}),
	{...retry, retry: {attempt: 2, maxAttempts: 8}},
	retry,
	retry,
	delta('Done.'),
	tool('3', 'started'),
	ended(complete),
];

for (const isTTY of [false, true]) {
	test(`line by line, tool runs go to stderr as they come, ${isTTY ? 'on' : 'without'} a terminal`, () => {
		const world = commandWorld({env: {}});
		Object.assign(world.stdout, {isTTY});
		const print = printAnswers(world, {palette: createPalette('none', 'none')});
		print({type: 'reply-received', at: 1_000, events: story}, asking());
		assert.equal(world.stdoutText(), isTTY ? 'Let me look.\nDone.\n' : 'Let me look.Done.\n');
		assert.deepEqual(world.stderrLines(), [
			'→ exec ls · 20 ms · 1 character',
			'✗ exec rm x · 0.9 s',
			'  not allowed',
			'Retrying in 5 s (2/8): rate limit of the provider.',
			'– exec · its end was not seen',
		]);
	});
}

test('to a screen reader a tool is named when it begins, and said again only when it failed', () => {
	const said: string[] = [];
	const runs = createSpokenRuns(line => said.push(line));
	for (const event of [...story, tool('9', 'started')]) runs.hear(event, 1_000);
	assert.deepEqual(said, [
		'Waiting: the agent uses exec: ls.',
		'Waiting: the agent uses exec: rm x.',
		'Tool failed: exec: not allowed.',
		'Waiting. Retrying in 5 s (2/8): rate limit of the provider.',
		'Waiting: the agent uses exec.',
		'Waiting: the agent uses exec.',
	]);
});

test('a flood of tools is not read one by one', () => {
	const said: string[] = [];
	const runs = createSpokenRuns(line => said.push(line));
	for (let index = 0; index < 1_000; index++) {
		runs.hear(tool(`${index}`, 'started'), index);
		runs.hear(tool(`${index}`, 'failed', {error: 'no'}), index);
	}
	assert.equal(said.filter(line => line.startsWith('Waiting: the agent uses exec')).length, 20);
	assert.equal(said.filter(line => line.startsWith('Waiting: the agent uses more')).length, 1);
	assert.equal(said.filter(line => line.startsWith('Tool failed')).length, 100);
});

const interrupted: TransportEvent = {type: 'interrupted', questionId, evidence: evidence()};
const outage: readonly TransportEvent[] = [
	delta('One. And'),
	interrupted,
	// The gateway that starts again lets in, and goes once more.
	interrupted,
	{type: 'resumed', questionId, run: 'running'},
	delta(' two.'),
	ended(complete),
];

test('to a screen reader a connection that is lost in the middle of an answer is said, and that it goes on', () => {
	const said: string[] = [];
	const tell = speakAnswers(
		line => said.push(line),
		text => said.push(text.trimEnd()),
	);
	for (const event of outage) tell({type: 'reply-received', at: 1_000, events: [event]}, asking());
	assert.deepEqual(said, [
		'Agent (default):',
		'One.',
		'And',
		'Notice: The connection broke. The answer may go on at the gateway, and is looked up when that is back.',
		'Notice: The connection is back, and the answer goes on.',
		' two.',
	]);
});

test('line by line both are said on stderr, below what came', () => {
	const world = commandWorld({env: {}});
	Object.assign(world.stdout, {isTTY: true});
	const print = printAnswers(world, {palette: createPalette('none', 'none')});
	print({type: 'reply-received', at: 1_000, events: outage}, asking());
	assert.equal(world.stdoutText(), 'One. And\n two.\n');
	assert.deepEqual(world.stderrLines(), [
		'The connection broke. The answer may go on at the gateway, and is looked up when that is back.',
		'The connection is back, and the answer goes on.',
	]);
});

test('to a screen reader an answer that begins anew is said from its first word on, after what was begun before', () => {
	const said: string[] = [];
	const tell = speakAnswers(
		line => said.push(line),
		text => said.push(text.trimEnd()),
	);
	const events = [delta('One. Half of'), {type: 'replace', questionId, text: ''} as const, delta('# Two\nOther.'), ended(complete)];
	for (const event of events) tell({type: 'reply-received', at: 1_000, events: [event]}, asking());
	assert.deepEqual(said, ['Agent (default):', 'One.', 'Half of', 'The answer begins anew.', 'Heading: Two', 'Other.']);
});
