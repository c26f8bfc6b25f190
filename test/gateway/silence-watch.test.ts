import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import {watchSilence} from '../../source/gateway/silence-watch.js';

/** A watch with a clock of our own and a list of what the health checks will say. */
function watched(answers: boolean[]) {
	let due: (() => void) | undefined;
	let checks = 0;
	let abandoned = 0;
	const watch = watchSilence(
		{
			checkEveryMs: 30_000,
			failedChecks: 3,
			schedule(delayMs, callback) {
				assert.equal(delayMs, 30_000);
				due = callback;
				return () => {
					due = undefined;
				};
			},
		},
		async () => {
			checks += 1;
			return answers.shift() ?? false;
		},
		() => {
			abandoned += 1;
		},
	);
	return {
		watch,
		async pass() {
			const callback = due;
			due = undefined;
			callback?.();
			await setImmediate();
		},
		counts: () => ({checks, abandoned, isArmed: due !== undefined}),
	};
}

test('silence with three failed checks in a row ends the answer, once', async () => {
	const {pass, counts} = watched([false, false, false]);
	await pass();
	await pass();
	assert.deepEqual(counts(), {checks: 2, abandoned: 0, isArmed: true});
	await pass();
	await pass();
	assert.deepEqual(counts(), {checks: 3, abandoned: 1, isArmed: false});
});

test('silence alone never ends it', async () => {
	const {pass, counts} = watched(Array.from({length: 50}, () => true));
	for (let round = 0; round < 50; round += 1) await pass();
	assert.deepEqual(counts(), {checks: 50, abandoned: 0, isArmed: true});
});

test('a good check between bad ones starts the count again', async () => {
	const {pass, counts} = watched([false, false, true, false, false]);
	for (let round = 0; round < 5; round += 1) await pass();
	assert.deepEqual(counts(), {checks: 5, abandoned: 0, isArmed: true});
});

test('no check is made while bytes arrive, and bytes start the count again', async () => {
	const {watch, pass, counts} = watched([false, false, false, false]);
	await pass();
	await pass();
	watch.heard();
	await pass();
	assert.deepEqual(counts(), {checks: 2, abandoned: 0, isArmed: true});
	await pass();
	await pass();
	assert.deepEqual(counts(), {checks: 4, abandoned: 0, isArmed: true});
});

test('a stopped watch does nothing more', async () => {
	const {watch, pass, counts} = watched([false, false, false]);
	await pass();
	watch.stop();
	await pass();
	assert.deepEqual(counts(), {checks: 1, abandoned: 0, isArmed: false});
});
