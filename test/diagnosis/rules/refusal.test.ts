import assert from 'node:assert/strict';
import {test} from 'node:test';
import {refusalOfAnswer} from '../../../source/diagnosis/rules/refusal.js';

const reasons: readonly (readonly [reason: string, words: string])[] = [
	['scope-upgrade', 'pairing required: device is asking for more scopes than currently approved'],
	['not-paired', 'pairing required'],
	['constructor', 'pairing required'],
	['__proto__', 'pairing required'],
];
for (const [reason, words] of reasons) {
	test(`a pairing that is wanted because of ${reason}`, () => {
		const refused = {
			kind: 'control-refused',
			layer: 'control',
			atMs: 0,
			code: 'NOT_PAIRED',
			detail: 'PAIRING_REQUIRED',
			message: 'no',
		} as const;
		assert.equal(refusalOfAnswer({...refused, reason, with: 'token'}).words, words);
	});
}
