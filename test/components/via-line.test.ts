import assert from 'node:assert/strict';
import {test} from 'node:test';
import {emptyScan} from '../../source/chat/answer/blocks.js';
import {initialState} from '../../source/chat/initial-state.js';
import type {Answer, Connection, State} from '../../source/chat/state.js';
import {answerEndLines} from '../../source/components/answer-end.js';
import type {Drawing} from '../../source/components/drawing.js';
import {statusLine} from '../../source/components/status-line.js';
import type {Via} from '../../source/gateway/transport.js';
import {createPalette} from '../../source/terminal/palette.js';
import {evidence} from '../chat/steps.js';

const now = 1_000_000;
const drawing = {
	palette: createPalette('none', 'none'),
	clock: () => '14:03',
	explain: () => ['The connection to the gateway broke.', 'It was not announced.'],
} as unknown as Drawing;
const base: State = initialState({
	at: now,
	conversationId: 'c1',
	ephemeral: true,
	place: {profile: 'home', origin: 'http://127.0.0.1:18789', path: 'loopback'},
});
const online = (via: Via): Connection => ({state: 'online', since: now, latencyMs: 3, via});
const missing = 'this device waits for approval: openclaw devices approve 6f1c9a52-0001-4a5e-9c1e-1f2e3d4c5b6a';

const frames: ReadonlyArray<readonly [what: string, columns: number, via: Via, line: string]> = [
	['control plane', 120, {transport: 'ws'}, 'online · home · loopback · control plane · 3 ms · default agent'],
	['control plane', 80, {transport: 'ws'}, 'online · home · loopback · control plane · 3 ms · default agent'],
	['control plane', 40, {transport: 'ws'}, 'online · home · loopback · control plane'],
	['HTTP as wanted', 80, {transport: 'http'}, 'online · home · loopback · HTTP · 3 ms · default agent'],
	[
		'HTTP, with what is missing',
		120,
		{transport: 'http', missing},
		'online · home · loopback · HTTP: this device waits for approval: openclaw devices approve 6f1c9a52-0001-4a5e-9c1e-1f2e3…',
	],
	[
		'HTTP, with what is missing',
		80,
		{transport: 'http', missing},
		'online · home · loopback · HTTP: this device waits for approval: openclaw devic…',
	],
	['HTTP, with what is missing', 40, {transport: 'http', missing}, 'online · home · loopback · HTTP: this d…'],
];
for (const [what, columns, via, line] of frames) {
	test(`which way questions go, at ${columns} columns: ${what}`, () => {
		assert.equal(statusLine({...base, connection: online(via)}, columns, drawing), line);
	});
}

const answer: Answer = {
	questionId: 'q1',
	question: 'why?',
	askedAt: now - 12_000,
	phase: 'streaming',
	text: 'because',
	scan: emptyScan,
	savedLength: 0,
	begun: false,
	lastByteAt: now - 3_000,
	firstTokenAt: now - 9_000,
	tools: [],
	interruption: {since: now - 3_000},
};
const waiting: Connection = {state: 'waiting', since: now - 3_000, retryAt: now + 1_000, evidence: evidence()};

test('an answer whose connection is gone: offline, and it may go on', () => {
	const away = {...base, answer, connection: waiting};
	const line = 'offline since 14:03 · the answer may go on · next look in 1 s · Enter looks now · Esc waits no longer · home';
	assert.equal(statusLine(away, 110, drawing), line);
	assert.equal(statusLine(away, 80, drawing), 'offline since 14:03 · the answer may go on · Enter looks now · home');
	assert.equal(statusLine(away, 40, drawing), 'offline since 14:03 · home');
});

test('the connection is back, the answer not yet', () => {
	const back = {...base, answer, connection: {...online({transport: 'ws'}), since: now - 60_000}};
	assert.match(statusLine(back, 80, drawing), /^looking for the rest of the answer 3 s · Esc waits no longer · home/);
	const returned = {...back, connection: {...back.connection, since: now - 1_000}};
	assert.match(statusLine(returned, 80, drawing), /^looking for the rest of the answer 1 s · /, 'not counted while it was away');
	const sought = {...back, answer: {...answer, interruption: {since: now - 90_000, soughtUntil: now + 41_000}}};
	assert.match(statusLine(sought, 80, drawing), /^looking for the rest of the answer up to 41 s more · Esc waits no longer/);
});

test('a long outage is not counted any more', () => {
	const long = {...base, connection: {...waiting, since: now - 120_000, retryAt: now - 5_000}};
	assert.match(statusLine(long, 80, drawing), /^offline since 14:03 · looking every 10 s · Enter looks now/);
});

test('a lost answer: what is known of its end, and what helps', () => {
	const end = {kind: 'answer-end', id: 'e', outcome: {kind: 'lost'}, evidence: evidence(), totalMs: 3_400, hadText: true} as const;
	const fate = '── The gateway is back and does not know how this answer ended; the agent may';
	assert.deepEqual(answerEndLines(end, 80, drawing).slice(2), [
		fate,
		'   have acted. What came in 3.4 s is kept. /continue asks to go on, /retry asks',
		'   again.',
	]);
	assert.deepEqual(answerEndLines({...end, hadText: false}, 80, drawing).slice(2), [fate, '   have acted. /retry asks again.']);
});
