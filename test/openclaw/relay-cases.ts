import assert from 'node:assert/strict';
import type {WebSocket} from 'ws';
import type {Observation} from '../../source/diagnosis/evidence.js';
import type {Gateway} from '../../source/gateway/gateway.js';
import {certificate} from '../gateway/recorded/certificates.js';
import {asked} from './asked.js';
import {type LiveCase, ownConnection} from './live-cases.js';
import {ending} from './live-ends.js';
import {losesOnce, type Meddling, type MeddlingRelay, startMeddlingRelay} from './meddling-relay.js';
import type {RealGateway} from './real-gateway.js';

type Work = (gateway: Gateway, relay: MeddlingRelay) => Promise<readonly Observation[]>;

/** clawtalk's own connection to a real gateway, with something in between. */
function between(id: string, name: string, meddling: Meddling, work: Work = () => Promise.resolve([])): LiveCase {
	return {
		...{id, name},
		async run({gateway}) {
			const relay = await startMeddlingRelay(gateway.origin, {...meddling, after: proofs(gateway)});
			try {
				return await ownConnection(relay.origin, gateway.token, undefined, own => work(own, relay));
			} finally {
				await relay.stop();
			}
		},
	};
}

/** WebSockets by which a gateway proves that it is one. */
function proofs({generation}: RealGateway): number {
	return generation === '2026.2.9' ? 1 : 0;
}

type End = (client: WebSocket) => void;

const closing =
	(code: number, reason = ''): End =>
	client =>
		client.close(code, reason);

/** A session that stood is ended. */
const ends = (id: string, name: string, end: End) =>
	between(id, name, {}, async (own, {clients}) => {
		const ended = ending(own);
		for (const client of clients) end(client);
		return ended;
	});

/** The gateway has greeted; an end comes in the place of its welcome. */
const endsBefore = (id: string, name: string, end: End) =>
	between(id, name, {
		onFrame({type}, client) {
			if (type === 'event') return true;
			end(client);
			return false;
		},
	});

/** The upgrade is answered in HTTP. */
const refuses = (id: string, status: number) =>
	between(id, `the upgrade is refused with ${status}`, {
		onUpgrade: raw => raw.end(`HTTP/1.1 ${status} No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`),
	});

/** A mask is for clients alone (RFC 6455 §5.1). */
const breakFrame: End = client => client.send('{}', {mask: true});

/** A piece of an answer does not arrive; it is shown whole all the same, or there is nothing to tell. */
const loses: LiveCase = {
	...{id: 'W25', name: 'a piece of the answer is lost'},
	run: lab =>
		between('W25', '', {onFrame: losesOnce('delta')}, async own => {
			const {evidence, text} = await asked(own, 'go [[n=30 rate=20]]');
			assert.equal(text.trim(), Array.from({length: 30}, (_, index) => `tok${index}`).join(' '));
			return evidence.observations;
		}).run(lab),
};

/** Where it takes long, and the older release does nothing of its own. */
const recent = {generation: '2026.9.6'} as const;

/** What stands between clawtalk and a real gateway does to the control plane. */
export const relayCases: readonly LiveCase[] = [
	ends('W04', 'ended in order', closing(1000, 'idle')),
	ends('W05', 'the proxy goes away', closing(1001)),
	ends('W07', 'frames are rewritten', breakFrame),
	ends('W07', 'the proxy finds our frames broken', closing(1002, 'Invalid frame')),
	ends('W13', 'a text is damaged', client => client.send(Buffer.of(0xff), {binary: false})),
	ends('W08', 'the other side takes no text', closing(1003, 'unsupported data')),
	ends('W09', 'no code', client => client.close()),
	ends('W12', 'the way is cut', client => client.terminate()),
	ends('W19', 'an error of its own', closing(1011, 'upstream failed')),
	endsBefore('W05', 'the proxy goes away before the welcome', closing(1001)),
	endsBefore('W07', 'frames are rewritten before the welcome', breakFrame),
	endsBefore('W09', 'no code before the welcome', client => client.close()),
	endsBefore('W12', 'the way is cut before the welcome', client => client.terminate()),
	endsBefore('W19', 'an error of its own before the welcome', closing(1011)),
	endsBefore('W14', 'a reason that nobody knows', closing(1008, 'because')),
	endsBefore('W17', 'the words of another client', closing(1008, 'connect failed')),
	endsBefore('A10', 'words alone: no token', closing(1008, 'unauthorized: gateway token missing (provide gateway auth token)')),
	endsBefore('A11', 'words alone: a wrong token', closing(1008, 'unauthorized: gateway token mismatch (provide gateway auth token)')),
	endsBefore('A16', 'words alone: pairing', closing(1008, 'pairing required')),
	endsBefore('A18', 'words alone: no device', closing(1008, 'device identity required')),
	endsBefore('A19', 'words alone: an origin', closing(1008, 'origin not allowed (open the Control UI from the gateway host)')),
	refuses('W11', 404),
	refuses('W11', 502),
	refuses('H06', 400),
	refuses('A08', 401),
	refuses('H24', 503),
	between('W10', 'the upgrade is cut', {onUpgrade: raw => raw.destroy()}),
	between('W24', 'the greeting is swallowed', {onFrame: ({event}) => event !== 'connect.challenge'}),
	{...between('W02', 'the answer to the handshake is swallowed', {onFrame: ({type}) => type !== 'res'}), ...recent},
	between('L03', 'a certificate of its own, which some clients call 1015', {tls: certificate}),
	between('N01', 'nobody is there any more: the error of the dial says more than 1006', {}, async (own, relay) => {
		const ended = ending(own);
		await relay.stop();
		const end = await ended;
		const {observations} = await own.control.connect(AbortSignal.timeout(20_000));
		return [...end, ...observations];
	}),
	loses,
];
