import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {TransportEvent} from '../../source/gateway/transport.js';
import {createReplyFrames, frameMs} from '../../source/perform/reply-frames.js';
import {complete, delta, ended} from '../chat/steps.js';
import {manualClock} from './manual-clock.js';

function framing() {
	const clock = manualClock();
	const frames: string[][] = [];
	const short = (event: TransportEvent) => (event.type === 'delta' ? event.text : event.type);
	const push = createReplyFrames(clock, events => frames.push(events.map(short)));
	return {clock, frames, push};
}

test('the first text goes out at once, the rest once a frame and joined', () => {
	const {clock, frames, push} = framing();
	push({type: 'accepted', questionId: 'c1-1'});
	for (const text of ['a', 'b', 'c']) push(delta(text));
	assert.deepEqual(frames, [['accepted'], ['a']]);
	clock.advance(frameMs - 1);
	assert.equal(frames.length, 2);
	clock.advance(1);
	assert.deepEqual(frames.slice(2), [['bc']]);
});

test('a stream of 2,000 tokens a second makes 30 frames a second', () => {
	const {clock, frames, push} = framing();
	for (let token = 0; token < 2_000; token++) {
		push(delta('x'));
		clock.advance(0.5);
	}
	clock.advance(frameMs);
	assert.ok(frames.length <= 32, `${frames.length}`);
	assert.equal(frames.flat().join(''), 'x'.repeat(2_000));
});

test('the end waits for no frame and comes last', () => {
	const {clock, frames, push} = framing();
	push(delta('a'));
	push(delta('b'));
	push(ended(complete));
	assert.deepEqual(frames, [['a'], ['b', 'ended']]);
	assert.equal(clock.pending, 0);
});

test('thoughts and tool runs wait for the frame; what can be one event is one', () => {
	const {clock, frames, push} = framing();
	const tool = (phase: 'started' | 'updated' | 'finished', more: object = {}): TransportEvent => ({
		type: 'tool',
		questionId: 'c1-1',
		call: {id: '1', name: 'exec', phase, ...more},
	});
	const seen: TransportEvent[] = [];
	const gather = createReplyFrames(clock, events => seen.push(...events));
	for (const event of [tool('started'), tool('updated', {summary: 'ls'}), tool('updated', {output: 'a'}), tool('finished')]) gather(event);
	assert.deepEqual(seen, []);
	clock.advance(frameMs);
	assert.deepEqual(seen, [tool('started', {summary: 'ls', output: 'a'}), tool('finished')]);
	for (const text of ['a', 'b', 'c']) push({type: 'thinking', questionId: 'c1-1', text});
	push(delta('x'));
	assert.deepEqual(frames, [['thinking', 'x']]);
});

test('a thousand tool runs at once make one frame', () => {
	const {clock, frames, push} = framing();
	for (let index = 0; index < 1_000; index++) {
		push({type: 'tool', questionId: 'c1-1', call: {id: `${index}`, name: 'exec', phase: 'finished'}});
	}
	clock.advance(frameMs);
	assert.deepEqual(
		frames.map(({length}) => length),
		[1_000],
	);
});
