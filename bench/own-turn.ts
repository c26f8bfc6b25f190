import {randomUUID} from 'node:crypto';
import {Secret} from '../source/diagnosis/redact.js';
import {openGateway} from '../source/gateway/open-gateway.js';
import type {Peer} from './peer.js';

/** A connection to the control plane that stands, to time turns of the gateway by themselves: `chat.send` until its final event. */
export async function openTurns({origin, token}: Peer): Promise<{take(text: string): Promise<number>; close(): Promise<void>}> {
	const credential = {kind: 'token', secret: new Secret(token), source: 'bench'} as const;
	const gateway = openGateway(
		{origin, basePath: '', source: 'bench', addressClass: 'loopback', credential, headers: {}, transport: 'ws'},
		{
			ledger: {find: () => Promise.resolve(undefined), record: () => Promise.resolve(), clear: () => Promise.resolve()},
			env: {},
			now: Date.now,
		},
	);
	const always = new AbortController().signal;
	await gateway.control.connect(always);
	return {
		async take(text) {
			const id = randomUUID();
			const question = {id, idempotencyKey: id, text, images: [], history: [], usageWithinMs: 0};
			const begunAt = performance.now();
			let outcome = 'none';
			await gateway.transport.send(question, always, event => {
				if (event.type === 'ended') outcome = event.outcome.kind;
			});
			if (outcome !== 'complete') throw new Error(`a turn by itself ended with ${outcome}`);
			return performance.now() - begunAt;
		},
		close: () => gateway.close(),
	};
}
