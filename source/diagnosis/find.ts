import type {Evidence, FailedAttempt, HttpAnswer, NetworkFailure, Observation} from './evidence.js';

/** An observation with its place in `Evidence.observations`. */
export interface Found<T extends Observation> {
	readonly index: number;
	readonly observation: T;
}

type OfKind<K extends Observation['kind']> = Extract<Observation, {kind: K}>;

/** The last observation of a kind that satisfies the condition: what was seen last is what holds now. */
export function findLast<K extends Observation['kind']>(
	evidence: Evidence,
	kind: K,
	matches: (observation: OfKind<K>) => boolean = () => true,
): Found<OfKind<K>> | undefined {
	for (let index = evidence.observations.length - 1; index >= 0; index--) {
		const observation = evidence.observations[index];
		if (observation?.kind === kind && matches(observation as OfKind<K>)) return {index, observation: observation as OfKind<K>};
	}
	return undefined;
}

/** Every observation of a kind, in the order of observation. */
export function findAll<K extends Observation['kind']>(
	evidence: Evidence,
	kind: K,
	matches: (observation: OfKind<K>) => boolean = () => true,
): readonly Found<OfKind<K>>[] {
	return evidence.observations.flatMap((observation, index) =>
		observation.kind === kind && matches(observation as OfKind<K>) ? [{index, observation: observation as OfKind<K>}] : [],
	);
}

/** A failure before any HTTP answer, one of whose attempts has one of these codes (`…*` = prefix). */
export function findFailedAttempt(
	evidence: Evidence,
	codes: readonly string[],
): (Found<NetworkFailure> & {readonly attempt: FailedAttempt}) | undefined {
	const has = (attempt: FailedAttempt) => codes.some(code => matchesCode(attempt.code, code));
	const found = findLast(evidence, 'network-failure', failure => failure.phase !== 'body' && failure.attempts.some(has));
	const attempt = found?.observation.attempts.find(has);
	return found && attempt ? {...found, attempt} : undefined;
}

function matchesCode(actual: string | undefined, wanted: string): boolean {
	if (actual === undefined) return false;
	return wanted.endsWith('*') ? actual.startsWith(wanted.slice(0, -1)) : actual === wanted;
}

/** An answer of the API (not of the health endpoints) with this status. */
export function findApiAnswer(evidence: Evidence, matches: (answer: HttpAnswer) => boolean): Found<HttpAnswer> | undefined {
	return findLast(evidence, 'http-answer', answer => /\/v1\//.test(answer.path) && matches(answer));
}

/**
 * Whether the peer proved to be an OpenClaw gateway. Requests to the API are sent to such peers only, so an answer to one is proof of a
 * proof before.
 */
export function isIdentified(evidence: Evidence): boolean {
	const identified = findLast(evidence, 'peer-identified');
	if (!identified) return findApiAnswer(evidence, () => true) !== undefined;
	return identified.observation.peer === 'gateway' || identified.observation.peer === 'gateway-by-challenge';
}
