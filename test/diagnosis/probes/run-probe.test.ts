import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Observation} from '../../../source/diagnosis/evidence.js';
import {openJournal} from '../../../source/diagnosis/probes/journal.js';
import {type ProbeScope, runProbe} from '../../../source/diagnosis/probes/run-probe.js';
import {answer, evidenceOf, failure} from '../evidence-of.js';

const greeted = {kind: 'websocket-greeted', layer: 'control', atMs: 5} as const;
const startedAt = Date.parse('2026-11-20T12:00:00.000Z');

function openLook(now = () => startedAt) {
	const {credential: _credential, ...skeleton} = evidenceOf([]);
	const journal = openJournal({...skeleton, credential: {set: true, sent: false}}, [], now, undefined);
	const controller = new AbortController();
	return {journal, signal: controller.signal, end: () => controller.abort()};
}

const probe = {name: 'facts', layer: 'identity', limitMs: 20} as const;
const untilAborted = ({signal}: ProbeScope) =>
	new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), {once: true}));

test('what the gateway observed by itself keeps its times, counted from the start of the look', () => {
	const {journal} = openLook();
	journal.join({...evidenceOf([greeted]), at: '2026-11-20T12:00:00.700Z'});
	assert.deepEqual(journal.evidence().observations, [{...greeted, atMs: 705}]);
	assert.equal(journal.evidence().at, '2026-11-20T12:00:00.000Z');
});

test('a token that was sent once was sent; why it was withheld is kept', () => {
	const {journal} = openLook();
	journal.join(evidenceOf([], {}, {sent: true}));
	journal.join(evidenceOf([], {}, {sent: false, withheld: 'refused-before'}));
	journal.join(evidenceOf([], {}, {sent: false}));
	assert.deepEqual(journal.evidence().credential, {set: true, sent: true, withheld: 'refused-before'});
});

test('a probe at its limit leaves what it has, then says that it was ended', async () => {
	const look = openLook();
	let late: ProbeScope | undefined;
	await runProbe(look, probe, async scope => {
		late = scope;
		scope.add(answer(200));
		await untilAborted(scope);
		scope.add(answer(503), failure('', {attempts: [{name: 'TimeIsUp', message: 'the time is up'}]}));
	});
	late?.add(greeted);
	assert.deepEqual(
		look.journal
			.evidence()
			.observations.map(one => (one.kind === 'probe-ended' ? one.reason : one.kind === 'http-answer' ? one.status : one.kind)),
		[200, 503, 'time-limit'],
	);
});

test('a probe that does not hear of its end is left behind', async () => {
	const look = openLook();
	assert.equal(await runProbe(look, probe, () => new Promise(() => undefined)), undefined);
	const [ended] = look.journal.evidence().observations;
	assert.deepEqual([ended?.kind, ended?.layer], ['probe-ended', 'identity']);
});

test('a look that was ended begins no probe', async () => {
	const look = openLook();
	look.end();
	let begun = false;
	await runProbe(look, probe, async () => {
		begun = true;
	});
	const [ended] = look.journal.evidence().observations as readonly Extract<Observation, {kind: 'probe-ended'}>[];
	assert.deepEqual([begun, ended?.probe, ended?.reason], [false, 'facts', 'cancelled']);
});
