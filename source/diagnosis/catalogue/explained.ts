import type {Diagnosis} from '../diagnosis.js';
import type {Evidence} from '../evidence.js';
import {diagnosisOf} from './diagnosis-of.js';
import type {Entry, UnseenEntry} from './entry.js';
import {evidenceOfText, weights} from './sighting.js';
import {textDiagnosis} from './text-diagnosis.js';

/** A row ready to be shown: the whole diagnosis with evidence it rests on, or the reason why there is none. */
export type Explained =
	| {
			readonly kind: 'rule' | 'text';
			readonly id: string;
			readonly diagnosis: Diagnosis;
			/** The example of a rule; about nothing for a row that is recognised by words. */
			readonly evidence: Evidence;
			/** Why the row is only recognised in texts; absent where clawtalk sees it itself. */
			readonly onlyInText?: string;
			/** Lines that are recognised as this row. */
			readonly samples: readonly string[];
			readonly seeAlso: readonly string[];
	  }
	| UnseenEntry;

/** What the catalogue has to say about an entry. */
export function explainEntry(entry: Entry): Explained {
	if (entry.kind === 'unseen') return entry;
	const {kind, id} = entry;
	if (kind === 'text') {
		const {row} = entry;
		const evidence = evidenceOfText({line: '', weight: weights.vague});
		const onlyInText = 'clawtalk does not observe this itself.';
		return {kind, id, diagnosis: textDiagnosis(row), evidence, onlyInText, samples: row.samples, seeAlso: row.seeAlso ?? []};
	}
	const diagnosis = diagnosisOf(id, entry.example);
	// A test keeps every example true to its id.
	if (!diagnosis) return {kind: 'unseen', id, title: id, reason: 'Its example is broken.'};
	const {reason, samples = []} = entry.inText ?? {};
	return {kind, id, diagnosis, evidence: entry.example, ...(reason === undefined ? {} : {onlyInText: reason}), samples, seeAlso: []};
}

/** The names of an entry; a rule may have others for other evidence. */
export function slugsOf(entry: Entry): readonly string[] {
	if (entry.kind === 'unseen') return [];
	if (entry.kind === 'text') return [entry.row.slug];
	const slug = diagnosisOf(entry.id, entry.example)?.slug;
	return slug === undefined ? [] : [slug];
}
