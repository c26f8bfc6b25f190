import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readService} from '../../../source/diagnosis/probes/service.js';

for (const [what, output, expected] of [
	[
		'a service that restarts again and again',
		'ActiveState=activating\nSubState=auto-restart\nNRestarts=170\nLoadState=loaded\n',
		{activeState: 'activating', subState: 'auto-restart', restarts: 170},
	],
	['no such service', 'ActiveState=inactive\nSubState=dead\nNRestarts=0\nLoadState=not-found\n', undefined],
	['no answer', 'Failed to connect to bus\n', undefined],
] as const) {
	test(`systemctl about ${what}`, () => assert.deepEqual(readService(output), expected));
}
