import type {ControlWelcomed, WebSocketClosed} from '../../diagnosis/evidence.js';
import type {ConnectOptions, ControlAnswer, ControlNews, ControlPlane, ControlState, DeviceKeys} from '../control-plane.js';
import type {EvidenceLog} from '../evidence-log.js';
import type {Observed} from '../gateway.js';
import type {Relation} from '../relation.js';
import type {Connection} from './connection.js';
import type {ControlLimits} from './control-limits.js';
import type {LaterNews} from './handshake.js';

export interface ControlPlaneOptions {
	readonly devices?: DeviceKeys | undefined;
	/** Ask for the scope `operator.approvals`, too. */
	readonly approvals?: boolean | undefined;
	readonly limits?: Partial<ControlLimits> | undefined;
}

/** An attempt, which others may have joined. */
interface UnderWay {
	readonly result: Promise<Observed<ControlState>>;
	/** Of the caller that began it. */
	readonly signal: AbortSignal;
	/** By `disconnect`: it is not made again. */
	isEnded: boolean;
}

const disconnected: ControlAnswer = {ok: false, error: {code: 'disconnected', message: 'not connected'}};

/** The control plane of one gateway. Nothing is loaded or sent before the first `connect`. */
export function openControlPlane(relation: Relation, options: ControlPlaneOptions): ControlPlane {
	const listeners = new Set<(news: ControlNews) => void>();
	let state: ControlState = {kind: 'closed'};
	let seen: Observed<ControlState> | undefined;
	let underWay: UnderWay | undefined;
	let ending: AbortController | undefined;
	let connection: Connection | undefined;

	const tell = (news: ControlNews) => {
		for (const listener of [...listeners]) listener(news);
	};
	const lost = (closed: WebSocketClosed, sent: boolean, welcomed: ControlWelcomed) => {
		connection = undefined;
		state = {kind: 'closed', closed};
		tell({kind: 'closed', closed, evidence: evidenceOfEnd(relation, closed, sent, welcomed)});
	};

	async function dialOnce(signal: AbortSignal, {offersDevice = true}: ConnectOptions): Promise<Observed<ControlState>> {
		const log = relation.openLog();
		state = {kind: 'connecting'};
		// What comes in one piece with the welcome is told after it.
		const early: (() => void)[] = [];
		let isTold = false;
		const inOrder = (act: () => void) => void (isTold ? act() : early.push(act));
		const later: LaterNews = {
			event: (name, payload) => inOrder(() => tell({kind: 'event', name, payload})),
			gap: missing => inOrder(() => tell({kind: 'gap', missing})),
			closed: closed => inOrder(() => state.kind === 'open' && lost(closed, isTokenSent(log), state.hello.welcomed)),
		};
		const [{attempt}, {controlLimits}] = await Promise.all([import('./attempt.js'), import('./control-limits.js')]);
		const {devices, approvals, limits} = options;
		const result = await attempt(relation, {devices, approvals, offersDevice, limits: {...controlLimits, ...limits}}, signal, log, later);
		({state, connection} = {connection: undefined, ...result});
		seen = observed(state, log);
		if (state.kind === 'open') tell({kind: 'opened', hello: state.hello});
		isTold = true;
		for (const act of early) act();
		if (signal.aborted) connection?.leave();
		return signal.aborted ? {...seen, value: state} : seen;
	}

	/** One attempt, ended by its caller or by `disconnect`. Signals that live long keep nothing of it. */
	async function dialWhile(signal: AbortSignal, connectOptions: ConnectOptions): Promise<Observed<ControlState>> {
		const controller = new AbortController();
		const abort = () => controller.abort(signal.reason);
		ending = controller;
		signal.addEventListener('abort', abort, {once: true});
		if (signal.aborted) abort();
		try {
			return await dialOnce(controller.signal, connectOptions);
		} finally {
			signal.removeEventListener('abort', abort);
			ending = undefined;
			if (state.kind === 'connecting') state = {kind: 'closed'};
		}
	}

	async function connect(signal: AbortSignal, connectOptions: ConnectOptions = {}): Promise<Observed<ControlState>> {
		if (state.kind === 'open' && seen !== undefined) return seen;
		if (underWay === undefined) {
			const result = dialWhile(signal, connectOptions).finally(() => {
				underWay = undefined;
			});
			underWay = {result, signal, isEnded: false};
			return result;
		}
		const joined = underWay;
		const found = await whileWanted(joined.result, signal, () => observed(state, relation.openLog()));
		// Its caller gave it up, and this one did not.
		const isWanted = joined.signal.aborted && !joined.isEnded && !signal.aborted;
		return isWanted ? connect(signal, connectOptions) : found;
	}

	return {
		get state() {
			return state;
		},
		connect,
		call: (method, params, callOptions = {}) => connection?.call(method, params, callOptions) ?? Promise.resolve(disconnected),
		hear(listener) {
			// A function of its own for each hearing: the same listener may hear twice.
			const hearing = (news: ControlNews) => listener(news);
			listeners.add(hearing);
			return () => void listeners.delete(hearing);
		},
		disconnect() {
			if (underWay !== undefined) underWay.isEnded = true;
			ending?.abort();
			connection?.leave();
		},
	};
}

/** The attempt of somebody else, for as long as this caller wants to wait for it. */
async function whileWanted<T>(attempt: Promise<T>, signal: AbortSignal, soFar: () => T): Promise<T> {
	let leave: () => void = () => undefined;
	const left = new Promise<T>(resolve => {
		leave = () => resolve(soFar());
	});
	signal.addEventListener('abort', leave, {once: true});
	if (signal.aborted) leave();
	try {
		return await Promise.race([attempt, left]);
	} finally {
		signal.removeEventListener('abort', leave);
	}
}

function observed(value: ControlState, log: EvidenceLog): Observed<ControlState> {
	return {value, observations: log.observations, evidence: log.toEvidence()};
}

function isTokenSent(log: EvidenceLog): boolean {
	return log.toEvidence().credential.sent;
}

/** The end of a connection is looked at by itself: it may have stood for days. */
function evidenceOfEnd(relation: Relation, closed: WebSocketClosed, sent: boolean, welcomed: ControlWelcomed) {
	const log = relation.openLog();
	if (sent) log.tokenSent();
	log.add({...welcomed, atMs: 0}, {...closed, atMs: 0});
	return log.toEvidence();
}
