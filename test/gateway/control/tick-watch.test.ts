import assert from 'node:assert/strict';
import {test} from 'node:test';
import {watchTicks} from '../../../source/gateway/control/tick-watch.js';

/** A clock that stands still until it is moved, and then rings once for all that is due: as after a stop of the process. */
function stoppedClock() {
	let now = 0;
	const timers = new Set<{readonly at: number; readonly callback: () => void}>();
	return {
		now: () => now,
		timers,
		schedule(delayMs: number, callback: () => void) {
			const timer = {at: now + delayMs, callback};
			timers.add(timer);
			return () => void timers.delete(timer);
		},
		advance(ms: number) {
			now += ms;
			for (const timer of [...timers].filter(({at}) => at <= now)) {
				timers.delete(timer);
				timer.callback();
			}
		},
	};
}

function watched() {
	const clock = stoppedClock();
	const silences: number[] = [];
	const watch = watchTicks(30_000, clock.schedule, clock.now, silentMs => silences.push(silentMs));
	return {clock, silences, watch};
}

test('two ticks of silence are found when they are over', () => {
	const {clock, silences, watch} = watched();
	clock.advance(20_000);
	watch.heard();
	clock.advance(40_000);
	assert.deepEqual(silences, []);
	clock.advance(20_000);
	assert.deepEqual(silences, [60_000]);
	assert.equal(clock.timers.size, 0);
});

test('a process that was stopped reads first what came meanwhile', () => {
	const {clock, silences, watch} = watched();
	clock.advance(300_000);
	watch.heard();
	clock.advance(100);
	assert.deepEqual(silences, []);
	clock.advance(59_900);
	assert.deepEqual(silences, [60_000]);
});

test('a process that was stopped finds a connection that is dead all the same; a stop of the watch ends it', () => {
	const {clock, silences} = watched();
	clock.advance(300_000);
	clock.advance(100);
	assert.deepEqual(silences, [300_000]);
	assert.equal(clock.timers.size, 0);
	const other = watched();
	other.clock.advance(300_000);
	other.watch.stop();
	assert.equal(other.clock.timers.size, 0);
});
