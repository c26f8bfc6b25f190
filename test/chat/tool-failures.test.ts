import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lastingIn} from '../../source/chat/answer/tool-failures.js';
import type {State} from '../../source/chat/state.js';
import type {ToolCall, TransportEvent} from '../../source/gateway/transport.js';
import {asking, beginning, checked, complete, ended, reply, run, submit, typed} from './steps.js';

let calls = 0;

function tool(question: number, phase: 'finished' | 'failed', more: Partial<ToolCall> = {}): TransportEvent {
	calls += 1;
	return {type: 'tool', questionId: `c1-${question}`, call: {id: `t${calls}`, name: 'exec', phase, ...more}};
}

/** What lasts, by message. */
const lasting = (state: State) => lastingIn(state).map(({message}) => message);

const ends = (state: State) => state.entries.filter(entry => entry.kind === 'answer-end');

const offline = {error: 'node not connected', host: 'node', node: 'desk'};
const denied = {error: 'SYSTEM_RUN_DENIED: approval required', host: 'node'};

const runs: ReadonlyArray<readonly [what: string, later: Partial<ToolCall>, lasts: boolean]> = [
	['on the node that was named', {host: 'node', node: 'desk'}, false],
	['of another tool on that node', {name: 'nodes', node: 'desk'}, false],
	['on another node', {host: 'node', node: 'box'}, true],
	['on the gateway', {host: 'gateway'}, true],
];

for (const [what, later, lasts] of runs) {
	test(`a failure on a node and a run that succeeds ${what}: it ${lasts ? 'lasts' : 'is over'}`, () => {
		const {state} = run(asking(), reply(tool(1, 'failed', offline)), reply(tool(1, 'finished', later)));
		assert.deepEqual(lasting(state), lasts ? ['node not connected'] : []);
	});
}

test('a command that says no was run: the failure before is over, and it is none itself', () => {
	const {state} = run(asking(), reply(tool(1, 'failed', denied), tool(1, 'failed', {error: 'exit code 1', host: 'node'})));
	assert.deepEqual(lasting(state), []);
});

test('the end of an answer has what it leaves behind of failures, and what failed in the answers before', () => {
	const first = run(asking(), reply(tool(1, 'failed', denied), tool(1, 'failed', offline), ended(complete))).state;
	const {state} = run(first, typed('again'), submit, reply(tool(2, 'failed', offline), ended(complete, 'c1-2')));
	const [one, two] = ends(state);
	assert.deepEqual(
		one?.toolsFailed?.map(({message, node}) => [message, node]),
		[
			['SYSTEM_RUN_DENIED: approval required', undefined],
			['node not connected', 'desk'],
		],
	);
	assert.equal(one?.toolsFailedBefore, undefined);
	assert.equal(two?.toolsFailed?.length, 1);
	assert.equal(two?.toolsFailedBefore?.length, 2);
});

test('what worked in the end is not told at the end', () => {
	const {state} = run(asking(), reply(tool(1, 'failed', denied), tool(1, 'finished', {host: 'node'}), ended(complete)));
	assert.equal(ends(state)[0]?.toolsFailed, undefined);
});

test('a gateway on which every tool fails fills no memory', () => {
	const failures = Array.from({length: 300}, () => tool(1, 'failed', offline));
	assert.equal(lasting(run(asking(), reply(...failures)).state).length, 40);
});

test('/status has the failures that last with it, and none without', () => {
	const asked = (state: State) => run(state, typed('/status'), submit, checked).state.entries.findLast(({kind}) => kind === 'notice');
	const before = asked(run(beginning(), checked).state);
	assert.ok(before?.kind === 'notice' && before.tools === undefined);
	const after = asked(run(asking(), reply(tool(1, 'failed', denied), ended(complete))).state);
	assert.ok(after?.kind === 'notice');
	assert.deepEqual(
		after.tools?.observations.map(({kind}) => kind),
		['tool-failed'],
	);
});
