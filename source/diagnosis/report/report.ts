import {diagnose} from '../diagnose.js';
import type {Evidence, Observation} from '../evidence.js';
import {observationFields} from './evidence-fields.js';
import {evidenceFrom} from './evidence-of.js';
import type {Field, Fields} from './field.js';
import {createPseudonyms, type Pseudonyms} from './pseudonyms.js';
import {FieldError, isRecord} from './rebuild.js';
import {reportMaker} from './report-maker.js';

/** `clawtalk.report/1`: evidence that may be published. `clawtalk status --evidence` explains it like the real one. */
export interface Report {
	readonly schema: 'clawtalk.report/1';
	readonly about: string;
	/** What invented addresses stand for, by kind. */
	readonly names: Readonly<Record<string, string>>;
	/** Ids of the primary diagnosis and of what else the evidence shows. */
	readonly diagnoses: readonly string[];
	readonly evidence: Evidence;
}

/**
 * A report of evidence, built anew field by field: names, addresses, paths and fingerprints are replaced by invented ones, the same for
 * the same thing, and of texts only known words stay. Observations that do not fit the schema are left out.
 */
export function reportOf(evidence: Evidence): Report {
	const pseudonyms = createPseudonyms();
	meetHosts(evidence, pseudonyms);
	const maker = reportMaker(pseudonyms);
	const fitting = evidence.observations.flatMap(observation => fitOf(evidence, observation, maker));
	const safe = {...evidenceFrom({...evidence, observations: []}, maker), observations: fitting};
	const {primary, alternatives, notes} = diagnose(safe);
	return {
		schema: 'clawtalk.report/1',
		about: 'Names, addresses and paths are invented; the same one stands for the same thing. Of texts only known words are kept.',
		names: pseudonyms.legend(),
		diagnoses: [...(primary ? [primary] : []), ...alternatives, ...notes].map(({id}) => id),
		evidence: safe,
	};
}

function fitOf(evidence: Evidence, observation: Observation, maker: Parameters<typeof evidenceFrom>[1]): readonly Observation[] {
	try {
		return evidenceFrom({...evidence, observations: [observation]}, maker).observations;
	} catch (error) {
		if (error instanceof FieldError) return [];
		throw error;
	}
}

/** Names get their pseudonyms before any text is read, so that they are recognised in it wherever they stand. */
function meetHosts(evidence: Evidence, pseudonyms: Pseudonyms): void {
	meetOrigin(evidence.target.origin, pseudonyms);
	for (const observation of evidence.observations) {
		const fields = Object.hasOwn(observationFields, observation.kind) ? observationFields[observation.kind] : {};
		meetIn(observation, {type: 'object', fields}, pseudonyms);
	}
}

function meetIn(value: unknown, field: Field, pseudonyms: Pseudonyms): void {
	if (field.type === 'object' && isRecord(value)) meetFields(value, field.fields, pseudonyms);
	if (field.type === 'list' && Array.isArray(value)) for (const item of value) meetIn(item, field.of, pseudonyms);
	if (typeof value !== 'string') return;
	if (field.type === 'address') pseudonyms.host(value.trim());
	if (field.type === 'origin') meetOrigin(value, pseudonyms);
}

function meetFields(value: Readonly<Record<string, unknown>>, fields: Fields, pseudonyms: Pseudonyms): void {
	for (const [name, field] of Object.entries(fields)) meetIn(value[name], field, pseudonyms);
}

function meetOrigin(origin: string, pseudonyms: Pseudonyms): void {
	if (URL.canParse(origin)) pseudonyms.host(new URL(origin).hostname);
}
