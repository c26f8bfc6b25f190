import type {GatewayProtocolClient} from '@openclaw/gateway-client/browser';
import type {WebSocketClosed} from '../../diagnosis/evidence.js';
import type {ControlAnswer, JsonObject} from '../control-plane.js';
import type {EvidenceLog} from '../evidence-log.js';
import type {Route} from '../exchange.js';
import {isRecord} from '../json.js';
import {loadRouteSockets, type RouteSocketOptions, type SocketEnd} from '../route-socket.js';
import {type ConnectPlan, connectParams} from './connect-plan.js';
import {type Course, describeEnd, readShutdown} from './connection-course.js';
import type {ControlLimits} from './control-limits.js';
import type {GatewayError} from './read-refusal.js';
import {watchTicks} from './tick-watch.js';

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
	const course: Course = {atMs: log.elapsed(), challenged: false, welcomed: false};
	const client: GatewayProtocolClient<ConnectParams> = new library.GatewayProtocolClient<ConnectParams>({
		...oneConnection,
		createSocket: handlers => openSocket(open, options, course, log, handlers),
		createRequestError: error => new library.AnsweredError(error),
		buildConnectPlan: async ({nonce, challengeTs}) => {
			course.challenged = true;
			const payloads = {v2: library.buildDeviceAuthPayload, v3: library.buildDeviceAuthPayloadV3};
			return connectParams(await options.plan(), {nonce, signedAtMs: challengeTs ?? options.now()}, payloads);
		},
		buildConnectParams: params => params,
		handshake: {mode: 'require-challenge', timeoutMs: options.limits.challengeWithinMs},
		requestTimeoutMs: options.limits.helloWithinMs,
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
		onClose() {
			if (course.end !== undefined) listener.closed(describeEnd(course, course.end, log), course.end);
		},
	});
	client.start();
	return connectionOf(client, library.readCallError, course, options.limits);
}

type ConnectParams = ReturnType<typeof connectParams>;
type Library = typeof import('./gateway-client.js');
type ClientOptions = ConstructorParameters<Library['GatewayProtocolClient']>[0];

/** What makes the library dial once: the pauses are never used, and bugs surface. */
const oneConnection = {
	createRequestId: () => 'clawtalk',
	reconnect: {initialMs: 1_000, multiplier: 1, maxMs: 1_000},
	resolveClose: () => ({retry: false, notify: true}),
	rethrowSocketFactoryError: () => true,
	onCallbackError: (_label: string, error: unknown) => throwLater(error),
} satisfies Partial<ClientOptions>;

function openSocket(
	open: Awaited<ReturnType<typeof loadRouteSockets>>,
	{route, socket: {expected, headers}, limits}: ConnectionOptions,
	course: Course,
	log: EvidenceLog,
	handlers: Parameters<ClientOptions['createSocket']>[0],
): ReturnType<ClientOptions['createSocket']> {
	const {openWithinMs} = limits;
	const socket = open(
		route,
		{expected, headers, maxPayloadBytes, openWithinMs},
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
	const close = (code = 1000, reason = '') => closeAfterRefusal(course, limits, code, reason);
	return {isOpen: socket.isOpen, send: socket.send, close};
}

function connectionOf(
	client: GatewayProtocolClient<ConnectParams>,
	readCallError: Library['readCallError'],
	course: Course,
	limits: ControlLimits,
): Connection {
	return {
		call: (method, params, {signal, timeoutMs = limits.callWithinMs}) =>
			client.request(method, params, {timeoutMs, ...(signal === undefined ? {} : {signal})}).then(
				payload => ({ok: true, payload: isRecord(payload) ? payload : {}}),
				(error: unknown) => ({ok: false, error: readCallError(error)}),
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
