import assert from 'node:assert/strict';
import {test} from 'node:test';
import {connectionNotice, createSilenceNotices} from '../../source/commands/ask/ask-notices.js';
import {waitForGateway} from '../../source/commands/ask/ask-wait.js';
import {durationInWords, parseDurationMs} from '../../source/commands/duration.js';
import type {Evidence} from '../../source/diagnosis/evidence.js';
import {evidenceOf, failure} from '../diagnosis/evidence-of.js';

test('durations', () => {
	const good: ReadonlyArray<readonly [text: string, ms: number]> = [
		['90', 90_000],
		['1.5', 1500],
		['90s', 90_000],
		['5m', 300_000],
		['1h30m', 5_400_000],
		['.5m', 30_000],
	];
	for (const [text, ms] of good) assert.equal(parseDurationMs(text), ms, text);
	for (const text of ['', '0', '-1', '5 m', '5d', 'm', '1e3', '9999h']) assert.equal(parseDurationMs(text), undefined, text);
	assert.deepEqual([50, 45_000, 60_000, 90_000].map(durationInWords), ['50 ms', '45 s', '1 min', '1 min 30 s']);
});

test('silence is told after 10, 30, 60 s and then every minute, and begins anew when something comes', t => {
	t.mock.timers.enable({apis: ['setTimeout']});
	const told: string[] = [];
	const notices = createSilenceNotices(line => told.push(/^No data for (.*?);/.exec(line)?.[1] ?? line));
	t.mock.timers.tick(9_999);
	assert.deepEqual(told, []);
	for (const ms of [1, 20_000, 30_000]) t.mock.timers.tick(ms);
	assert.deepEqual(told, ['10 s', '30 s', '1 min']);
	for (const ms of [60_000, 60_000]) t.mock.timers.tick(ms);
	assert.deepEqual(told.slice(3), ['2 min', '3 min']);
	notices.heard();
	t.mock.timers.tick(10_000);
	assert.equal(told.at(-1), '10 s');
	notices.stop();
	t.mock.timers.tick(100_000);
	assert.equal(told.length, 6);
});

test('a connection that is gone is no silence of the gateway', t => {
	t.mock.timers.enable({apis: ['setTimeout']});
	const told: string[] = [];
	const notices = createSilenceNotices(line => told.push(line));
	t.mock.timers.tick(9_999);
	notices.lost();
	t.mock.timers.tick(10_000);
	assert.deepEqual(told, ['No connection for 10 s; still trying.']);
	notices.heard();
	t.mock.timers.tick(10_000);
	assert.match(told[1] ?? '', /^No data for 10 s/);
	notices.stop();
	const questionId = 'q1';
	assert.match(connectionNotice({type: 'interrupted', questionId, evidence: evidenceOf([])}) ?? '', /broke.*looked up/);
	assert.match(connectionNotice({type: 'resumed', questionId, run: 'running'}) ?? '', /goes on/);
	assert.match(connectionNotice({type: 'resumed', questionId, run: 'finished'}) ?? '', /was found/);
	assert.equal(connectionNotice({type: 'delta', questionId, text: 'x'}), undefined);
});

/** Looks at a gateway that is in each of these conditions in turn; the clock moves only while waiting. */
async function wait(
	conditions: ReadonlyArray<'live' | 'not-ready' | 'starting' | 'draining' | 'down'>,
	waitMs: number,
	evidence: Evidence,
	retryInMs?: number,
) {
	let looks = 0;
	let now = 0;
	let told = 0;
	let retriedAfterMs: number | undefined;
	const waited = await waitForGateway(
		{
			checkHealth: async () => {
				const condition = conditions[Math.min(looks++, conditions.length - 1)] ?? 'down';
				return {value: condition === 'not-ready' ? 'live' : condition, observations: [], evidence};
			},
			checkReadiness: async () => {
				const isReady = conditions[Math.min(looks, conditions.length) - 1] !== 'not-ready';
				return {value: isReady ? 'ready' : 'not-ready', observations: [], evidence};
			},
			retryInMs: async () => retryInMs,
		},
		{
			waitMs,
			signal: new AbortController().signal,
			onWaiting: () => told++,
			onRetryLater: ms => {
				retriedAfterMs = ms;
			},
			now: () => now,
			sleep: async ms => {
				now += ms;
			},
		},
	);
	return {there: waited.there, looks, told, now, ...(retriedAfterMs === undefined ? {} : {retriedAfterMs})};
}

test('waiting ends when the gateway is live, in time or never', async () => {
	const refused = evidenceOf([failure('ECONNREFUSED')]);
	assert.deepEqual(await wait(['live'], 1000, refused), {there: true, looks: 1, told: 0, now: 0});
	assert.deepEqual(await wait(['down', 'starting', 'draining', 'live'], 60_000, refused), {there: true, looks: 4, told: 1, now: 1750});
	// A gateway that drains is live and not ready.
	assert.deepEqual(await wait(['not-ready', 'down', 'live'], 60_000, refused), {there: true, looks: 3, told: 1, now: 750});
	const never = await wait(['down'], 10_000, refused);
	assert.equal(never.there, false);
	assert.equal(never.now, 10_000);
});

test('a Retry-After that fits into the wait is waited out, a longer one is not', async () => {
	const nothing = evidenceOf([]);
	assert.deepEqual(await wait(['live'], 20_000, nothing, 7000), {there: true, looks: 1, told: 0, now: 7001, retriedAfterMs: 7000});
	assert.deepEqual(await wait(['live'], 5000, nothing, 7000), {there: true, looks: 1, told: 0, now: 0});
});

test('waiting does not help against a wrong certificate', async () => {
	const expired = evidenceOf([failure('CERT_HAS_EXPIRED', {phase: 'tls'})], {origin: 'https://gw.example', addressClass: 'public'});
	assert.deepEqual(await wait(['down'], 60_000, expired), {there: false, looks: 1, told: 0, now: 0});
});
