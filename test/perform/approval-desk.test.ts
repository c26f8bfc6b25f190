import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ApprovalEvent} from '../../source/chat/approval/approval.js';
import type {ControlAnswer, ControlNews, JsonObject} from '../../source/gateway/control-plane.js';
import {createApprovalDesk} from '../../source/perform/approval-desk.js';
import {manualClock} from './manual-clock.js';
import {opened, scriptedControl} from './scripted-control.js';

const scopes = ['operator.read', 'operator.write', 'operator.approvals'];
const lists = new Set(['exec.approval.list', 'plugin.approval.list']);
const start = 1_000_000;

function request(id: string, times: object = {createdAtMs: 5_000, expiresAtMs: 65_000}) {
	return {id, request: {command: `echo ${id}`, allowedDecisions: ['allow-once', 'deny']}, ...times};
}

interface Answers {
	[method: string]: ControlAnswer;
}

/** A desk on a control plane whose calls are answered by method. */
function deskOn(answers: Answers = {}) {
	const clock = manualClock(start);
	const control = scriptedControl();
	const called: {method: string; params: JsonObject}[] = [];
	const listeners: ((news: ControlNews) => void)[] = [];
	const hear = control.hear.bind(control);
	control.hear = listener => {
		listeners.push(listener);
		return hear(listener);
	};
	control.call = async (method, params) => {
		called.push({method, params});
		return answers[method] ?? {ok: true, payload: {}};
	};
	const events: (ApprovalEvent & {at: number})[] = [];
	const desk = createApprovalDesk(clock);
	const dispatch = (event: object) => void events.push(event as ApprovalEvent & {at: number});
	desk.follow(control, dispatch);
	const tell = (name: string, payload: object) => {
		for (const listener of listeners) listener({kind: 'event', name, payload: payload as JsonObject});
	};
	return {clock, control, called, events, desk, dispatch, tell};
}

const soon = () => new Promise(resolve => setImmediate(resolve));
const rows = (...all: readonly unknown[]): ControlAnswer => ({ok: true, payload: all as unknown as JsonObject});

test('without the right nothing is asked, and nothing is told', async () => {
	const {control, called, events, tell} = deskOn();
	control.open({methods: lists});
	tell('exec.approval.requested', request('a'));
	await soon();
	assert.deepEqual(called, []);
	assert.deepEqual(events, []);
});

test('what waits already is listed at the welcome; both kinds', async () => {
	const {control, called, events} = deskOn({
		'exec.approval.list': rows(request('a'), 'rubbish', request('b')),
		'plugin.approval.list': rows(),
	});
	control.open({methods: lists, scopes});
	await soon();
	assert.deepEqual(
		called.map(({method}) => method),
		['exec.approval.list', 'plugin.approval.list'],
	);
	const [listed] = events;
	assert.ok(listed?.type === 'approvals-listed');
	assert.deepEqual(
		listed.waiting.map(one => one.request.id),
		['a', 'b'],
	);
});

test('what is told while lists are on their way is newer than they are: they are asked for again', async () => {
	const answers: Answers = {'exec.approval.list': rows(request('a')), 'plugin.approval.list': rows()};
	const {control, called, events, tell} = deskOn(answers);
	control.open({methods: lists, scopes});
	// The list was made before this one came, and before that one was answered.
	tell('exec.approval.requested', request('b'));
	tell('exec.approval.resolved', {id: 'a', decision: 'deny', resolvedBy: 'someone'});
	answers['exec.approval.list'] = rows(request('b'));
	await soon();
	assert.equal(called.length, 4);
	const listed = events.filter(event => event.type === 'approvals-listed');
	assert.deepEqual(
		listed.map(({waiting}) => waiting.map(one => one.request.id)),
		[['b']],
	);
});

test('2026.2.9 lists nothing: what was known may still wait', async () => {
	const {control, called, events} = deskOn();
	control.open({protocol: 3, scopes});
	await soon();
	assert.deepEqual(called, []);
	assert.deepEqual(
		events.map(({type}) => type),
		['approvals-back'],
	);
});

test('a list that fails says nothing about what waits', async () => {
	const {control, events} = deskOn({
		'exec.approval.list': {ok: false, error: {code: 'timeout', message: 'no answer'}},
		'plugin.approval.list': rows(request('plugin:p')),
	});
	control.open({methods: lists, scopes});
	await soon();
	assert.deepEqual(
		events.map(({type}) => type),
		['approvals-back'],
	);
});

test('a request lives as long as the gateway says, whatever its clock is', () => {
	const {control, events, tell} = deskOn();
	control.open({protocol: 3, scopes});
	tell('exec.approval.requested', request('a'));
	const told = events.find(({type}) => type === 'approval-requested');
	assert.ok(told?.type === 'approval-requested');
	assert.equal(told.expiresAt, start + 60_000);
});

test('the time of a listed request goes by the gateway’s clock, once that is known', async () => {
	const ahead = 300_000;
	const {control, events, tell, desk, dispatch} = deskOn({
		'exec.approval.list': rows(request('a', {createdAtMs: start - ahead - 1, expiresAtMs: start - ahead + 30_000})),
	});
	control.open({methods: new Set(['exec.approval.list']), scopes});
	tell('tick', {ts: start - ahead});
	await soon();
	desk.perform({type: 'list-approvals'}, dispatch);
	await soon();
	const listed = events.findLast(({type}) => type === 'approvals-listed');
	assert.ok(listed?.type === 'approvals-listed');
	assert.equal(listed.waiting[0]?.expiresAt, start + 30_000);
});

test('missed events are made up for by the list', async () => {
	const {control, called} = deskOn({'exec.approval.list': rows()});
	const gap: ControlNews = {kind: 'gap'};
	let hearer: ((news: ControlNews) => void) | undefined;
	const hear = control.hear.bind(control);
	control.hear = listener => {
		hearer = listener;
		return hear(listener);
	};
	control.state = opened({methods: new Set(['exec.approval.list']), scopes});
	createApprovalDesk(manualClock(start)).follow(control, () => undefined);
	hearer?.(gap);
	await soon();
	assert.equal(called.length, 2);
});

const outcomes: ReadonlyArray<readonly [what: string, answer: ControlAnswer, outcome: object]> = [
	['taken', {ok: true, payload: {}}, {kind: 'accepted'}],
	['unknown to 2026.9.6', failed('INVALID_REQUEST', 'unknown or expired approval id'), {kind: 'over', how: 'unknown'}],
	['unknown to 2026.2.9', failed('INVALID_REQUEST', 'unknown approval id'), {kind: 'over', how: 'unknown'}],
	['too late', failed('INVALID_REQUEST', 'approval already resolved'), {kind: 'over', how: 'answered'}],
	['refused', failed('FORBIDDEN', 'missing scope: operator.approvals'), {kind: 'refused', message: 'missing scope: operator.approvals'}],
	['broken off', failed('disconnected', 'not connected'), {kind: 'unknown'}],
	['without an answer', failed('timeout', 'the gateway did not answer in time'), {kind: 'unknown'}],
];
for (const [what, answer, outcome] of outcomes) {
	test(`an answer that is ${what} is sent once, with the whole id`, async () => {
		const {control, called, events, desk, dispatch} = deskOn({'exec.approval.resolve': answer});
		control.open({protocol: 3, scopes});
		desk.perform({type: 'answer-approval', id: 'abcd-ef', kind: 'exec', decision: 'deny'}, dispatch);
		await soon();
		assert.deepEqual(called, [{method: 'exec.approval.resolve', params: {id: 'abcd-ef', decision: 'deny'}}]);
		const told = events.findLast(({type}) => type === 'approval-answered');
		assert.ok(told?.type === 'approval-answered');
		assert.deepEqual(told.outcome, outcome);
	});
}

test('another gateway takes over: the one before is heard no more', async () => {
	const {control, events, desk, dispatch} = deskOn();
	control.open({protocol: 3, scopes});
	const next = scriptedControl();
	desk.follow(next, dispatch);
	const heard = events.length;
	control.end();
	assert.equal(events.length, heard);
	assert.deepEqual(events.at(-1), {type: 'approvals-lost', at: start, isOver: true});
});

function failed(code: string, message: string): ControlAnswer {
	return {ok: false, error: {code, message}};
}
