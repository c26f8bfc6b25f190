import assert from 'node:assert/strict';
import {test} from 'node:test';
import {catalogue} from '../../../source/diagnosis/catalogue/catalogue.js';
import {diagnose} from '../../../source/diagnosis/diagnose.js';
import type {Diagnosis} from '../../../source/diagnosis/diagnosis.js';
import {assertWellFormed} from './explained.js';

const exposing: readonly string[] = ['changes-exposure', 'last-resort'];

for (const entry of catalogue) {
	if (entry.kind !== 'rule') continue;
	const {primary, alternatives, notes} = diagnose(entry.example);
	test(`${entry.id} is well formed, and so is what is said beside it`, () => {
		for (const diagnosis of [...(primary ? [primary] : []), ...alternatives, ...notes]) assertWellFormed(diagnosis, entry.example);
		assert.ok(alternatives.length <= 3);
		assert.ok(notes.every(({severity}) => severity !== 'error'));
	});
	const found = [...(primary ? [primary] : []), ...notes].find(({id}) => id === entry.id);
	if (!found || !/^[CDNO]/.test(entry.id)) continue;
	test(`${entry.id} ends with the exit code of its group, and opens nothing before all else was said`, () => {
		assert.equal(found.exitCode, exitCodeOf(found));
		const firstRisk = found.fixes.findIndex(({applicability}) => exposing.includes(applicability));
		const after = firstRisk < 0 ? [] : found.fixes.slice(firstRisk);
		assert.ok(after.every(({applicability}) => exposing.includes(applicability)));
	});
}

/** The exit codes of the four groups: what passes by itself is temporary. */
function exitCodeOf({id, severity, transient}: Diagnosis): number {
	if (severity !== 'error') return 0;
	if (transient && id !== 'N28') return 75;
	// The address fits this machine; that another one was meant is a guess.
	if (id === 'C21') return 69;
	return {C: 78, D: 68}[id.charAt(0)] ?? 69;
}
