import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
	asking,
	beginning,
	checked,
	complete,
	delta,
	ended,
	evidence,
	httpAnswer,
	lost,
	networkFailure,
	queued,
	reply,
	run,
	sent,
	shown,
	submit,
	typed,
	types,
} from './steps.js';

test('a question is recorded before it is sent, and the first one begins the file', () => {
	const {state, commands} = run(beginning({agent: 'main', model: 'p/m'}), checked, typed('hello'), submit);
	assert.deepEqual(types(commands), [
		'save-draft',
		'remember-input',
		'append-record',
		'append-record',
		'send-question',
		'save-draft',
		'start-clock',
	]);
	assert.deepEqual(commands[2], {
		type: 'append-record',
		conversationId: 'c1',
		record: {
			schema: 'clawtalk.conversation/1',
			kind: 'conversation',
			id: 'c1',
			at: '1970-01-01T00:00:01.003Z',
			sessionKey: 'clawtalk:c1',
			origin: 'http://127.0.0.1:18789',
		},
	});
	assert.deepEqual(commands[4], {
		type: 'send-question',
		question: {
			id: 'c1-1',
			idempotencyKey: 'c1-1',
			text: 'hello',
			images: [],
			history: [],
			sessionKey: 'clawtalk:c1',
			agent: 'main',
			model: 'p/m',
		},
	});
	assert.equal(state.draft.text, '');
});

test('the second question has its own id and only its own record', () => {
	const {commands} = run(asking(), reply(delta('hi'), ended(complete)), typed('more'), submit);
	const records = commands.flatMap(command => (command.type === 'append-record' ? [command.record.kind] : []));
	assert.deepEqual(records, ['answer', 'question']);
	assert.deepEqual(
		commands.flatMap(command => (command.type === 'send-question' ? [command.question.id] : [])),
		['c1-2'],
	);
});

test('what is typed before the connection is known waits and is sent by it, once', () => {
	const typedAhead = run(beginning(), typed('early'), submit);
	assert.deepEqual(sent(typedAhead.commands), []);
	assert.deepEqual(queued(typedAhead.state), ['early']);
	const connected = run(typedAhead.state, checked, checked);
	assert.deepEqual(sent(connected.commands), ['early']);
	assert.deepEqual(queued(connected.state), []);
});

test('what was typed ahead comes back when nobody answers', () => {
	const {state, commands} = run(beginning(), typed('early'), submit, lost);
	assert.deepEqual(sent(commands), []);
	assert.equal(state.draft.text, 'early');
});

test('away: Enter sends nothing, keeps the text, looks once, and says what was seen', () => {
	const away = run(beginning(), lost).state;
	const tried = run(away, typed('hello'), submit, submit);
	assert.deepEqual(sent(tried.commands), []);
	assert.equal(types(tried.commands).filter(type => type === 'check-connection').length, 1);
	assert.equal(tried.state.draft.text, 'hello');
	const still = run(tried.state, lost).state;
	assert.deepEqual(shown(still), ['failure', 'notice Still not reachable; nothing was sent, your text is still here.']);
	const refusing = {type: 'connection-lost', evidence: evidence(httpAnswer(503)), retryAt: 9_000} as const;
	assert.deepEqual(shown(run(tried.state, refusing).state), ['failure', 'failure']);
	const back = run(tried.state, checked);
	assert.deepEqual(sent(back.commands), []);
	assert.equal(back.state.draft.text, 'hello');
	assert.match(shown(back.state).at(-1) ?? '', /Enter sends/);
});

test('a question that fails as the look after it does is explained once', () => {
	const refused = networkFailure('POST', '/v1/chat/completions');
	const look = {type: 'connection-lost', evidence: evidence(networkFailure('GET', '/healthz')), retryAt: 9_000} as const;
	const {state} = run(asking(), reply(ended({kind: 'unreachable'}, 'c1-1', evidence(refused))), look);
	assert.equal(shown(state).includes('failure'), false);
	assert.deepEqual(shown(run(state, checked, look).state).slice(-1), ['failure']);
});

test('refused: Enter neither sends nor tries the token again, and does not explain it again', () => {
	const refused = run(beginning(), {type: 'connection-refused', evidence: evidence()}).state;
	const {state, commands} = run(refused, typed('hello'), submit);
	assert.equal(shown(state).filter(entry => entry === 'failure').length, 1);
	assert.deepEqual(sent(commands), []);
	assert.ok(!types(commands).includes('check-connection'));
	assert.equal(state.draft.text, 'hello');
});

test('an outage is said once', () => {
	const {state} = run(beginning(), lost, lost, lost);
	assert.deepEqual(shown(state), ['failure']);
});

test('questions typed during an answer follow it, one after the other', () => {
	const waiting = run(asking(), typed('two'), submit, typed('three'), submit);
	assert.deepEqual(sent(waiting.commands), []);
	assert.deepEqual(queued(waiting.state), ['two', 'three']);
	const second = run(waiting.state, reply(delta('x'), ended(complete)));
	assert.deepEqual(sent(second.commands), ['two']);
	const third = run(second.state, reply(delta('y', 'c1-2'), ended(complete, 'c1-2')));
	assert.deepEqual(sent(third.commands), ['three']);
});

for (const outcome of [{kind: 'cut'}, {kind: 'failed'}, {kind: 'empty'}, {kind: 'cancelled', by: 'user'}] as const) {
	test(`after ${outcome.kind} the queue is held back until Enter`, () => {
		const held = run(asking(), typed('two'), submit, typed('three'), submit, reply(ended(outcome)));
		assert.deepEqual(sent(held.commands), []);
		assert.deepEqual([queued(held.state), held.state.queueHeld], [['two', 'three'], true]);
		const released = run(held.state, submit);
		assert.deepEqual(sent(released.commands), ['two']);
		assert.deepEqual(queued(released.state), ['three']);
		const takenBack = run(held.state, typed('four'), {type: 'cancel-requested'}).state;
		assert.equal(takenBack.draft.text, 'two\n\nthree\n\nfour');
		assert.deepEqual([queued(takenBack), takenBack.queueHeld], [[], false]);
	});
}

test('new text and Enter send the held queue first', () => {
	const held = run(asking(), typed('two'), submit, typed('three'), submit, reply(ended({kind: 'cut'}))).state;
	const {state, commands} = run(held, typed('four'), submit);
	assert.deepEqual(sent(commands), ['two']);
	assert.deepEqual(queued(state), ['three', 'four']);
});

test('a held queue is not sent by a connection that comes back', () => {
	const held = run(asking(), typed('two'), submit, typed('three'), submit, reply(ended({kind: 'cut'})), lost, checked);
	assert.deepEqual(sent(held.commands), []);
	assert.deepEqual([queued(held.state), held.state.queueHeld], [['two', 'three'], true]);
});

test('a queue that ends on a lost connection is not sent when it comes back', () => {
	const away = run(asking(), typed('two'), submit, lost, reply(delta('x'), ended(complete)), checked);
	assert.deepEqual(sent(away.commands), []);
	assert.equal(away.state.draft.text, 'two');
});

for (const kind of ['refused', 'unreachable'] as const) {
	test(`${kind}: the question comes back to the composer`, () => {
		assert.equal(run(asking('my text'), reply(ended({kind}))).state.draft.text, 'my text');
	});
	test(`${kind}: it does not overwrite what is being typed, and is said to be in the history`, () => {
		const {state} = run(asking('my text'), typed('new'), reply(ended({kind})));
		assert.equal(state.draft.text, 'new');
		assert.ok(state.inputHistory.lines.includes('my text'));
		assert.match(shown(state).at(-1) ?? '', /input history/);
	});
	test(`${kind}: it goes before what was queued after it`, () => {
		const {state} = run(asking('one'), typed('two'), submit, reply(ended({kind})));
		assert.deepEqual([queued(state), state.queueHeld], [['one', 'two'], true]);
	});
}

test('a question answered with the web page of a gateway whose endpoint is off leaves the connection refused', () => {
	const page = {...httpAnswer(200), body: 'html'} as const;
	const {state} = run(asking(), reply(ended({kind: 'refused'}, 'c1-1', evidence(page))));
	assert.equal(state.connection.state, 'refused');
});

const refusals = [
	[401, 'refused'],
	[404, 'refused'],
	[429, 'online'],
	[503, 'online'],
] as const;
for (const [status, connection] of refusals) {
	test(`a question refused with ${status} leaves the connection ${connection}`, () => {
		const {state} = run(asking(), reply(ended({kind: 'refused'}, 'c1-1', evidence(httpAnswer(status)))));
		assert.equal(state.connection.state, connection);
	});
}
