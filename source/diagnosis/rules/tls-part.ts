import {exitCodes} from '../../exit-codes.js';
import type {Diagnosis} from '../diagnosis.js';
import type {Evidence} from '../evidence.js';
import {type Found, findFailedAttempt, findLast, isIdentified} from '../find.js';
import type {CertificateFacts, TlsLook} from '../surroundings.js';

type Part = Pick<Diagnosis, 'id' | 'slug' | 'title' | 'explanation' | 'evidence' | 'fixes'> & Partial<Diagnosis>;

/** An error of TLS that ends with 76 and does not pass by itself, unless the part says otherwise. */
export function tlsProblem(part: Part): Diagnosis {
	return {layer: 'tls', severity: 'error', confidence: 'certain', exitCode: exitCodes.protocol, transient: false, ...part};
}

/** What stands between us and trust in the certificate, and where it was seen. */
export interface TlsTrouble {
	readonly evidence: readonly number[];
	readonly code: string;
	/** The words of the error, when a request met it. */
	readonly message?: string;
	readonly certificate?: CertificateFacts;
}

/** The last look at TLS, for its certificate. */
export function lastLook(evidence: Evidence): Found<TlsLook> | undefined {
	return findLast(evidence, 'tls-look');
}

/**
 * A certificate that is refused with one of these codes (`…*` = prefix), by a request or by the look. The look alone counts only where
 * nobody was identified: a pinned certificate is good for us, and for nobody else.
 */
export function findTrouble(evidence: Evidence, codes: readonly string[]): TlsTrouble | undefined {
	const failed = findFailedAttempt(evidence, codes);
	const look = lastLook(evidence);
	const certificate = look?.observation.certificate;
	const facts = certificate === undefined ? {} : {certificate};
	if (failed) {
		const {attempt, index} = failed;
		const indexes = look === undefined || certificate === undefined ? [index] : [index, look.index];
		return {evidence: indexes, code: attempt.code ?? '', message: attempt.message, ...facts};
	}
	const problem = look?.observation.problem;
	if (!look || problem === undefined || look.observation.trusted === true || isIdentified(evidence)) return undefined;
	const matches = codes.some(code => (code.endsWith('*') ? problem.startsWith(code.slice(0, -1)) : problem === code));
	return matches ? {evidence: [look.index], code: problem, ...facts} : undefined;
}
