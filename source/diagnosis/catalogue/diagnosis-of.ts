import {diagnose} from '../diagnose.js';
import type {Diagnosis} from '../diagnosis.js';
import type {Evidence} from '../evidence.js';

/** The diagnosis with this id in the findings of some evidence. */
export function diagnosisOf(id: string, evidence: Evidence): Diagnosis | undefined {
	const {primary, alternatives, notes} = diagnose(evidence);
	return [primary, ...alternatives, ...notes].find(found => found?.id === id);
}
