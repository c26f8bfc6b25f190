import type {WebSocketClosed} from '../diagnosis/evidence.js';
import type {ConnectedPeer} from '../network/connector.js';
import type {EvidenceLog} from './evidence-log.js';
import type {Closeable, Route} from './exchange.js';
import {acceptPeer} from './exchange.js';
import {isRecord, parseJson} from './json.js';
import {plainLine} from './plain-text.js';

/** What a WebSocket at the origin said first. */
export type Challenge =
	| {readonly challenged: true; readonly gatewayClockMs?: number}
	| {readonly challenged: false; readonly closed: WebSocketClosed};

const handshakeMs = 5_000;
/** A gateway sends its challenge as the first frame, at once (2026.2.9 and 2026.9.6). */
const challengeMs = 2_000;

/**
 * Opens a WebSocket, waits for `connect.challenge` and closes. Sends no token and no Origin header (with one, a gateway refuses
 * anything but its own pages). The only proof of an OpenClaw gateway before 2026.3.
 */
export async function awaitChallenge(
	route: Route,
	options: {readonly expected: ConnectedPeer; readonly headers: Readonly<Record<string, string>>; readonly signal: AbortSignal},
	log: EvidenceLog,
): Promise<Challenge> {
	const [{WebSocket}, {createSingleConnection}] = await Promise.all([import('./web-socket.js'), import('../network/single-connection.js')]);
	const connection = createSingleConnection(route.origin, {
		proxy: route.proxy,
		address: options.expected.address,
		verifyCertificate: route.pin === undefined,
		accept: acceptPeer(route.pin, options.expected),
	});
	const url = new URL(route.origin);
	const socket = new WebSocket(`${route.origin.replace(/^http/, 'ws')}${route.basePath}/`, {
		headers: {...options.headers},
		handshakeTimeout: handshakeMs,
		maxPayload: 65_536,
		perMessageDeflate: false,
		createConnection: ((_options: unknown, created: (error: Error | null, socket?: unknown) => void) => {
			connection.connect(
				{hostname: url.hostname.replace(/^\[|\]$/g, ''), host: url.host, protocol: url.protocol, port: url.port},
				(error, stream) => (error === null ? created(null, stream) : created(error)),
			);
		}) as never,
	});
	const closeable: Closeable = {drop: () => socket.terminate()};
	const abort = () => socket.terminate();
	route.open.add(closeable);
	options.signal.addEventListener('abort', abort, {once: true});
	try {
		return await firstFrame(socket, log);
	} finally {
		route.open.delete(closeable);
		options.signal.removeEventListener('abort', abort);
		socket.terminate();
		connection.destroy();
	}
}

function firstFrame(socket: import('ws').WebSocket, log: EvidenceLog): Promise<Challenge> {
	const atMs = log.elapsed();
	let openedAtMs: number | undefined;
	let upgradeStatus: number | undefined;
	return new Promise(resolve => {
		let timer: NodeJS.Timeout | undefined;
		const give = (challenge: Challenge) => {
			clearTimeout(timer);
			resolve(challenge);
		};
		const close = (code: number, reason: string, byUs: boolean) =>
			give({
				challenged: false,
				closed: {
					kind: 'websocket-closed',
					layer: 'identity',
					atMs,
					tookMs: log.elapsed() - atMs,
					code,
					reason: plainLine(reason, 120),
					...(openedAtMs === undefined ? {} : {openMs: log.elapsed() - openedAtMs}),
					challenged: false,
					welcomed: false,
					...(upgradeStatus === undefined ? {} : {upgradeStatus}),
					byUs,
				},
			});
		socket
			.on('open', () => {
				openedAtMs = log.elapsed();
				timer = setTimeout(() => close(1006, '', true), challengeMs);
			})
			.on('unexpected-response', (_request, response) => {
				upgradeStatus = response.statusCode;
				// Destroying the request alone would leave the socket without a `close` event.
				socket.terminate();
			})
			.on('message', (data: Buffer) => {
				const challenge = readChallenge(data.toString('utf8'));
				if (challenge === undefined) close(1006, '', true);
				else give(challenge);
			})
			// Always followed by `close`; the codes of the HTTP probe before it tell more.
			.on('error', () => undefined)
			.on('close', (code, reason) => close(code, reason.toString('utf8'), false));
	});
}

/** Reads the first frame: `{"type":"event","event":"connect.challenge","payload":{"nonce":…,"ts":…}}` (protocols 3 and 4). */
export function readChallenge(text: string): Challenge | undefined {
	const frame = parseJson(text);
	if (!isRecord(frame) || frame['type'] !== 'event' || frame['event'] !== 'connect.challenge') return undefined;
	const payload = frame['payload'];
	if (!isRecord(payload) || typeof payload['nonce'] !== 'string') return undefined;
	const {ts} = payload;
	return {challenged: true, ...(typeof ts === 'number' ? {gatewayClockMs: ts} : {})};
}
