import assert from 'node:assert/strict';
import {test} from 'node:test';
import {diagnose} from '../../../source/diagnosis/diagnose.js';
import type {Diagnosis} from '../../../source/diagnosis/diagnosis.js';
import type {Evidence} from '../../../source/diagnosis/evidence.js';

/** Evidence, and the whole diagnosis that it gives: as the problem to solve, or as a note that turns nothing red. */
export interface DiagnosisCase {
	readonly name: string;
	readonly as: 'primary' | 'note';
	readonly evidence: Evidence;
	readonly expected: Diagnosis;
}

export function testDiagnoses(cases: readonly DiagnosisCase[]): void {
	for (const {name, as, evidence, expected} of cases) {
		test(name, () => {
			const {primary, notes} = diagnose(evidence);
			assert.deepEqual(as === 'primary' ? primary : notes.find(({id}) => id === expected.id), expected);
			if (as === 'note') assert.equal(primary, undefined);
			assert.equal(expected.severity === 'error', expected.exitCode !== 0);
			assert.ok(expected.explanation.split(/[.?!] (?=[A-Z])/).length <= 2, expected.explanation);
		});
	}
}
