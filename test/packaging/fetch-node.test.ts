import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {resolve} from 'node:path';
import {test} from 'node:test';

const {isRecent} = createRequire(import.meta.url)(resolve('.dev/fetch-node.cjs')) as {isRecent(version: string): boolean};

const versions: ReadonlyArray<readonly [version: string, recent: boolean]> = [
	['12.16.3', false],
	['20.20.2', false],
	['22.9.0', false],
	['22.18.1', false],
	['22.19.0', true],
	['23.0.0', true],
	['24.0.0', true],
	['100.1.0', true],
];
for (const [version, recent] of versions) {
	test(`Node ${version} is ${recent ? 'used as it is' : 'replaced for development'}`, () => assert.equal(isRecent(version), recent));
}
