import assert from 'node:assert/strict';
import {test} from 'node:test';
import {builtInFetchUsesDispatcher, dispatchCount, testFetchRoutes} from '../../source/network/dispatcher.js';

test('the fetch of npm undici and the built-in one both go through our dispatcher', async () => {
	const before = dispatchCount();
	assert.deepEqual(await testFetchRoutes(), {npm: true, builtIn: true});
	assert.equal(dispatchCount(), before + 2);
	assert.equal(await builtInFetchUsesDispatcher(), true);
});
