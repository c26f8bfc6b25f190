import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {FoundRun, TransportEvent, Via} from '../../source/gateway/transport.js';
import {asking, beginning, complete, delta, ended, evidence, type Happening, lost, reply, run, shown, submit, typed} from './steps.js';

const missing = 'this device waits for approval: openclaw devices approve r1';
const checked = (via: Via, at: number): Happening => ({type: 'connection-checked', latencyMs: 3, evidence: evidence(), via, at});
const boot = (bootId: string, startedAt?: number): Via => ({
	transport: 'ws',
	version: '2026.9.6',
	bootId,
	...(startedAt !== undefined && {startedAt}),
	approvals: false,
});
const notices = (state: Parameters<typeof shown>[0]) => shown(state).filter(entry => entry.startsWith('notice'));

test('another start of the gateway is said with how long ago it was', () => {
	const {state} = run(beginning(), checked(boot('a'), 2_000), {...lost, at: 60_000}, checked(boot('b', 89_000), 101_000));
	assert.deepEqual(notices(state), ['notice Back after 41 s. The gateway restarted 12 s ago.']);
	const again = run(state, checked(boot('c'), 102_000));
	assert.deepEqual(notices(again.state).at(-1), 'notice The gateway has restarted.', 'also where the outage was too short to be said');
});

test('the same gateway is no news; nor is the first look, nor what HTTP cannot tell', () => {
	const {state} = run(beginning(), checked(boot('a'), 2_000), checked(boot('a'), 3_000), checked({transport: 'http'}, 4_000));
	assert.deepEqual(notices(state), []);
	assert.deepEqual(notices(run(state, checked(boot('b'), 5_000)).state), ['notice The gateway has restarted.'], 'it is remembered');
});

test('a token that was refused is said once, where the gateway knows this device by its own; /status says it each time', () => {
	const via: Via = {...boot('a'), refusedToken: '--token'};
	const said = 'The gateway refused the token (--token); the token that it gave this device before is used.';
	const {state} = run(beginning(), checked(via, 2_000), checked({transport: 'http'}, 3_000), checked(via, 4_000));
	assert.deepEqual(notices(state), [`notice ${said}`]);
	const {state: asked} = run(state, typed('/status'), submit, checked(via, 5_000));
	assert.match(notices(asked).at(-1) ?? '', /\nThe gateway refused the token \(--token\); /);
});

test('what is missing is said once, and when it is there', () => {
	const {state} = run(beginning(), checked({transport: 'http', missing}, 2_000), checked({transport: 'http', missing}, 3_000));
	assert.deepEqual(notices(state), [`notice Questions go over HTTP, where tool runs and approvals cannot be seen: ${missing}.`]);
	const {state: accepted} = run(state, checked(boot('a'), 4_000));
	assert.equal(notices(accepted).at(-1), 'notice Questions go over the control plane now: tool runs can be seen.');
});

test('a control plane that takes its time is no news: not that it does, and not that it is there after all', () => {
	const late: Via = {transport: 'http', missing: 'the control plane has not answered yet', isDialling: true};
	const {state} = run(beginning(), checked(boot('a'), 2_000), {...lost, at: 60_000}, checked(late, 100_000), checked(boot('a'), 103_000));
	assert.deepEqual(notices(state), ['notice Back after 40 s.']);
	const waited = run(beginning(), checked({transport: 'http', missing}, 2_000), checked(late, 3_000), checked(boot('a'), 4_000)).state;
	assert.equal(notices(waited).length, 2, 'that the reason is gone is said after a slow attempt, too');
});

test('/status says which way, the release, how long it is up and which start it is', () => {
	const asked = run(beginning(), checked(boot('a'), 2_000), typed('/status'), submit).state;
	const {state} = run(asked, checked(boot('a', 2_000), 10_802_000));
	const lines = notices(state).at(-1)?.split('\n') ?? [];
	assert.equal(lines[1], 'Questions go over the control plane: OpenClaw 2026.9.6, up for 3 h 0 min, boot a.');
	assert.equal(
		lines[2],
		'Requests for approval are not shown: the setting approvals is off, or the gateway does not grant operator.approvals.',
	);
	const overHttp = run(asked, checked({transport: 'http', missing}, 10_000)).state;
	const [, way, limits] = notices(overHttp).at(-1)?.split('\n') ?? [];
	assert.deepEqual([way, limits], [`Questions go over HTTP: ${missing}.`, 'Over HTTP approvals and tool runs cannot be seen.']);
});

const interrupted: TransportEvent = {type: 'interrupted', questionId: 'c1-1', evidence: evidence()};
const resumed = (found: FoundRun): TransportEvent => ({type: 'resumed', questionId: 'c1-1', run: found});

for (const [found, words] of [
	['running', 'the answer went on, and what came meanwhile was fetched'],
	['taken-up', 'the gateway has started anew and has its agent answer again: what its tools did may be done twice'],
	['finished', 'its end came meanwhile and was fetched'],
] as const) {
	test(`an answer that was found ${found} says behind itself that it stood still`, () => {
		const cut = run(asking(), reply(delta('one ')), {...reply(interrupted), at: 20_000}, {...lost, at: 20_001});
		assert.deepEqual(cut.state.answer?.interruption, {since: 20_000});
		assert.deepEqual(
			cut.state.asides.map(({kind}) => kind),
			['failure'],
			'why it is away is said while it is away',
		);
		const back = run(cut.state, checked(boot('a'), 32_000), {...reply(resumed(found), delta('two')), at: 32_001});
		assert.equal(back.state.answer?.interruption, undefined);
		const {state} = run(back.state, reply(ended(complete)));
		assert.equal(shown(state).includes('failure'), false, 'that is over');
		assert.equal(
			shown(state).find(entry => entry.includes('one')),
			'block one two',
			'nothing stands between its parts',
		);
		assert.equal(notices(state).at(-1), `notice The connection was away for 12 s in the middle of this answer; ${words}.`);
	});
}

test('the clock beside an interrupted answer goes by the second for two minutes, then by the minute', () => {
	const clocks = (commands: ReturnType<typeof run>['commands']) => commands.filter(({type}) => type.endsWith('clock'));
	const cut = run(asking(), {...reply(interrupted), at: 20_000}, {...lost, at: 20_001});
	assert.deepEqual(clocks(run(cut.state, {type: 'clock-ticked', at: 140_000}).commands), []);
	assert.deepEqual(clocks(run(cut.state, {type: 'clock-ticked', at: 140_001}).commands), [{type: 'start-clock', pace: 'minute'}]);
	const back = run(run(cut.state, {type: 'clock-ticked', at: 140_001}).state, checked(boot('a'), 150_000));
	assert.deepEqual(clocks(back.commands), [{type: 'start-clock', pace: 'second'}]);
});
