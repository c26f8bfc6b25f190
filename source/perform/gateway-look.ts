import type {Evidence, Observation} from '../diagnosis/evidence.js';
import {approvalScope} from '../gateway/approval.js';
import {canConverse} from '../gateway/chosen-transport.js';
import {isRateLimited, isWrongSecret} from '../gateway/control/read-refusal.js';
import type {ControlState} from '../gateway/control-plane.js';
import type {Gateway, Observed} from '../gateway/gateway.js';
import {joinEvidence} from '../gateway/join-evidence.js';
import type {Via} from '../gateway/transport.js';
import type {Clock} from './clock.js';
import {missingControl} from './missing-control.js';

/** What one look at a gateway found. */
export type Look =
	/** `via` is which way questions go. */
	| {readonly kind: 'usable'; readonly latencyMs: number; readonly evidence: Evidence; readonly via: Via}
	| {readonly kind: 'away'; readonly evidence: Evidence}
	/** Somebody is there, and it stays unusable until the user does something. */
	| {readonly kind: 'refused'; readonly evidence: Evidence};

/** How a look is made. */
export interface LookPlan {
	/** Also ask over HTTP whether the token is accepted and the chat endpoint on, where questions go over HTTP. */
	readonly withAccess: boolean;
	/** Limit of the question for its health; 10 s when absent. */
	readonly timeoutMs?: number | undefined;
	/** Dial the control plane; `only`: HTTP is no way to chat. Absent: it is left alone. */
	readonly dial?: 'first' | 'only' | undefined;
	/** Why it is left alone, from an attempt before. */
	readonly missing?: string | undefined;
	/** An attempt is still under way. */
	readonly isDialling?: boolean | undefined;
	/** So long a silent control plane is waited for before HTTP is taken, in milliseconds. */
	readonly patienceMs: number;
	/** Ends an attempt at the control plane; the look may end before it. */
	readonly lifetime: AbortSignal;
	/** Told what came of an attempt that the look did not wait for. */
	readonly endedLate: (state: ControlState) => void;
}

/** A look, and what came of the attempt at the control plane, where there was one. */
export interface Looked {
	readonly look: Look;
	readonly dialled?: ControlState;
}

/** Looks at a gateway once: is it well, which way can questions go? Starts no run. */
export async function lookOnce(gateway: Gateway, clock: Clock, signal: AbortSignal, plan: LookPlan): Promise<Looked> {
	const begunAt = clock.now();
	const {value, evidence} = await gateway.checkHealth(signal, plan.timeoutMs === undefined ? {} : {timeoutMs: plan.timeoutMs});
	const latencyMs = clock.now() - begunAt;
	if (value !== 'live') return {look: {kind: evidence.observations.some(needsTheUser) ? 'refused' : 'away', evidence}};
	const tried = plan.dial === undefined ? undefined : await dial(gateway, clock, plan);
	if (tried === undefined) return {look: await lookOverHttp(gateway, signal, plan, {latencyMs, evidence, ...plan})};
	const dialled = tried.value;
	const seen = joinEvidence(evidence, tried.evidence);
	if (canConverse(dialled)) return {dialled, look: {kind: 'usable', latencyMs, evidence: seen, via: viaControl(dialled.hello)}};
	if (plan.dial === 'only') return {dialled, look: {kind: isNoAnswer(dialled) ? 'away' : 'refused', evidence: seen}};
	// The same secret again, over HTTP, would be one more wrong one.
	if (isSecretRefused(dialled)) return {dialled, look: {kind: 'refused', evidence: seen}};
	if (isTurnedAway(dialled)) {
		const ready = await gateway.checkReadiness(signal);
		if (ready.value === 'not-ready') return {dialled, look: {kind: 'away', evidence: joinEvidence(seen, ready.evidence)}};
	}
	const why = {missing: missingControl(dialled), isDialling: dialled.kind === 'connecting'};
	return {dialled, look: await lookOverHttp(gateway, signal, plan, {latencyMs, evidence: seen, ...why})};
}

/** One attempt; one that takes longer than anybody waits goes on by itself. */
async function dial(
	{control, describe}: Gateway,
	clock: Clock,
	{patienceMs, lifetime, endedLate}: LookPlan,
): Promise<Observed<ControlState>> {
	let callOff: (() => void) | undefined;
	const late = new Promise<Observed<ControlState>>(resolve => {
		callOff = clock.after(patienceMs, () => resolve({value: {kind: 'connecting'}, observations: [], evidence: describe()}));
	});
	const attempt = control.connect(lifetime);
	const tried = await Promise.race([attempt, late]);
	callOff?.();
	if (tried.value.kind === 'connecting') void attempt.then(({value}) => endedLate(value));
	return tried;
}

interface SeenSoFar {
	readonly latencyMs: number;
	readonly evidence: Evidence;
	readonly missing?: string | undefined;
	readonly isDialling?: boolean | undefined;
}

async function lookOverHttp(gateway: Gateway, signal: AbortSignal, {withAccess}: LookPlan, seen: SeenSoFar): Promise<Look> {
	const {latencyMs, evidence, missing, isDialling} = seen;
	const via: Via = {transport: 'http', ...(missing !== undefined && {missing}), ...(isDialling === true && {isDialling})};
	if (!withAccess) return {kind: 'usable', latencyMs, evidence, via};
	const access = await gateway.checkAccess(signal);
	const both = joinEvidence(evidence, access.evidence);
	const refused = access.value.auth === 'refused' || access.value.chat === 'off' || access.observations.some(needsTheUser);
	return refused ? {kind: 'refused', evidence: both} : {kind: 'usable', latencyMs, evidence: both, via};
}

/** What the control plane said of the gateway when it let us in. */
export function viaControl(hello: (ControlState & {kind: 'open'})['hello']): Via {
	const {version, bootId, startedAt, scopes, refusedToken} = hello;
	return {
		transport: 'ws',
		...(version !== undefined && {version}),
		...(bootId !== undefined && {bootId}),
		...(startedAt !== undefined && {startedAt}),
		approvals: scopes.includes(approvalScope),
		...(refusedToken !== undefined && {refusedToken}),
	};
}

/**
 * A gateway that stops is live until its last answer is finished, and takes nobody in (2026.9.6: 503 on the upgrade); one that starts is
 * live before it does (`UNAVAILABLE`). Proxies answer 503, too.
 */
function isTurnedAway(state: ControlState): boolean {
	if (state.kind === 'refused') return state.refusal.code === 'UNAVAILABLE';
	return state.kind === 'closed' && state.closed?.upgradeStatus === 503;
}

function isSecretRefused(state: ControlState): boolean {
	if (state.kind !== 'refused' || state.refusal.with === 'device-token') return false;
	return isWrongSecret(state.refusal) || isRateLimited(state.refusal);
}

function isNoAnswer({kind}: ControlState): boolean {
	return kind === 'closed' || kind === 'connecting';
}

/** Waiting does not change these: another kind of server, another certificate, a token that may not be sent. */
function needsTheUser(observation: Observation): boolean {
	if (observation.kind === 'peer-identified') return !['gateway', 'gateway-by-challenge', 'unknown'].includes(observation.peer);
	return ['pin-mismatch', 'credential-withheld', 'configuration-problem'].includes(observation.kind);
}
