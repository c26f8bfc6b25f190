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
		if (failed.length > 0) return {...taken(failed[0]), ...errorOf(failed.map(connectFailure), attempts.length)};
	}
	if (id === 'tls') {
		const look = firstOf(evidence, 'tls-look');
		if (look?.problem !== undefined) return {...taken(look), ...errorOf([{...look.failure, code: look.problem}])};
	}
	return requestFailureAt(id, evidence);
}

/** Silence has no code of its own in a bare connection; `ETIMEDOUT` is what the system would say in the end. */
function connectFailure({failure, outcome, address, port}: {failure?: object; outcome: string; address: string; port: number}) {
	return {address, port, ...(outcome === 'no-answer' ? {code: 'ETIMEDOUT', syscall: 'connect'} : {}), ...failure};
}

function requestFailureAt(id: Layer, evidence: Evidence): Partial<Rung> {
	const failures = allOf(evidence, 'network-failure').filter(({layer}) => layer === id);
	return {...taken(failures[0]), ...errorOf(failures.flatMap(({attempts}) => attempts))};
}
