import type {GatewayProtocolClient} from '@openclaw/gateway-client/browser';
import type {WebSocketClosed} from '../../diagnosis/evidence.js';
import type {ControlAnswer, JsonObject} from '../control-plane.js';
import type {EvidenceLog} from '../evidence-log.js';
import type {Route} from '../exchange.js';
import {isRecord} from '../json.js';
import {plainLine} from '../plain-text.js';
import {loadRouteSockets, type RouteSocket, type RouteSocketOptions, type SocketEnd} from '../route-socket.js';
import {type Challenge, type ConnectPlan, connectParams} from './connect-plan.js';
import type {GatewayError} from './read-refusal.js';
import {type Schedule, type TickWatch, watchTicks} from './tick-watch.js';

/** Time limits of a control connection and what measures them, milliseconds. */
export interface ControlLimits {
	/** For TCP, TLS and the upgrade. */
	readonly openWithinMs: number;
	/** For the challenge, once it is open. */
	readonly challengeWithinMs: number;
	/** For the answer to the handshake. */
	readonly helloWithinMs: number;
	/** For the gateway's goodbye after a refusal; its close code and reason are evidence. */
	readonly goodbyeWithinMs: number;
	readonly callWithinMs: number;
	readonly schedule: Schedule;
	/** A clock that does not go back. */
	readonly uptime: () => number;
}

export const controlLimits: ControlLimits = {
	openWithinMs: 5_000,
	challengeWithinMs: 5_000,
	helloWithinMs: 15_000,
	goodbyeWithinMs: 500,
	callWithinMs: 10_000,
	schedule(delayMs, callback) {
		const timer = setTimeout(callback, delayMs);
		timer.unref();
		return () => clearTimeout(timer);
	},
	uptime: () => performance.now(),
};

/** The longest frame of a gateway (policy of 2026.9.6, 25 MiB). */
const maxPayloadBytes = 26_214_400;
/** A challenge is a few hundred bytes; whoever sends more before the handshake is not understood. */
const longestChallenge = 65_536;

export interface ConnectionListener {
	welcomed(hello: unknown): void;
	/** The gateway answered the handshake with an error; its close follows. */
	refused(error: GatewayError): void;
	event(name: string, payload: JsonObject): void;
	gap(missing: number): void;
	/** Comes once, and last. */
	closed(closed: WebSocketClosed, end: SocketEnd): void;
}

export interface ConnectionOptions {
	readonly route: Route;
	readonly socket: Pick<RouteSocketOptions, 'expected' | 'headers'>;
	/** Made when the gateway has greeted. */
	readonly plan: () => Promise<ConnectPlan>;
	readonly now: () => number;
	readonly limits: ControlLimits;
}

/** One connection to a control plane, from the dial to its end. */
export interface Connection {
	call(method: string, params: JsonObject, options: {signal?: AbortSignal; timeoutMs?: number}): Promise<ControlAnswer>;
	/** From now on frames are expected at least that often. */
	expectTicks(tickIntervalMs: number): void;
	/** Says goodbye and waits for nothing. */
	leave(): void;
	drop(): void;
}

/** Dials once and never again. What becomes of it is told to the listener. */
export async function dial(options: ConnectionOptions, log: EvidenceLog, listener: ConnectionListener): Promise<Connection> {
	const [library, open] = await Promise.all([import('./gateway-client.js'), loadRouteSockets()]);
	const {limits} = options;
	const course: Course = {atMs: log.elapsed(), challenged: false, welcomed: false};
	const payloads = {v2: library.buildDeviceAuthPayload, v3: library.buildDeviceAuthPayloadV3};
	const client: GatewayProtocolClient<Record<string, unknown>> = new library.GatewayProtocolClient({
		createSocket: handlers => {
			const socket = open(
				options.route,
				{...options.socket, maxPayloadBytes, openWithinMs: limits.openWithinMs},
				{
					opened() {
						course.openedAtMs = log.elapsed();
						handlers.open();
					},
					received(text) {
						if (!course.challenged && text.length > longestChallenge) socket.close(1009, 'frame too long before the handshake');
						else handlers.message(text);
					},
					ended(end) {
						course.watch?.stop();
						course.cancelGoodbye?.();
						course.end = end;
						handlers.close(end.code, end.reason);
					},
				},
			);
			course.socket = socket;
			return {
				isOpen: socket.isOpen,
				send: socket.send,
				close: (code = 1000, reason = '') => closeAfterRefusal(course, limits, code, reason),
			};
		},
		createRequestId: () => 'clawtalk',
		createRequestError: error => new library.AnsweredError(error),
		buildConnectPlan: async ({nonce, challengeTs}) => {
			course.challenged = true;
			const challenge: Challenge = {nonce, signedAtMs: challengeTs ?? options.now()};
			return connectParams(await options.plan(), challenge, payloads);
		},
		buildConnectParams: params => params,
		handshake: {mode: 'require-challenge', timeoutMs: limits.challengeWithinMs},
		requestTimeoutMs: limits.helloWithinMs,
		reconnect: {initialMs: 1_000, multiplier: 1, maxMs: 1_000},
		onActivity: () => course.watch?.heard(),
		onHello(hello) {
			course.welcomed = true;
			listener.welcomed(hello);
		},
		onConnectFailure(error) {
			course.isRefused = error instanceof library.AnsweredError;
			if (course.isRefused) listener.refused(error);
			return {closeCode: 1000, closeReason: ''};
		},
		onEvent({event, payload}) {
			const record = isRecord(payload) ? payload : {};
			if (event === 'shutdown') course.shutdown = readShutdown(record);
			listener.event(event, record);
		},
		onGap: ({expected, received}) => listener.gap(received - expected),
		resolveClose: () => ({retry: false, notify: true}),
		rethrowSocketFactoryError: () => true,
		onCallbackError: (_label, error) => throwLater(error),
		onClose() {
			if (course.end !== undefined) listener.closed(describeEnd(course, course.end, log), course.end);
		},
	});
	client.start();
	return {
		call: (method, params, {signal, timeoutMs = limits.callWithinMs}) =>
			client.request(method, params, {timeoutMs, ...(signal === undefined ? {} : {signal})}).then(
				payload => ({ok: true, payload: isRecord(payload) ? payload : {}}),
				(error: unknown) => ({ok: false, error: library.readCallError(error)}),
			),
		expectTicks(tickIntervalMs) {
			course.watch = watchTicks(tickIntervalMs, limits.schedule, limits.uptime, silentMs => {
				course.silentMs = silentMs;
				// Whoever is silent for so long does not answer a goodbye either.
				course.socket?.close(4000, 'tick timeout');
				course.socket?.drop();
			});
		},
		leave() {
			course.socket?.close(1000, '');
			course.socket?.drop();
		},
		drop: () => course.socket?.drop(),
	};
}

/** How far a connection has come. */
interface Course {
	readonly atMs: number;
	openedAtMs?: number;
	challenged: boolean;
	welcomed: boolean;
	isRefused?: boolean;
	socket?: RouteSocket;
	watch?: TickWatch;
	cancelGoodbye?: () => void;
	shutdown?: NonNullable<WebSocketClosed['shutdown']>;
	silentMs?: number;
	end?: SocketEnd;
}

/** A bug of a listener is no event of the network: the library would swallow it. */
function throwLater(error: unknown): void {
	setImmediate(() => {
		throw error;
	});
}

/** After a refusal the gateway closes, too, and says more by it: it goes first. */
function closeAfterRefusal(course: Course, limits: ControlLimits, code: number, reason: string): void {
	const close = () => course.socket?.close(code, reason);
	if (course.isRefused === true) course.cancelGoodbye = limits.schedule(limits.goodbyeWithinMs, close);
	else close();
}

function readShutdown(payload: JsonObject): NonNullable<WebSocketClosed['shutdown']> {
	const {reason, restartExpectedMs} = payload;
	return {
		reason: typeof reason === 'string' ? plainLine(reason, 120) : '',
		...(typeof restartExpectedMs === 'number' && restartExpectedMs >= 0 ? {restartExpectedMs} : {}),
	};
}

function describeEnd(course: Course, {code, reason, byUs, upgradeStatus}: SocketEnd, log: EvidenceLog): WebSocketClosed {
	const {atMs, openedAtMs, challenged, welcomed, shutdown, silentMs} = course;
	return {
		kind: 'websocket-closed',
		layer: 'control',
		atMs,
		tookMs: log.elapsed() - atMs,
		code: silentMs === undefined ? code : 4000,
		reason: plainLine(reason, 120),
		...(openedAtMs === undefined ? {} : {openMs: log.elapsed() - openedAtMs}),
		challenged,
		welcomed,
		...(upgradeStatus === undefined ? {} : {upgradeStatus}),
		byUs,
		...(shutdown === undefined ? {} : {shutdown}),
		...(silentMs === undefined ? {} : {silentMs: Math.round(silentMs)}),
	};
}
