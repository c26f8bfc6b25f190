import type {Evidence, Observation, WithheldReason} from '../diagnosis/evidence.js';
import type {GatewayTarget} from './gateway.js';

/** Collects the observations of one question or probe, in order, and becomes their evidence. */
export interface EvidenceLog {
	/** Milliseconds since the log began. */
	elapsed(): number;
	add(...observations: readonly Observation[]): void;
	/** The token went out on the wire. */
	tokenSent(): void;
	/** The token was held back. */
	tokenWithheld(reason: WithheldReason): void;
	readonly observations: readonly Observation[];
	toEvidence(): Evidence;
}

/** @param proxy The proxy in use, without credentials. */
export function createEvidenceLog(target: GatewayTarget, proxy: string | undefined, now: () => number): EvidenceLog {
	const startedAt = now();
	const observations: Observation[] = [];
	let sent = false;
	const {credential} = target;
	let withheld: WithheldReason | undefined = credential.kind === 'withheld' ? credential.reason : undefined;
	return {
		observations,
		elapsed: () => Math.max(0, Math.round(now() - startedAt)),
		add: (...more) => {
			observations.push(...more);
		},
		tokenSent() {
			sent = true;
		},
		tokenWithheld(reason) {
			withheld = reason;
		},
		toEvidence: () => ({
			schema: 'clawtalk.evidence/1',
			at: new Date(startedAt).toISOString(),
			target: {
				origin: target.origin,
				...(target.basePath === '' ? {} : {basePath: target.basePath}),
				source: target.source,
				addressClass: target.addressClass,
				...(proxy === undefined ? {} : {proxy}),
			},
			credential: {
				set: credential.kind !== 'none',
				...(credential.kind === 'none' ? {} : {source: credential.source}),
				...(credential.kind === 'token' ? {length: credential.secret.length} : {}),
				...(credential.kind === 'withheld' && credential.length > 0 ? {length: credential.length} : {}),
				sent,
				...(withheld === undefined ? {} : {withheld}),
			},
			observations: [...observations],
		}),
	};
}
