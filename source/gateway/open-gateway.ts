import {proxyFor} from '../network/proxy-route.js';
import {askChatEndpoint, askEmptyChat, askModels, askReadiness, saysNothing} from './access.js';
import {findRefusal, identifyPeer} from './admission.js';
import {chooseTransport} from './chosen-transport.js';
import {type ControlPlaneOptions, openControlPlane} from './control/open-control-plane.js';
import {createEvidenceLog, type EvidenceLog} from './evidence-log.js';
import type {AccessLook, Gateway, GatewayTarget, IdentityLook, Observed, RefusalLedger} from './gateway.js';
import {createHttpTransport} from './http-transport.js';
import {createLazyWsTransport} from './lazy-ws-transport.js';
import {dropConnections, type Relation} from './relation.js';
import {type SilenceLimits, silenceLimits} from './silence-watch.js';

/** What a gateway needs from outside. */
export interface GatewaySurroundings {
	readonly ledger: RefusalLedger;
	/** The environment, for `HTTPS_PROXY` and `NO_PROXY`. */
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Wall clock, milliseconds since the epoch. */
	readonly now: () => number;
	/** Limits and timer of the silence watch; the defaults are for people. */
	readonly silence?: Partial<SilenceLimits>;
	/** Milliseconds between two reads of an answer, for a caller that draws in frames; absent = it is read as it comes. */
	readonly restMs?: number;
	/** What lets gateways know this device again; absent = the control plane is dialled without a device. */
	readonly devices?: ControlPlaneOptions['devices'];
	/** Ask the control plane for the right to answer requests for approval, too. */
	readonly approvals?: boolean;
	/** Limits and timer of the control plane; the defaults are for people. */
	readonly control?: ControlPlaneOptions['limits'];
	/** How long questions over the control plane wait for a connection that is gone, milliseconds; absent = as long as the user does. */
	readonly returnWithinMs?: number;
}

/** Opens a relation to one gateway. Nothing is sent, and undici is not loaded, before the first question or probe. */
export function openGateway(target: GatewayTarget, surroundings: GatewaySurroundings): Gateway {
	const relation = createRelation(target, surroundings);
	const {devices, approvals, control: limits, returnWithinMs} = surroundings;
	const control = openControlPlane(relation, {devices, approvals, limits});
	const ws = createLazyWsTransport(relation, control, {returnWithinMs});
	return {
		target,
		transport: chooseTransport(target.transport ?? 'auto', {http: createHttpTransport(relation), ws, control}),
		control,
		describe: () => relation.openLog().toEvidence(),
		identify: (signal, look = {}) => observed(relation, log => identify(relation, signal, look, log)),
		checkHealth: (signal, look = {}) => observed(relation, log => checkHealth(relation, signal, look, log)),
		checkReadiness: signal => observed(relation, log => askReadiness(relation, signal, log)),
		askFacts: (signal, timeoutMs) =>
			observed(relation, async log => (await import('./facts.js')).askFacts(relation, signal, log, timeoutMs)),
		greet: (signal, holdMs) => observed(relation, async log => (await import('./greeting.js')).greet(relation, signal, log, holdMs)),
		listAgents: signal => observed(relation, async log => (await askModels(relation, signal, log)).agents ?? []),
		checkAccess: (signal, look = {}) => observed(relation, log => checkAccess(relation, signal, look, log)),
		retryInMs: () => retryInMs(relation),
		forgetRefusal: async () => {
			const {credential} = target;
			if (credential.kind === 'token') await relation.ledger.clear(target.origin, credential.secret);
		},
		forgetPeer() {
			relation.gatekeeper = undefined;
			dropConnections(relation);
		},
		async close() {
			ws.close();
			dropConnections(relation);
			// A program that is over ends at once: a token that was given to it would be lost, and half a file left.
			await devices?.settled?.();
		},
	};
}

function createRelation(target: GatewayTarget, {ledger, env, now, silence, restMs}: GatewaySurroundings): Relation {
	const proxy = proxyFor(target.origin, env, target.proxy);
	const shownProxy = proxy === undefined ? undefined : withoutCredentials(proxy);
	return {
		target,
		route: {origin: target.origin, basePath: target.basePath, proxy, pin: target.pin, open: new Set()},
		ledger,
		now,
		silence: {...silenceLimits, ...silence},
		restMs,
		openLog: () => createEvidenceLog(target, shownProxy, now),
	};
}

function withoutCredentials(proxy: string): string {
	if (!URL.canParse(proxy)) return 'an invalid URL';
	const {protocol, host} = new URL(proxy);
	return `${protocol}//${host}`;
}

async function observed<T>(relation: Relation, look: (log: EvidenceLog) => Promise<T>): Promise<Observed<T>> {
	const log = relation.openLog();
	const value = await look(log);
	return {value, observations: log.observations, evidence: log.toEvidence()};
}

async function identify(relation: Relation, signal: AbortSignal, look: IdentityLook, log: EvidenceLog) {
	const known = look.anew === true ? undefined : relation.gatekeeper;
	const gatekeeper = known ?? (await identifyPeer(relation, log, signal, look)).gatekeeper;
	return gatekeeper?.kind;
}

async function checkHealth(relation: Relation, signal: AbortSignal, look: IdentityLook, log: EvidenceLog) {
	const {gatekeeper, status} = await identifyPeer(relation, log, signal, look);
	if (gatekeeper === undefined) return 'down';
	return status === 'starting' || status === 'draining' ? status : 'live';
}

async function retryInMs(relation: Relation): Promise<number | undefined> {
	const until = (await findRefusal(relation))?.until;
	return until === undefined ? undefined : Math.max(0, Date.parse(until) - relation.now());
}

/** The chat endpoint is asked without the token, so it is asked also where the token may not go. */
async function checkAccess(relation: Relation, signal: AbortSignal, {timeoutMs, withEmptyQuestion}: AccessLook, log: EvidenceLog) {
	if (relation.gatekeeper === undefined) await identifyPeer(relation, log, signal);
	if (relation.gatekeeper === undefined) return {chat: 'unknown', auth: 'unknown'} as const;
	const [chat, {answer, agents}] = await Promise.all([
		askChatEndpoint(relation, signal, log, timeoutMs),
		askModels(relation, signal, log, timeoutMs),
	]);
	if (agents !== undefined) return {chat, auth: 'ok'} as const;
	if (withEmptyQuestion === true && chat === 'on' && answer !== undefined && saysNothing(answer)) {
		return {chat, auth: await askEmptyChat(relation, signal, log, timeoutMs)} as const;
	}
	return {chat, auth: answer?.status === 401 ? 'refused' : 'unknown'} as const;
}
