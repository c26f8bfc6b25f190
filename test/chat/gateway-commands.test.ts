import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Via} from '../../source/gateway/transport.js';
import {line, orders, questions} from './conversation-steps.js';
import {beginning, checked, complete, evidence, reply, run, submit, typed} from './steps.js';

const commands = [
	{name: 'compact', aliases: [], description: 'Compact the session context.', argument: 'INSTRUCTIONS'},
	{name: 'btw', aliases: ['side'], description: 'Ask a side question.', argument: 'QUESTION'},
	{name: 'whoami', aliases: ['id'], description: 'Show your sender id.'},
	{name: 'model', aliases: [], description: 'Show or set the model.'},
	{name: 'stop', aliases: [], description: 'Stop the current run.'},
	{name: 'reset', aliases: [], description: 'Reset the current session.'},
];
const via = {transport: 'ws'} as const;
const byControl = run(
	beginning({hasScreen: true}),
	{type: 'connection-checked', latencyMs: 3, evidence: evidence(), via},
	{type: 'gateway-commands-listed', commands},
).state;
const byHttp = run(beginning({hasScreen: true}), checked).state;
const sent = (state: typeof byControl, text: string) => questions(run(state, ...line(text)).commands).map(question => question.text);
const said = (state: typeof byControl, text: string) => JSON.stringify(run(state, ...line(text)).state.entries.at(-1));

test('the help has the gateway’s commands, without those that clawtalk has', () => {
	const {overlay} = run(byControl, ...line('/help')).state;
	assert.ok(overlay?.kind === 'help');
	assert.deepEqual(overlay.gateway?.[0], ['/compact INSTRUCTIONS', 'gateway: Compact the session context.']);
	assert.ok(!overlay.gateway.some(([command]) => command === '/model'));
});

test('the gateway’s commands are completed behind clawtalk’s own, marked, without those that clawtalk has', () => {
	const {completion} = run(byControl, typed('/')).state;
	const labels = completion?.items.map(({label, description}) => [label, description]) ?? [];
	assert.deepEqual(labels.slice(-4), [
		['/compact INSTRUCTIONS', 'gateway: Compact the session context.'],
		['/btw QUESTION', 'gateway: Ask a side question.'],
		['/whoami', 'gateway: Show your sender id.'],
		['/reset', 'gateway: Reset the current session.'],
	]);
	const away = run(byControl, {type: 'connection-checked', latencyMs: 3, evidence: evidence(), via: {transport: 'http'}}, typed('/')).state;
	assert.ok(!away.completion?.items.some(({description}) => description?.startsWith('gateway:')));
	const taken = run(byControl, typed('/comp'), {type: 'completion-requested'}).state;
	assert.equal(taken.draft.text, '/compact ');
});

test('what is the gateway’s goes to it as it stands; clawtalk’s own names stay clawtalk’s', () => {
	assert.deepEqual(sent(byControl, '/compact keep names'), ['/compact keep names']);
	assert.deepEqual(sent(byControl, '/side what?'), ['/side what?']);
	assert.deepEqual(sent(byControl, '/model fake/fake-2'), []);
	assert.deepEqual(sent(byControl, '//model fake/fake-2'), ['/model fake/fake-2']);
	assert.deepEqual(sent(byControl, '/nonsense'), []);
	assert.match(said(byControl, '/nonsense'), /There is no command \/nonsense/);
});

test('over HTTP they are refused in one line, and nobody reads them', () => {
	assert.deepEqual(sent(byHttp, '/compact'), []);
	assert.match(said(byHttp, '/compact'), /control plane only.*Nothing was sent/);
	const over = (via: Via) => run(beginning({hasScreen: true}), {type: 'connection-checked', latencyMs: 3, evidence: evidence(), via}).state;
	assert.match(said(over({transport: 'http', missing: 'this device is not approved yet'}), '/compact'), /\/status says what is missing\./);
	const wished = said(over({transport: 'http'}), '/compact');
	assert.match(wished, /HTTP was asked for, by --transport, CLAWTALK_TRANSPORT or the setting transport; clawtalk --transport auto/);
	assert.doesNotMatch(wished, /missing/);
	// Said expressly, it is a message as any other.
	assert.deepEqual(sent(byHttp, '//compact'), ['/compact']);
});

test('what empties a session or restarts the gateway is asked about; clawtalk’s own /new is another thing', () => {
	for (const text of ['/reset', '//new', ' /reset soft', '//restart']) {
		const asked = run(byControl, ...line(text));
		assert.equal(asked.state.overlay?.kind, 'confirmation', text);
		assert.deepEqual(questions(asked.commands), []);
		assert.deepEqual(questions(run(asked.state, typed('n')).commands), []);
		const confirmed = run(asked.state, typed('y'));
		assert.deepEqual(
			questions(confirmed.commands).map(question => question.text),
			[text.trim().replace('//', '/')],
		);
		assert.equal(confirmed.state.draft.text, '');
	}
	assert.deepEqual(orders(run(byControl, ...line('/new')).commands, 'create-conversation').length, 1);
});

test('typed ahead, before it is known which way it goes, it is asked about, too', () => {
	const asked = run(beginning({hasScreen: true}), ...line('//new'));
	assert.deepEqual([asked.state.overlay?.kind, asked.state.queue.length], ['confirmation', 0]);
});

test('nothing answers /stop: it is not sent, Esc does it', () => {
	for (const text of ['/stop', '//stop', '//abort']) {
		assert.deepEqual(sent(byControl, text), [], text);
		assert.match(said(byControl, text), /Esc stops an answer/);
	}
});

test('/think chooses for this conversation, from the gateway’s list where it has one', () => {
	const opened = run(byControl, ...line('/think'));
	const orderId = opened.state.overlay?.kind === 'picker' ? opened.state.overlay.order : undefined;
	assert.deepEqual(orders(opened.commands, 'find-completions'), [{type: 'find-completions', source: 'thinking', query: ''}]);
	const items = [{text: 'off'}, {text: 'high'}];
	const listed = run(opened.state, {type: 'completions-found', orderId: orderId ?? 0, items});
	const chosen = run(listed.state, {type: 'edit-requested', edit: 'previous-line'}, {type: 'submit-requested'});
	assert.equal(chosen.state.thinking, 'high');
	assert.equal(questions(run(chosen.state, ...line('hi')).commands)[0]?.thinking, 'high');
	assert.equal(run(chosen.state, ...line('/think default')).state.thinking, undefined);
	const left = run(chosen.state, {type: 'place-changed', place: {origin: 'http://127.0.0.1:2', path: 'loopback'}}).state;
	assert.deepEqual([left.thinking, left.gatewayCommands], [undefined, undefined]);
	assert.match(said(byHttp, '/think high'), /Over HTTP a gateway cannot be told/);
});

test('the agent of a session of the gateway cannot be changed', () => {
	const state = {...byControl, conversation: {...byControl.conversation, sessionKey: 'agent:ops:main'}};
	assert.match(said(state, '/agent main'), /belongs to its agent ops/);
});

test('what waits behind an answer over HTTP may go over the control plane, and is asked about, too', () => {
	const busy = run(byHttp, ...line('hello')).state;
	assert.ok(busy.answer !== undefined);
	assert.equal(run(busy, ...line('//reset')).state.overlay?.kind, 'confirmation');
	assert.equal(run(busy, ...line('//stop')).state.queue.length, 0);
});

test('/retry asks again before it takes something away again', () => {
	const reset = run(byControl, ...line('/reset'), typed('y')).state;
	const {questionId = ''} = reset.answer ?? {};
	const done = run(reset, reply({type: 'ended', questionId, outcome: complete, evidence: evidence()})).state;
	assert.equal(done.answer, undefined);
	const again = run(done, ...line('/retry'));
	assert.deepEqual(questions(again.commands), []);
	assert.equal(again.state.overlay?.kind, 'confirmation');
	assert.deepEqual(
		questions(run(again.state, typed('y')).commands).map(({text}) => text),
		['/reset'],
	);
});

test('an order about what tools may run, inside of a text, is sent only when Enter says so again', () => {
	for (const text of ['see below:\n/elevated full', 'Note: /exec security=full', ' /Elev: on', 'x /think off/elevated full']) {
		assert.deepEqual(sent(byHttp, text), [text]);
		const told = run(byControl, ...line(text));
		assert.deepEqual(questions(told.commands), [], text);
		assert.match(JSON.stringify(told.state.entries.at(-1)), /inside of this message as an order/);
		assert.equal(told.state.draft.text, text);
		const changed = run(told.state, typed(' more'), submit);
		assert.deepEqual(questions(changed.commands), []);
		assert.deepEqual(
			questions(run(told.state, submit).commands).map(question => question.text),
			[text],
		);
	}
	// Typed as a command, it is meant.
	for (const text of ['/exec security=full', 'look at /exec/bin', 'a/exec b', 'the file /etc/exec'])
		assert.deepEqual(sent(byControl, text), [text]);
});
