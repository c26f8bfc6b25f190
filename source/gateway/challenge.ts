import type {WebSocketClosed} from '../diagnosis/evidence.js';
import type {ConnectedPeer} from '../network/connector.js';
import type {EvidenceLog} from './evidence-log.js';
import type {Route} from './exchange.js';
import {isRecord, parseJson} from './json.js';
import {plainLine} from './plain-text.js';
import {loadRouteSockets, type SocketEnd} from './route-socket.js';

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

/**
 * Opens a WebSocket, waits for `connect.challenge` and closes. Sends no token and no Origin header (with one, a gateway refuses
 * anything but its own pages). The only proof of an OpenClaw gateway before 2026.3.
 */
export async function awaitChallenge(route: Route, options: ChallengeOptions, log: EvidenceLog): Promise<Challenge> {
	const open = await loadRouteSockets();
	const {expected, headers, signal} = options;
	const progress: Progress = {atMs: log.elapsed(), layer: options.layer ?? 'identity'};
	let isGiven = false;
	return new Promise(resolve => {
		const give = (challenge: Challenge) => {
			if (isGiven) return;
			isGiven = true;
			clearTimeout(timer);
			signal.removeEventListener('abort', giveUp);
			resolve(challenge);
			socket.drop();
		};
		const close = (end: Omit<SocketEnd, 'failure'>) => {
			const closed = describeClose(progress, {...end, byUs: end.byUs || signal.aborted}, log);
			give(progress.challenge === undefined ? {challenged: false, closed} : {...progress.challenge, ...(closed.byUs ? {} : {closed})});
		};
		const giveUp = () => close({code: 1006, reason: '', byUs: true});
		// What came while this process had no time to read it counts: it is read before an immediate runs.
		const giveUpAfter = (ms: number, isOver: () => boolean) => setTimeout(() => setImmediate(() => (isOver() ? undefined : giveUp())), ms);
		let timer = giveUpAfter(handshakeMs, () => isGiven || progress.openedAtMs !== undefined);
		const socket = open(
			route,
			{expected, headers, maxPayloadBytes: 65_536, openWithinMs: handshakeMs},
			{
				opened() {
					progress.openedAtMs = log.elapsed();
					clearTimeout(timer);
					timer = giveUpAfter(challengeMs, () => isGiven || progress.challenge !== undefined);
				},
				received(text) {
					if (isGiven || progress.challenge !== undefined) return;
					const challenge = readChallenge(text);
					if (challenge === undefined) {
						giveUp();
						return;
					}
					progress.challenge = challenge;
					options.onChallenge?.(challenge.gatewayClockMs);
					clearTimeout(timer);
					if (options.holdMs === undefined || options.holdMs === 0) give(challenge);
					else timer = setTimeout(give, options.holdMs, challenge);
				},
				ended: close,
			},
		);
		signal.addEventListener('abort', giveUp, {once: true});
		if (signal.aborted) giveUp();
	});
}

type Challenged = Extract<Challenge, {challenged: true}>;

interface Progress {
	readonly atMs: number;
	readonly layer: WebSocketClosed['layer'];
	challenge?: Challenged;
	openedAtMs?: number;
}

function describeClose(
	{atMs, layer, openedAtMs, challenge}: Progress,
	{code, reason, upgradeStatus, byUs}: Omit<SocketEnd, 'failure'>,
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
	return {challenged: true, ...(typeof ts === 'number' && Number.isSafeInteger(ts) ? {gatewayClockMs: ts} : {})};
}
