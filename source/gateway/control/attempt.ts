import type {WebSocketClosed} from '../../diagnosis/evidence.js';
import {Secret} from '../../diagnosis/redact.js';
import {readVersion} from '../../version.js';
import {type Admission, admit} from '../admission.js';
import {approvalScope} from '../approval.js';
import {neededScopes} from '../chosen-transport.js';
import type {ControlState, DeviceIdentity, DeviceKeys} from '../control-plane.js';
import type {EvidenceLog} from '../evidence-log.js';
import {observeFailure} from '../observe.js';
import {plainLine} from '../plain-text.js';
import type {Relation} from '../relation.js';
import type {SocketEnd} from '../route-socket.js';
import type {ConnectPlan, ControlCredential} from './connect-plan.js';
import type {Connection} from './connection.js';
import type {ControlLimits} from './control-limits.js';
import {chooseCredential, credentialAfter} from './credential.js';
import {handshake, type LaterNews, type Outcome, type Welcomed} from './handshake.js';
import {readHello} from './read-hello.js';
import {isUnknownDeviceToken} from './read-refusal.js';
import {recordControlRefusal} from './record-refusal.js';

/** What attempts of one control plane share. */
export interface ControlSurroundings {
	/** Absent: this device stays unknown, which gateways on this machine put up with. */
	readonly devices?: DeviceKeys | undefined;
	/** Ask for the scope that shows and answers requests for approval. */
	readonly approvals?: boolean | undefined;
	/** False: the device is named only with the token that this gateway gave it (`ConnectOptions`). */
	readonly offersDevice: boolean;
	readonly limits: ControlLimits;
}

export interface Attempt {
	readonly state: ControlState;
	/** Of the state `open`. */
	readonly connection?: Connection;
}

/**
 * One attempt at the control plane: identity first, then the token rules, then the handshake. A wrong token is followed once by what the
 * gateway gave this device before, where nobody else can listen. Never rejects for reasons of the network.
 */
export async function attempt(
	relation: Relation,
	surroundings: ControlSurroundings,
	signal: AbortSignal,
	log: EvidenceLog,
	later: LaterNews,
): Promise<Attempt> {
	for (let isSecond = false; ; isSecond = true) {
		const wasKnown = relation.gatekeeper !== undefined;
		const admission = await admit(relation, log, signal);
		const credential = await chooseCredential(relation, surroundings, admission);
		if (credential === undefined) return {state: {kind: isNobody(admission) ? 'closed' : 'withheld'}};
		const device = await identityFor(relation, surroundings, credential, log);
		if (device === 'unusable') return {state: {kind: 'withheld'}};
		const outcome = await handshake(relation, surroundings.limits, planFor(relation, surroundings, credential, device), signal, log, later);
		if (outcome.kind !== 'closed') return settle(relation, surroundings, outcome, signal, log, later);
		const {end, closed} = outcome;
		const neverOpened = closed.openMs === undefined && closed.upgradeStatus === undefined;
		if (neverOpened && wasKnown && !isSecond && !signal.aborted) {
			// It may have moved to another address or certificate: whoever is there now has to identify itself first.
			relation.gatekeeper = undefined;
			continue;
		}
		if (end.failure !== undefined && end.failure.stage !== 'open') log.add(observeDial(end.failure, closed));
		log.add(closed);
		return {state: {kind: 'closed', closed}};
	}
}

function isNobody(admission: Admission): boolean {
	return !admission.admitted && (admission.because === 'nobody' || admission.because === 'cancelled');
}

/** What came of a handshake that was answered. A refused token is followed by the device token, a forgotten device token by the token, once. */
async function settle(
	relation: Relation,
	surroundings: ControlSurroundings,
	outcome: Exclude<Outcome, {kind: 'closed'}>,
	signal: AbortSignal,
	log: EvidenceLog,
	later: LaterNews,
	isSecond = false,
): Promise<Attempt> {
	if (outcome.kind === 'welcomed') return welcome(relation, surroundings, outcome, log);
	const {refusal, closed, plan} = outcome;
	log.add(refusal, closed);
	await recordControlRefusal(relation, plan.credential, refusal);
	if (plan.credential.kind === 'device-token' && isUnknownDeviceToken(refusal)) {
		// A disk that fails leaves a token that the gateway refuses again, which costs nothing.
		await surroundings.devices?.forgetToken(relation.target.origin, new Secret(plan.credential.value)).catch(() => undefined);
	}
	const credential = isSecond || signal.aborted ? undefined : await credentialAfter(refusal, plan.credential, relation, surroundings);
	if (credential === undefined) return {state: {kind: 'refused', refusal}};
	const device = credential.kind === 'token' && !surroundings.offersDevice ? undefined : plan.device;
	const next = await handshake(relation, surroundings.limits, planFor(relation, surroundings, credential, device), signal, log, later);
	if (next.kind !== 'closed') return settle(relation, surroundings, next, signal, log, later, true);
	log.add(next.closed);
	return {state: {kind: 'closed', closed: next.closed}};
}

function observeDial({error, stage}: NonNullable<SocketEnd['failure']>, {atMs, tookMs}: WebSocketClosed) {
	return observeFailure(error, {method: 'GET', path: '/', layer: 'control', atMs, tookMs: tookMs ?? 0, stage});
}

async function welcome(
	relation: Relation,
	{devices, offersDevice}: ControlSurroundings,
	{hello: payload, connection, plan, atMs}: Welcomed,
	log: EvidenceLog,
): Promise<Attempt> {
	const context = {requestedScopes: plan.scopes, atMs, tookMs: log.elapsed() - atMs, nowMs: relation.now()};
	const {hello, issued} = readHello(payload, context);
	log.add(hello.welcomed);
	connection.expectTicks(hello.tickIntervalMs);
	if (issued !== undefined && plan.device !== undefined) {
		// A disk that fails costs the next connection a pairing by the token again, and this one nothing.
		void devices?.keepToken(relation.target.origin, issued).catch(() => undefined);
	}
	const {credential} = relation.target;
	// A look goes with the device token of itself.
	const isRefused = offersDevice && plan.credential.kind === 'device-token' && credential.kind === 'token';
	return {state: {kind: 'open', hello: {...hello, ...(isRefused && {refusedToken: credential.source})}}, connection};
}

/**
 * The device that goes along, if one does. A key that cannot be used keeps nobody away who has a token and is on the gateway's own
 * machine: there a device is not asked for.
 */
async function identityFor(
	{target}: Relation,
	{devices, offersDevice}: ControlSurroundings,
	credential: ControlCredential,
	log: EvidenceLog,
): Promise<DeviceIdentity | undefined | 'unusable'> {
	if (!offersDevice && credential.kind !== 'device-token') return undefined;
	try {
		return await devices?.identity();
	} catch (error) {
		if (target.addressClass === 'loopback' && credential.kind === 'token') return undefined;
		const message = plainLine(error instanceof Error ? error.message : String(error));
		log.add({kind: 'configuration-problem', layer: 'config', atMs: log.elapsed(), row: 'C04', setting: 'identity.json', message});
		return 'unusable';
	}
}

function planFor(
	relation: Relation,
	{approvals}: ControlSurroundings,
	credential: ControlCredential,
	device: DeviceIdentity | undefined,
): ConnectPlan {
	const wanted = [...neededScopes, ...(approvals === true ? [approvalScope] : [])];
	// A device token that is asked for more than it was given is refused as a whole (AUTH_SCOPE_MISMATCH, 2026.9.6).
	const given = credential.kind === 'device-token' ? wanted.filter(scope => credential.scopes.includes(scope)) : wanted;
	return {
		credential,
		...(device === undefined ? {} : {device}),
		scopes: given.length === 0 ? wanted : given,
		platform: process.platform,
		version: readVersion(),
		isOldGateway: relation.gatekeeper?.kind === 'gateway-by-challenge',
	};
}
