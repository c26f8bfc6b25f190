import type {Evidence, Observation} from '../evidence.js';
import {credentialFields, observationFields, targetFields} from './evidence-fields.js';
import {FieldError, isRecord, type Maker, rebuild} from './rebuild.js';

const mostObservations = 2000;

/**
 * Evidence built anew from a value, field by field. Kinds of observations that are not known are left out, as are unknown fields.
 *
 * @throws FieldError when something known has another type than it should.
 */
export function evidenceFrom(value: unknown, maker: Maker): Evidence {
	if (!isRecord(value) || value['schema'] !== 'clawtalk.evidence/1') throw new FieldError('schema', 'clawtalk.evidence/1');
	const {at, target, credential, observations} = value;
	if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) throw new FieldError('at', 'a time');
	if (!Array.isArray(observations) || observations.length > mostObservations) {
		throw new FieldError('observations', `a list of at most ${mostObservations}`);
	}
	return {
		schema: 'clawtalk.evidence/1',
		at: new Date(at).toISOString(),
		target: rebuild(target, targetFields, maker, 'target') as unknown as Evidence['target'],
		credential: rebuild(credential, credentialFields, maker, 'credential') as unknown as Evidence['credential'],
		observations: observations.flatMap((one: unknown, index) => observationFrom(one, maker, `observations[${index}]`)),
	};
}

/** Indexes of diagnoses are not kept: they are found anew. */
function observationFrom(value: unknown, maker: Maker, where: string): readonly Observation[] {
	if (!isRecord(value) || typeof value['kind'] !== 'string') throw new FieldError(where, 'an observation');
	const {kind} = value;
	if (!Object.hasOwn(observationFields, kind)) return [];
	const fields = observationFields[kind as Observation['kind']];
	return [{kind, ...rebuild(value, fields, maker, where)} as unknown as Observation];
}
