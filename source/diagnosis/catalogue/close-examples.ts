import type {Evidence} from '../evidence.js';
import {exampleOf} from './entry.js';
import {closed, identified, refused, welcomed} from './example-observations.js';

const close = (...about: Parameters<typeof closed>) => exampleOf([identified, closed(...about)]);
const session = {welcomed: true, openMs: 600_000} as const;

/** How a WebSocket of the gateway closes. */
export const closeExamples: Readonly<Record<string, Evidence>> = {
	W00: close(4999, 'a reason of another program'),
	W02: close(1000, '', {openMs: 15_000}),
	W03: close(1000, '', {openMs: 20}),
	W04: close(1000, 'bye', session),
	W05: close(1001, '', session),
	W06: exampleOf([identified, refused('PROTOCOL_MISMATCH', 'protocol mismatch', {expectedProtocol: 5}), closed(1002, 'protocol mismatch')]),
	W07: close(1002, 'Invalid WebSocket frame: RSV1 must be clear', session),
	W08: close(1003, 'unsupported data'),
	W09: exampleOf([identified, {...closed(1005, ''), ...session}]),
	W10: exampleOf([
		identified,
		{kind: 'websocket-closed', layer: 'control', atMs: 4, code: 1006, reason: '', challenged: false, welcomed: false, byUs: false},
	]),
	W11: close(1006, '', {upgradeStatus: 404, challenged: false}),
	W12: close(1006, '', session),
	W13: close(1007, 'invalid UTF-8', session),
	W14: close(1008, 'a reason that has no row of its own'),
	W15: close(1008, 'slow consumer', session),
	W16: close(1008, 'invalid connect params: at /client/id: must be equal to one of the allowed values'),
	W17: close(1008, 'connect failed'),
	W18: close(1009, '', session),
	W19: close(1011, 'gateway message handler unavailable', session),
	W20: close(1012, 'service restart', session),
	W21: close(1013, 'gateway starting'),
	W22: close(1015, ''),
	W23: close(4000, 'tick timeout', {...session, byUs: true, silentMs: 60_000}),
	W24: close(1006, '', {openMs: 2000, challenged: false, byUs: true}),
	W25: exampleOf([identified, welcomed(), {kind: 'sequence-gap', layer: 'control', atMs: 900, missing: 3}]),
	W26: close(4001, 'gateway auth changed', session),
};
