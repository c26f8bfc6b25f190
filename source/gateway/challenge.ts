import type {WebSocketClosed} from '../diagnosis/evidence.js';
import type {ConnectedPeer} from '../network/connector.js';
import type {EvidenceLog} from './evidence-log.js';
import type {Closeable, Route} from './exchange.js';
import {acceptPeer} from './exchange.js';
import {isRecord, parseJson} from './json.js';
import {plainLine} from './plain-text.js';

/** What a WebSocket at the origin said first, and how it ended. */
export type Challenge =
	/** `closed`: it was held open, and somebody else closed it. */
	| {readonly challenged: true; readonly gatewayClockMs?: number; readonly closed?: WebSocketClosed}
	| {readonly challenged: false; readonly closed: WebSocketClosed};

export interface ChallengeOptions {
	/** Who is expected there. */
	readonly expected: ConnectedPeer;
	readonly headers: Readonly<Record<string, string>>;
	readonly signal: AbortSignal;
	/** The layer a close is an observation of. */
	readonly layer?: WebSocketClosed['layer'];
	/** How long it is held open after the challenge; 0 when absent. */
	readonly holdMs?: number;
	/** Told at once when the challenge came. */
	readonly onChallenge?: (gatewayClockMs: number | undefined) => void;
}

const handshakeMs = 5_000;
/** A gateway sends its challenge as the first frame, at once (2026.2.9 and 2026.9.6). */
const challengeMs = 2_000;
/** Of the body of a refusal. */
const wordsMs = 500;
const mostWords = 120;

/**
 * Opens a WebSocket, waits for `connect.challenge` and closes. Sends no token and no Origin header (with one, a gateway refuses
 * anything but its own pages). The only proof of an OpenClaw gateway before 2026.3.
 */
export async function awaitChallenge(route: Route, options: ChallengeOptions, log: EvidenceLog): Promise<Challenge> {
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
	if (options.signal.aborted) abort();
	try {
		return await firstFrame(socket, options, log);
	} finally {
		route.open.delete(closeable);
		options.signal.removeEventListener('abort', abort);
		socket.terminate();
		connection.destroy();
	}
}

function firstFrame(socket: import('ws').WebSocket, options: ChallengeOptions, log: EvidenceLog): Promise<Challenge> {
	const progress: Progress = {atMs: log.elapsed(), layer: options.layer ?? 'identity'};
	let isGiven = false;
	return new Promise(resolve => {
		const give = (challenge: Challenge) => {
			isGiven = true;
			clearTimeout(timer);
			resolve(challenge);
		};
		const close = (code: number, reason: string, byUs: boolean) => {
			const closed = describeClose(progress, code, reason, byUs || options.signal.aborted, log);
			give(progress.challenge === undefined ? {challenged: false, closed} : {...progress.challenge, ...(closed.byUs ? {} : {closed})});
		};
		const giveUp = () => close(1006, '', true);
		// What came while this process had no time to read it counts: it is read before an immediate runs.
		const giveUpAfter = (ms: number, isOver: () => boolean) => setTimeout(() => setImmediate(() => (isOver() ? undefined : giveUp())), ms);
		let timer = giveUpAfter(handshakeMs, () => isGiven || progress.openedAtMs !== undefined);
		socket
			.on('open', () => {
				progress.openedAtMs = log.elapsed();
				clearTimeout(timer);
				timer = giveUpAfter(challengeMs, () => isGiven || progress.challenge !== undefined);
			})
			// With this listener `ws` leaves it to us to end the attempt, and may report no end of its own.
			.on('unexpected-response', (request, response) => {
				progress.upgradeStatus = response.statusCode;
				void wordsOf(response).then(words => {
					request.destroy();
					close(1006, words, false);
				});
			})
			.on('message', (data: Buffer) => {
				if (progress.challenge !== undefined) return;
				const challenge = readChallenge(data.toString('utf8'));
				if (challenge === undefined) {
					giveUp();
					return;
				}
				progress.challenge = challenge;
				options.onChallenge?.(challenge.gatewayClockMs);
				clearTimeout(timer);
				if (options.holdMs === undefined || options.holdMs === 0) give(challenge);
				else timer = setTimeout(give, options.holdMs, challenge);
			})
			// Always followed by `close`; the HTTP probe before it tells more.
			.on('error', () => undefined)
			.on('close', (code, reason) => close(code, reason.toString('utf8'), false));
	});
}

/** OpenClaw says in a few plain words why it takes no WebSockets now, with 503. Pages of proxies are not such words. */
async function wordsOf(response: import('node:http').IncomingMessage): Promise<string> {
	if (response.statusCode !== 503) return '';
	const timer = setTimeout(() => response.destroy(), wordsMs);
	let words = '';
	try {
		for await (const piece of response.setEncoding('utf8')) {
			words += String(piece);
			if (words.length > mostWords) break;
		}
	} catch {
		// Cut short: what came before it counts.
	} finally {
		clearTimeout(timer);
	}
	return /^\s*[<{]/.test(words) ? '' : words.slice(0, mostWords).trim();
}

type Challenged = Extract<Challenge, {challenged: true}>;

interface Progress {
	readonly atMs: number;
	readonly layer: WebSocketClosed['layer'];
	challenge?: Challenged;
	openedAtMs?: number;
	upgradeStatus?: number | undefined;
}

function describeClose(
	{atMs, layer, openedAtMs, upgradeStatus, challenge}: Progress,
	code: number,
	reason: string,
	byUs: boolean,
	log: EvidenceLog,
): WebSocketClosed {
	return {
		kind: 'websocket-closed',
		layer,
		atMs,
		tookMs: log.elapsed() - atMs,
		code,
		reason: plainLine(reason, 120),
		...(openedAtMs === undefined ? {} : {openMs: log.elapsed() - openedAtMs}),
		challenged: challenge !== undefined,
		welcomed: false,
		withoutConnect: true,
		...(upgradeStatus === undefined ? {} : {upgradeStatus}),
		byUs,
	};
}

/** Reads the first frame: `{"type":"event","event":"connect.challenge","payload":{"nonce":…,"ts":…}}` (protocols 3 and 4). */
function readChallenge(text: string): Challenged | undefined {
	const frame = parseJson(text);
	if (!isRecord(frame) || frame['type'] !== 'event' || frame['event'] !== 'connect.challenge') return undefined;
	const payload = frame['payload'];
	if (!isRecord(payload) || typeof payload['nonce'] !== 'string') return undefined;
	const {ts} = payload;
	return {challenged: true, ...(typeof ts === 'number' ? {gatewayClockMs: ts} : {})};
}
