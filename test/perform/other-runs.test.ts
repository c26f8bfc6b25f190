import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ControlNews, JsonObject} from '../../source/gateway/control-plane.js';
import {createOtherRuns} from '../../source/perform/other-runs.js';
import {manualClock} from './manual-clock.js';

const key = 'agent:main:Kitchen';

function runs() {
	const clock = manualClock();
	const told: (string | undefined)[] = [];
	const others = createOtherRuns({key, isOwn: id => id.startsWith('own'), after: clock.after, tell: text => told.push(text)});
	return {clock, told, others};
}

const event = (name: string, payload: JsonObject): ControlNews => ({kind: 'event', name, payload});
const said = (runId: string, text: string, sessionKey = key) =>
	event('chat', {sessionKey: sessionKey.toLowerCase(), runId, state: 'delta', message: {content: [{type: 'text', text}]}});
const status = (runId: string) => event('chat', {sessionKey: key, runId, state: 'status', phase: 'starting_model'});
const over = (runId: string) => event('chat', {sessionKey: key, runId, state: 'final'});
const tool = (runId: string) => event('agent', {sessionKey: key, runId, stream: 'item', data: {}});

test('a run of somebody else is told with the end of its text, not more often than it can be read', () => {
	const {clock, told, others} = runs();
	others.hear(status('r1'));
	clock.advance(250);
	for (const text of ['one', 'one two', 'one two three']) others.hear(said('r1', text));
	assert.deepEqual(told, ['']);
	clock.advance(250);
	assert.deepEqual(told, ['', 'one two three']);
	others.hear(over('r1'));
	others.report();
	assert.deepEqual(told, ['', 'one two three', undefined]);
	others.hear(said('r1', 'late'));
	others.hear(tool('r1'));
	clock.advance(250);
	assert.deepEqual([told.length, clock.pending], [3, 0]);
});

test('runs of our own, of other sessions, and tools of runs that were not heard of are of no concern', () => {
	const {clock, told, others} = runs();
	for (const news of [status('own-1'), said('r1', 'x', 'agent:main:cellar'), tool('r2'), {kind: 'gap'} as const]) others.hear(news);
	clock.advance(1_000);
	assert.deepEqual([told, clock.pending], [[], 0]);
});

test('what a tool does keeps a silent run; one of which nothing is heard is given up, and all are with the connection', () => {
	const {clock, told, others} = runs();
	others.hear(said('r1', 'x'));
	clock.advance(179_000);
	others.hear(tool('r1'));
	clock.advance(179_000);
	assert.deepEqual(told, ['x']);
	clock.advance(1_000);
	assert.deepEqual([told, clock.pending], [['x', undefined], 0]);
	others.hear(said('r2', 'y'));
	clock.advance(250);
	others.forget();
	assert.deepEqual([told, clock.pending], [['x', undefined, 'y', undefined], 0]);
});

test('a flood of runs and of text is kept within bounds', () => {
	const {clock, told, others} = runs();
	for (let index = 0; index < 1_000; index++) others.hear(said(`r${index}`, 'x'.repeat(10_000)));
	assert.ok(clock.pending <= 21);
	clock.advance(250);
	assert.equal(told.at(-1)?.length, 400);
	others.stop();
	assert.equal(clock.pending, 0);
});
