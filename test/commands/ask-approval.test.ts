import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createApprovalNotice} from '../../source/commands/ask/ask-approval.js';
import type {ToolRun} from '../../source/transcripts/record.js';

const runs: ReadonlyArray<readonly [what: string, run: ToolRun, said: boolean]> = [
	[
		'2026.9.6 without anybody who approves',
		{name: 'exec', ended: 'failed', error: 'exec denied: Headless runs cannot wait for interactive exec approval.'},
		true,
	],
	[
		'2026.9.6 over a control plane without the right',
		{
			name: 'exec',
			ended: 'failed',
			error: 'Exec approval registration failed: GatewayClientRequestError: missing scope: operator.approvals',
		},
		true,
	],
	['the same in its output', {name: 'exec', ended: 'failed', output: 'Headless runs cannot wait for interactive exec approval.'}, true],
	['a node that wants an approval', {name: 'exec', ended: 'failed', error: 'SYSTEM_RUN_DENIED: approval required'}, true],
	['another failure', {name: 'exec', ended: 'failed', error: 'exit code 1'}, false],
	['a tool that only speaks of it', {name: 'read', ended: 'finished', output: 'approval required'}, false],
];
for (const [what, run, said] of runs) {
	test(`ask and approvals: ${what}`, () => {
		const lines: string[] = [];
		const hear = createApprovalNotice(line => lines.push(line));
		hear(run);
		hear(run);
		assert.equal(lines.length, said ? 1 : 0);
	});
}
