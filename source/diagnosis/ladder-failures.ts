import type {Evidence, Layer} from './evidence.js';
import {allOf, errorOf, firstOf, type Rung, seenAt, taken} from './ladder-proofs.js';

/** The rung of the layer that the primary diagnosis is about, with the error of the system where there was one. */
export function failureAt(id: Layer, evidence: Evidence): Rung {
	const seen = seenAt(id, evidence);
	const note = seen?.state === 'fail' && seen.note !== undefined ? {note: seen.note} : {};
	return {state: 'fail', ...errorAt(id, evidence), ...note};
}

function errorAt(id: Layer, evidence: Evidence): Partial<Rung> {
	if (id === 'dns') {
		const lookups = allOf(evidence, 'name-lookup').filter(({failure}) => failure !== undefined);
		if (lookups.length > 0) return {...taken(lookups[0]), ...errorOf(lookups.map(({failure}) => failure))};
	}
	if (id === 'tcp') {
		const attempts = allOf(evidence, 'tcp-attempt');
		const failed = attempts.filter(({outcome}) => outcome !== 'connected');
		const error = errorOf(failed.map(connectFailure), attempts.length);
		// Silence has no code: nothing was observed.
		if (failed.length > 0) return {...taken(failed[0]), ...(error.error ? error : {note: silence(failed, attempts.length)})};
	}
	if (id === 'tls') {
		const look = firstOf(evidence, 'tls-look');
		if (look?.problem !== undefined) return {...taken(look), ...errorOf([{...look.failure, code: look.problem}])};
	}
	return requestFailureAt(id, evidence);
}

interface FailedAttempt {
	readonly failure?: object;
	readonly address: string;
	readonly port: number;
}

function connectFailure({failure, address, port}: FailedAttempt) {
	return {address, port, ...failure};
}

/** `no answer from 192.0.2.7:18789`, of several addresses how many. */
function silence(silent: readonly FailedAttempt[], of: number): string {
	const asked = new Set(silent.map(({address, port}) => `${address.includes(':') ? `[${address}]` : address}:${port}`));
	return `no answer from ${[...asked].join(' and ')}${of > 1 ? `, ${silent.length} of ${of}` : ''}`;
}

function requestFailureAt(id: Layer, evidence: Evidence): Partial<Rung> {
	const failures = allOf(evidence, 'network-failure').filter(({layer}) => layer === id);
	return {...taken(failures[0]), ...errorOf(failures.flatMap(({attempts}) => attempts))};
}
