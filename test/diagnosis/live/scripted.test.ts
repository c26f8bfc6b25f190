import assert from 'node:assert/strict';
import {test} from 'node:test';
import {diagnose} from '../../../source/diagnosis/diagnose.js';
import {scriptedCases} from './scripted-cases.js';

for (const {id, name, run} of scriptedCases) {
	test(`${id}: ${name}`, async t => {
		const evidence = await run(t);
		const {primary, notes} = diagnose(evidence);
		const told = [primary, ...notes].find(found => found?.id === id);
		assert.ok(
			told,
			`${primary?.id} ${primary?.title}, notes ${notes.map(one => one.id).join(' ')}\n${JSON.stringify(evidence.observations)}`,
		);
		assert.ok(primary === undefined || primary.id === id, `${primary?.id} stands before it`);
	});
}
