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
