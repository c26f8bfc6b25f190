import assert from 'node:assert/strict';
import {test} from 'node:test';
import {diagnose} from '../../../source/diagnosis/diagnose.js';
import type {Diagnosis} from '../../../source/diagnosis/diagnosis.js';
import type {Evidence} from '../../../source/diagnosis/evidence.js';

/** Evidence in, the whole diagnosis out: an error as the primary one, anything else among the notes. */
export function explained(name: string, evidence: Evidence, expected: Diagnosis): void {
	test(name, () => {
		const {primary, notes} = diagnose(evidence);
		if (expected.severity === 'error') assert.deepEqual(primary, expected);
		else
			assert.deepEqual(
				notes.find(({id}) => id === expected.id),
				expected,
			);
		assertWellFormed(expected, evidence);
	});
}

/** Words in capitals that stand for a value nobody knows here. */
const placeholder =
	/(?<![A-Z_$-])\b(?:HOST|USER|PORT|FREE|URL|ADDRESS|NAME|FILE|QUESTION|SECONDS|TEXT|TOKEN|PROFILE|ACCOUNT|CONTAINER|AGENT|MODEL|ID|DEVICE|REQUEST|REQUEST_ID|DEVICE_ID|ALLOWED|LIST|PATTERN|PROXY|NODE|CERT|CA)\b/;

/** OpenClaw commands that 2026.2.9 does not have. */
const newer = /openclaw (?:config validate|doctor --lint|backup |gateway (?:stability|auth-token))/;

/** What holds for every diagnosis, whatever it is about. */
export function assertWellFormed(diagnosis: Diagnosis, evidence: Evidence): void {
	const {id, title, explanation, fixes, severity, exitCode, verify} = diagnosis;
	assert.match(id, /^[A-Z]\d\d$/);
	assert.ok(title.length > 10 && !/[.!\n]$|\n/.test(title), `${id}: ${title}`);
	assert.ok(explanation.split(/[.!?](?=\s|$)/).filter(part => part.trim() !== '').length <= 2, `${id}: ${explanation}`);
	assert.equal(severity === 'error', exitCode !== 0, id);
	assert.match(verify ?? '', /^clawtalk status/, id);
	assert.ok(diagnosis.evidence.length > 0 && diagnosis.evidence.every(index => evidence.observations[index] !== undefined), id);
	const isReleaseKnown = evidence.observations.some(seen => seen.kind === 'gateway-facts' && seen.version !== undefined);
	for (const {command, applicability, since, fallback} of fixes) {
		if (command === undefined) continue;
		assert.doesNotMatch(command, /[\n\r`]|\$\(/, id);
		if (applicability === 'safe-to-run') assert.doesNotMatch(command, placeholder, id);
		if (applicability === 'has-placeholders') assert.match(command, placeholder, id);
		if (!isReleaseKnown && newer.test(command)) assert.ok(since !== undefined && fallback !== undefined, `${id}: ${command}`);
	}
}
