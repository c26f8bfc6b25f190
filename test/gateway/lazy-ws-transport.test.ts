import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ControlPlane} from '../../source/gateway/control-plane.js';
import {createEvidenceLog} from '../../source/gateway/evidence-log.js';
import type {GatewayTarget} from '../../source/gateway/gateway.js';
import {createLazyWsTransport} from '../../source/gateway/lazy-ws-transport.js';
import type {Relation} from '../../source/gateway/relation.js';
import type {TransportEvent} from '../../source/gateway/transport.js';
import {question} from './test-gateway.js';

const target: GatewayTarget = {
	origin: 'http://127.0.0.1:18789',
	basePath: '',
	source: 'test',
	addressClass: 'loopback',
	credential: {kind: 'none'},
	headers: {},
};
const relation = {target, openLog: () => createEvidenceLog(target, undefined, () => 0)} as Relation;

for (const [what, isClosed, wanted] of [
	['a question that waits for its code when the transport is closed dials nobody, and ends', true, []],
	['one that nobody called off dials', false, ['dialled']],
] as const) {
	test(what, async () => {
		const dials: string[] = [];
		const control: ControlPlane = {
			state: {kind: 'closed'},
			async connect(signal) {
				if (!signal.aborted) dials.push('dialled');
				return {value: {kind: 'closed'}, observations: [], evidence: relation.openLog().toEvidence()};
			},
			call: () => Promise.reject(new Error('nobody is there')),
			hear: () => () => undefined,
			disconnect: () => undefined,
		};
		const events: TransportEvent[] = [];
		const transport = createLazyWsTransport(relation, control, {});
		const sent = transport.send(question, new AbortController().signal, event => events.push(event));
		if (isClosed) transport.close();
		await sent;
		assert.deepEqual(dials, wanted);
		assert.deepEqual(
			events.map(({type}) => type),
			['ended'],
		);
	});
}
