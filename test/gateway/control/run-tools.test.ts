import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createRunTools} from '../../../source/gateway/control/run-tools.js';

/** As 2026.9.6 puts it: warnings, the command as long as it is, and the reason last. */
const text = [
	'Warning: tools.exec.pathPrepend is ignored for host=node. Configure PATH on the node host/service instead.',
	'',
	'Node command was denied before execution on desk.',
	'Resolve the reported refusal before retrying.',
	'',
	'Command:',
	`echo ${'x'.repeat(400)}`,
	'',
	'Details: SYSTEM_RUN_DENIED: allowlist miss',
].join('\n');

const failures: ReadonlyArray<readonly [name: string, failure: object | undefined, error: RegExp]> = [
	[
		'a code that its message begins with',
		{failureCode: 'SYSTEM_RUN_DENIED', message: 'SYSTEM_RUN_DENIED: allowlist miss'},
		/^SYSTEM_RUN_DENIED: allowlist miss$/,
	],
	['a code beside its message', {failureCode: 'TIMEOUT', message: 'node invoke timed out'}, /^TIMEOUT: node invoke timed out$/],
	['a message alone', {message: 'malformed node invoke response'}, /^malformed node invoke response$/],
	['a code alone', {failureCode: 'PAIRING_CHANGED'}, /^PAIRING_CHANGED: it gave no reason$/],
	['neither', {failureCode: 7, message: ['x']}, /^Warning: tools\.exec\.pathPrepend /],
	['nothing', undefined, /^Warning: tools\.exec\.pathPrepend /],
];

for (const [name, nodeInvokeFailure, error] of failures) {
	test(`why a node did not run a command: ${name}`, () => {
		const details = {status: 'failed', exitCode: null, ...(nodeInvokeFailure === undefined ? {} : {nodeInvokeFailure})};
		const result = {content: [{type: 'text', text}], details};
		const call = createRunTools().take('tool', {phase: 'result', toolCallId: 'c1', name: 'exec', isError: false, result}, 5);
		assert.equal(call?.phase, 'failed');
		assert.match(call.error ?? '', error);
	});
}

/** What is told of the runs, in short; each event a second after the one before unless it says when. */
function told(events: ReadonlyArray<readonly [stream: string, data: object, at?: number]>) {
	const tools = createRunTools();
	return events.flatMap(([stream, data, at], index) => {
		const call = tools.take(stream, {toolCallId: 'call_0', name: 'exec', kind: 'tool', ...data}, at ?? index * 1_000);
		return call === undefined ? [] : [`${call.id} ${call.phase} ${call.summary ?? ''}`.trim()];
	});
}

const start = (command: string) => ({phase: 'start', args: {command}});
const result = {phase: 'result', result: {content: 'x'}};

test('a model server that numbers its calls anew in each turn: each start after an end is a run of its own', () => {
	const turns = ['ls', 'pwd', 'date'].flatMap(command => [
		['item', {phase: 'start'}] as const,
		['tool', start(command)] as const,
		['tool', result] as const,
		['item', {phase: 'end'}] as const,
	]);
	assert.deepEqual(told(turns), [
		'call_0 started',
		'call_0 updated ls',
		'call_0 finished ls',
		'call_0#2 started',
		'call_0#2 updated pwd',
		'call_0#2 finished pwd',
		'call_0#3 started',
		'call_0#3 updated date',
		'call_0#3 finished date',
	]);
});

test('a start that was sent before the end, and comes late or twice, begins nothing', () => {
	const late = [
		['tool', start('ls'), 1_000],
		['tool', result, 1_000],
		['tool', start('ls'), 1_000],
		['item', {phase: 'start'}, 900],
		['item', {phase: 'end'}, 1_000],
	] as const;
	assert.deepEqual(told(late), ['call_0 started ls', 'call_0 finished ls']);
});

test('an end without a start stands for its run once', () => {
	assert.deepEqual(
		told([
			['item', {phase: 'end'}],
			['tool', result],
			['tool', {phase: 'update'}],
		]),
		['call_0 finished'],
	);
});
