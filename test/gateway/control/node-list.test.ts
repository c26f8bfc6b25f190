import assert from 'node:assert/strict';
import {test} from 'node:test';
import {nodeName, nodeState, nodeWords} from '../../../source/diagnosis/execution-plane.js';
import {listNodes, readNodes} from '../../../source/gateway/control/node-list.js';

const long = '0bdfa9a95caafe7b35d5e2f2609b3024ee47f284866fcdbe15664d8470511f8b';

/** As 2026.9.6 lists a node that nobody has allowed yet, shortened. */
const pending = {
	...{nodeId: long, displayName: 'desk', platform: 'linux', paired: true, connected: true, approvalState: 'pending-approval'},
	...{commands: ['system.run', 'system.which'], permissions: {camera: false}, lastSeenAtMs: 1_795_286_550_738},
};

test('a node is read with its three facts, and the beginning of an id that looks like a secret', () => {
	const [node] = readNodes({nodes: [pending]});
	assert.deepEqual(node, {
		...{id: '0bdfa9a95caa', name: 'desk', platform: 'linux', connected: true, paired: true, approval: 'pending'},
		...{commands: ['system.run', 'system.which'], permissions: {camera: false}, lastSeenAt: 1_795_286_550_738},
	});
	const state = nodeState(node);
	assert.equal(
		`${nodeName(state)}: ${nodeWords(state)}`,
		'desk (linux): session online · callable: system.run and 1 more · not allowed yet: it waits for approval',
	);
});

test('what is no list, and what is no node, is left out; control characters and lengths are bounded', () => {
	for (const payload of [undefined, null, [], {}, {nodes: 'x'}, {nodes: [null, 1, {}, {nodeId: 7}]}])
		assert.deepEqual(readNodes(payload), []);
	const [hostile] = readNodes({
		nodes: [
			{
				nodeId: 'a\u001B[2Jb',
				displayName: `\u202E${'x'.repeat(500)}`,
				commands: [1, 'ok\n', ''],
				permissions: {camera: 'yes'},
				approvalState: 9,
			},
		],
	});
	assert.doesNotMatch(JSON.stringify(hostile), /\\u001b|\\n|\u202E/i);
	assert.ok((hostile?.name?.length ?? 0) <= 80);
	assert.deepEqual([hostile?.connected, hostile?.permissions, hostile?.approval], [false, {}, undefined]);
	assert.equal(readNodes({nodes: Array.from({length: 5000}, (_, index) => ({nodeId: `n${index}`}))}).length, 200);
});

test('a gateway that does not tell says why', async () => {
	const error = {code: 'FORBIDDEN', detail: 'MISSING_SCOPE', message: 'missing scope: operator.read'};
	assert.deepEqual(await listNodes({call: () => Promise.resolve({ok: false, error})}), {ok: false, error});
});
