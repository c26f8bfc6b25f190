import assert from 'node:assert/strict';
import {test} from 'node:test';
import {diagnose} from '../../../source/diagnosis/diagnose.js';
import type {Observation} from '../../../source/diagnosis/evidence.js';
import {answer, evidenceOf, gateway} from '../evidence-of.js';
import {closed, endpointOn, models, nodes, refused, toolFailed, welcomed} from './gateway-observations.js';

const told = (...observations: readonly Observation[]) => {
	const {primary, notes} = diagnose(evidenceOf(observations));
	return {primary, notes, ids: notes.map(({id, severity}) => `${id} ${severity}`)};
};
const none = {scopes: [], missingScopes: ['operator.read', 'operator.write'], authMethod: 'token'};

test('A18: a token without a device is let in and allowed nothing', () => {
	const alone = told(gateway, welcomed(none));
	assert.equal(alone.primary?.id, 'A18');
	assert.equal(alone.primary.exitCode, 77);
	assert.equal(alone.primary.fixes[0]?.command, 'clawtalk');
	assert.deepEqual(told(gateway, endpointOn, models(200), welcomed(none)).ids, ['A18 note']);
});

test('A13: a device that is allowed less than it asks for', () => {
	assert.equal(told(gateway, welcomed({...none, authMethod: 'device-token'})).primary?.id, 'A13');
	const {primary, notes} = told(gateway, welcomed({missingScopes: ['operator.approvals']}));
	assert.equal(primary, undefined);
	assert.match(notes[0]?.title ?? '', /not approved for operator\.approvals$/);
});

test('W25: missing events are counted, and turn nothing red', () => {
	const gap = (missing: number): Observation => ({kind: 'sequence-gap', layer: 'control', atMs: 40, missing});
	const {primary, notes} = told(gateway, welcomed(), gap(2), gap(1));
	assert.equal(primary, undefined);
	assert.match(notes[0]?.title ?? '', /^3 events/);
	assert.match(told(gateway, welcomed(), gap(1)).notes[0]?.title ?? '', /^1 event of/);
});

const off = answer(404, {method: 'GET', path: '/v1/chat/completions', layer: 'chat', body: 'text'});

test('H11 is a note when the control plane can chat, and says that nothing has to change', () => {
	const {primary, notes} = told(gateway, off, welcomed());
	assert.equal(primary, undefined);
	const [note] = notes;
	assert.equal(note?.id, 'H11');
	assert.equal(note.severity, 'note');
	assert.match(note.title, /goes over the control plane/);
	assert.equal(note.fixes[0]?.applicability, 'changes-exposure');
	assert.match(note.fixes[0]?.action ?? '', /^only if you want HTTP/);
});

test('H11 stays the problem when the control plane cannot chat, and is second to what that says for itself', () => {
	assert.equal(told(gateway, off).primary?.id, 'H11');
	assert.equal(told(gateway, off).primary?.fixes[0]?.command, 'clawtalk --transport ws');
	const pairing = told(gateway, off, refused('PAIRING_REQUIRED', 'pairing required'));
	assert.equal(pairing.primary?.id, 'A16');
	assert.deepEqual(pairing.ids, ['H11 warning']);
	assert.equal(told(gateway, off, welcomed(none)).primary?.id, 'A18');
	const unread = {scopes: ['operator.write'], missingScopes: ['operator.read'], authMethod: 'device-token'};
	const halfway = told(gateway, off, welcomed(unread));
	assert.equal(halfway.primary?.id, 'A13', 'it may write and not read');
	assert.doesNotMatch(JSON.stringify(halfway.notes), /goes over the control plane/);
	assert.equal(told(gateway, off, welcomed(), closed(1006, '', {welcomed: true, openMs: 900})).primary?.id, 'H11');
});

test('E01: nodes that are away', () => {
	const all = told(gateway, welcomed(), nodes({connected: false}));
	assert.deepEqual(all.ids, ['E01 warning']);
	assert.match(all.notes[0]?.title ?? '', /offline: desk \(linux\)$/);
	const one = told(gateway, welcomed(), nodes({connected: false}, {id: 'b2', name: 'box'}));
	assert.deepEqual(one.ids, ['E01 note']);
	assert.deepEqual(told(gateway, welcomed(), nodes({})).ids, []);
	assert.deepEqual(told(gateway, welcomed(), nodes()).ids, []);
});

test('E03: a node that waits for approval, with its request only when that is an id', () => {
	const unnamed = told(gateway, welcomed(), nodes({approval: 'pending'})).notes[0];
	assert.deepEqual(
		unnamed?.fixes.map(({command}) => command),
		['openclaw nodes pending', 'openclaw nodes approve REQUEST_ID'],
	);
	assert.equal(told(gateway, welcomed(), nodes({approval: 'pending', connected: false})).notes[0]?.id, 'E01');
	const {notes, ids} = told(gateway, welcomed(), nodes({approval: 'pending', requestId: '0f3a2b1c-77de'}));
	assert.deepEqual(ids, ['E03 warning']);
	assert.equal(notes[0]?.fixes[1]?.command, 'openclaw nodes approve 0f3a2b1c-77de');
	const hostile = told(gateway, welcomed(), nodes({approval: 'pending', requestId: 'x;reboot'})).notes[0]?.fixes[1];
	assert.equal(hostile?.command, 'openclaw nodes approve REQUEST_ID');
	assert.equal(hostile.shownApart, 'x;reboot');
});

test('E05: what the system of a node denies', () => {
	const {notes} = told(gateway, welcomed(), nodes({permissions: {camera: false, microphone: true}}));
	assert.match(notes[0]?.title ?? '', /denies camera$/);
});

/** Words of 2026.9.6 about a tool, and the row. */
const failures: ReadonlyArray<readonly [string, string]> = [
	['exec host=node requires a paired node (none available). This requires a companion app or node host.', 'E01'],
	['exec host=node requires a connected node that supports system.run (none available). Start or reconnect it.', 'E01'],
	['NOT_CONNECTED: node not connected', 'E01'],
	['NODE_BACKGROUND_UNAVAILABLE: bring the app to the front', 'E02'],
	['SYSTEM_RUN_DENIED: approval required', 'E03'],
	['exec denied: host=node ask=always requires human approval', 'E03'],
	['SYSTEM_RUN_DENIED: allowlist miss', 'E04'],
	['exec denied: host=node allowlist miss (ask=off)', 'E04'],
	['exec denied: host=gateway security=deny', 'E04'],
	['SYSTEM_RUN_DISABLED: security=deny', 'E04'],
	['CAMERA_PERMISSION_REQUIRED', 'E05'],
	['TIMEOUT: node invoke timed out', 'E06'],
	['exec host=node requires a node when multiple executable nodes are connected: a1, b2. Set exec.node', 'E07'],
	['exec host=node requires a node id when multiple nodes are available', 'E07'],
];

for (const [message, id] of failures) {
	test(`${id}: ${message}`, () => {
		const {primary, ids} = told(gateway, welcomed(), toolFailed(message));
		assert.equal(primary, undefined);
		assert.deepEqual(ids, [`${id} warning`]);
	});
}

test('the node of a failed tool is filled into the command, when it is an id', () => {
	const fixOf = (node: string) => told(gateway, welcomed(), toolFailed('SYSTEM_RUN_DENIED: approval required', {node})).notes[0]?.fixes[0];
	assert.equal(fixOf('a1b2')?.command, 'openclaw approvals get --node a1b2');
	assert.equal(fixOf('a1b2')?.applicability, 'safe-to-run');
	assert.equal(fixOf('$(x)')?.command, 'openclaw approvals get --node NODE');
});

test('E08: one failure of a tool is nobody’s business, two are a guess', () => {
	assert.deepEqual(told(gateway, welcomed(), toolFailed('no such file')).ids, []);
	assert.deepEqual(told(gateway, welcomed(), toolFailed('exit code 1'), toolFailed('exit code 2')).ids, []);
	const {notes, ids} = told(gateway, welcomed(), toolFailed('no such file'), toolFailed('it gave no reason', {tool: 'read'}));
	assert.deepEqual(ids, ['E08 warning']);
	assert.equal(notes[0]?.confidence, 'possible');
	assert.match(notes[0]?.title ?? '', /2 runs of tools failed: exec, read$/);
	assert.deepEqual(notes[0]?.evidence, [2, 3]);
});
