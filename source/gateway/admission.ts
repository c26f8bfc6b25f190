import type {ConfigurationProblem, CredentialWithheld} from '../diagnosis/evidence.js';
import type {EvidenceLog} from './evidence-log.js';
import type {IdentityLook, Refusal} from './gateway.js';
import {checkHeader, checkReserved} from './header-check.js';
import {type Gatekeeper, isSamePlace, probePeer} from './identity.js';
import {headersBeforeIdentity, profileHeaders, type Relation} from './relation.js';

/** May a request with the token go out now? */
export type Admission =
	| {readonly admitted: true; readonly gatekeeper: Gatekeeper; readonly headers: Readonly<Record<string, string>>}
	| {readonly admitted: false; readonly because: Stopped};

/** Why nothing was sent; the log says what was seen. */
export type Stopped = 'configuration' | 'credential' | 'nobody' | 'stranger' | 'cancelled';

/**
 * Decides in this order: is everything sendable, is the token free to go, is a gateway there, was this token refused before.
 * Whatever stands against it is in the log.
 */
export async function admit(relation: Relation, log: EvidenceLog, signal: AbortSignal): Promise<Admission> {
	const {target} = relation;
	const problems = checkSendable(relation, log);
	if (problems.length > 0) {
		log.add(...problems);
		return {admitted: false, because: 'configuration'};
	}
	if (target.credential.kind === 'withheld') {
		const {reason, belongsTo} = target.credential;
		withhold(log, {reason, ...(belongsTo === undefined ? {} : {belongsTo})});
		return {admitted: false, because: 'credential'};
	}
	const [gatekeeper, refusal] = await Promise.all([meet(relation, log, signal), findRefusal(relation)]);
	if (signal.aborted) return {admitted: false, because: 'cancelled'};
	if (typeof gatekeeper === 'string') return {admitted: false, because: gatekeeper};
	if (refusal !== undefined) {
		withhold(log, {
			reason: 'refused-before',
			refusedAt: refusal.at,
			refusedStatus: refusal.status,
			...(refusal.isLockout === undefined ? {} : {refusedAsLockout: refusal.isLockout}),
			...(refusal.until === undefined ? {} : {retryAt: refusal.until}),
		});
		return {admitted: false, because: 'credential'};
	}
	return {admitted: true, gatekeeper, headers: {...profileHeaders(target), ...bearer(relation)}};
}

/** The gateway that is there: the one we met before, or whoever identifies itself now. */
async function meet(relation: Relation, log: EvidenceLog, signal: AbortSignal): Promise<Gatekeeper | 'nobody' | 'stranger'> {
	if (relation.gatekeeper !== undefined) return relation.gatekeeper;
	const found = await identifyPeer(relation, log, signal);
	if (found.gatekeeper !== undefined) return found.gatekeeper;
	if (!found.answered) return 'nobody';
	if (relation.target.credential.kind === 'token') withhold(log, {reason: 'peer-not-identified'});
	return 'stranger';
}

/** Probes the peer and remembers it when it is a gateway; forgets the one before when it is not. */
export async function identifyPeer(
	relation: Relation,
	log: EvidenceLog,
	signal: AbortSignal,
	look: IdentityLook = {},
): Promise<{readonly answered: boolean; readonly gatekeeper?: Gatekeeper; readonly status?: string}> {
	const {kind, at, status} = await probePeer(
		relation.route,
		{
			addressClass: relation.target.addressClass,
			headers: headersBeforeIdentity(relation.target),
			signal,
			known: relation.gatekeeper,
			timeoutMs: look.timeoutMs,
			withClock: look.withClock,
		},
		log,
		relation.now,
	);
	if (kind === undefined) return {answered: false};
	if (kind !== 'gateway' && kind !== 'gateway-by-challenge') {
		relation.gatekeeper = undefined;
		return {answered: true};
	}
	const known = relation.gatekeeper;
	const gatekeeper = known?.kind === kind && isSamePlace(known.at, at) ? known : {kind, at};
	relation.gatekeeper = gatekeeper;
	return {answered: true, gatekeeper, ...(status === undefined ? {} : {status})};
}

function checkSendable({target}: Relation, log: EvidenceLog): readonly ConfigurationProblem[] {
	const {credential} = target;
	const token = credential.kind === 'token' ? credential.secret.reveal() : '';
	const problems = [checkHeader('gatewayToken', 'authorization', token, log.elapsed())];
	for (const [name, value] of Object.entries(target.headers)) {
		const setting = `headers.${name}`;
		problems.push(checkHeader(setting, name, value.reveal(), log.elapsed()));
		if (credential.kind !== 'none' || name.toLowerCase() !== 'authorization') problems.push(checkReserved(setting, name, log.elapsed()));
	}
	return problems.filter(problem => problem !== undefined);
}

/** The refusal that keeps the token back now. */
export async function findRefusal(relation: Relation): Promise<Refusal | undefined> {
	const {credential, origin} = relation.target;
	if (credential.kind !== 'token') return undefined;
	const refusal = await relation.ledger.find(origin, credential.secret);
	const isOver = refusal?.until !== undefined && Date.parse(refusal.until) <= relation.now();
	return isOver ? undefined : refusal;
}

function bearer({target: {credential}}: Relation): Record<string, string> {
	return credential.kind === 'token' ? {authorization: `Bearer ${credential.secret.reveal()}`} : {};
}

function withhold(log: EvidenceLog, facts: Omit<CredentialWithheld, 'kind' | 'layer' | 'atMs'>): void {
	log.tokenWithheld(facts.reason);
	log.add({kind: 'credential-withheld', layer: 'auth', atMs: log.elapsed(), ...facts});
}
