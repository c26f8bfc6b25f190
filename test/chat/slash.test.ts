import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readInput} from '../../source/chat/slash.js';
import {
	asking,
	beginning,
	checked,
	complete,
	delta,
	ended,
	evidence,
	type Happening,
	lost,
	reply,
	run,
	sent,
	shown,
	submit,
	typed,
	types,
} from './steps.js';

const connected = run(beginning(), checked).state;
/** Whole as it comes: nothing is completed. */
const pasted = (text: string): Happening => ({type: 'text-pasted', text});

const readings: ReadonlyArray<readonly [string, object]> = [
	['', {kind: 'nothing'}],
	[' \n', {kind: 'nothing'}],
	['hello /new', {kind: 'message', text: 'hello /new'}],
	[' /new', {kind: 'message', text: ' /new'}],
	['//new', {kind: 'message', text: '/new'}],
	['/new', {kind: 'request', request: {kind: 'new'}}],
	['/new ', {kind: 'request', request: {kind: 'new'}}],
	['/agent', {kind: 'request', request: {kind: 'agent'}}],
	['/agent  ops ', {kind: 'request', request: {kind: 'agent', name: 'ops'}}],
	['/model a/b', {kind: 'request', request: {kind: 'model', name: 'a/b'}}],
	['/profile home', {kind: 'request', request: {kind: 'profile', name: 'home'}}],
];
for (const [text, input] of readings) test(`reads ${JSON.stringify(text)}`, () => assert.deepEqual(readInput(text), input));

const mistakes: ReadonlyArray<readonly [string, RegExp]> = [
	['/nwe', /no command \/nwe.*mean \/new\?/],
	['/stat', /mean \/status\?/],
	['/etc/hosts is odd', /no command \/etc\/hosts.*\/help/],
	['/', /no command \/\./],
	['/quit please', /takes no argument/],
	['/agent a b', /takes one NAME/],
];
for (const [text, problem] of mistakes) {
	test(`${text} is not sent, makes room for the next one, and is explained`, () => {
		const {state, commands} = run(connected, pasted(text), submit);
		assert.deepEqual(sent(commands), []);
		assert.deepEqual([state.draft.text, state.inputHistory.lines.at(-1)], ['', text]);
		assert.match(shown(state).at(-1) ?? '', problem);
		assert.match(shown(state).at(-1) ?? '', /↑ brings it back/);
	});
}

test('//text sends text with its slash', () => assert.deepEqual(sent(run(connected, typed('//status'), submit).commands), ['/status']));

test('/new begins a conversation with its own session and no turns', () => {
	const asked = run(connected, typed('/new'), submit);
	assert.ok(types(asked.commands).includes('create-conversation'));
	const {state} = run(asked.state, {type: 'conversation-created', id: 'c2'});
	assert.deepEqual(state.conversation, {id: 'c2', sessionKey: 'clawtalk:c2', ephemeral: false, asked: 0});
	assert.deepEqual(state.turns, []);
	assert.match(shown(state).at(-1) ?? '', /remembers nothing/);
});

for (const text of ['/new', '/profile home']) {
	test(`${text} waits for the end of an answer`, () => {
		const {state, commands} = run(asking(), typed(text), submit);
		assert.ok(!types(commands).includes('create-conversation') && !types(commands).includes('switch-profile'));
		const [aside] = state.asides;
		assert.match(aside?.kind === 'notice' ? aside.text : '', /under way/);
	});
}

test('what slash commands say during an answer follows it', () => {
	const during = run(
		asking(),
		reply(delta('First.\n\nSec')),
		typed('/model p/m'),
		submit,
		typed('/help'),
		submit,
		reply(delta('ond.')),
	).state;
	assert.deepEqual(
		during.asides.map(({kind}) => kind),
		['notice', 'help'],
	);
	const after = run(during, reply(ended(complete))).state;
	assert.deepEqual(
		after.entries.map(({kind}) => kind),
		['question', 'block', 'block', 'answer-end', 'notice', 'help'],
	);
	assert.deepEqual(after.asides, []);
	assert.equal(new Set(after.entries.map(({id}) => id)).size, 6);
});

test('/clear clears the screen and says that the memory stays', () => {
	const {state, commands} = run(connected, typed('/clear'), submit);
	assert.ok(types(commands).includes('clear-screen'));
	assert.match(shown(state).at(-1) ?? '', /still remembers/);
});

test('/agent NAME and /model NAME hold from the next question on', () => {
	const {commands} = run(connected, typed('/agent ops'), submit, typed('/model p/m'), submit, typed('hi'), submit);
	const question = commands.flatMap(command => (command.type === 'send-question' ? [command.question] : []))[0];
	assert.deepEqual([question?.agent, question?.model], ['ops', 'p/m']);
});

test('/agent default and /model default leave the choice to the gateway again', () => {
	const {state, commands} = run(
		beginning({agent: 'ops', model: 'p/m'}),
		checked,
		pasted('/agent default'),
		submit,
		pasted('/model default'),
		submit,
	);
	assert.deepEqual([state.agent, state.model], [undefined, undefined]);
	const question = run(state, typed('hi'), submit).commands.flatMap(command =>
		command.type === 'send-question' ? [command.question] : [],
	)[0];
	assert.ok(question && !('agent' in question) && !('model' in question));
	assert.equal(types(commands).includes('list-agents'), false);
});

test('/agent alone says which one, and lists what the gateway knows', () => {
	const {state, commands} = run(connected, typed('/agent'), submit, {type: 'agents-listed', agents: ['main', 'ops']});
	assert.ok(types(commands).includes('list-agents'));
	assert.deepEqual(shown(state), ['notice Agent: the default of the gateway.', 'notice Agents of this gateway: main, ops.']);
	const unknown = run(state, typed('/agent opps'), submit).state;
	assert.equal(unknown.agent, undefined);
	assert.match(shown(unknown).at(-1) ?? '', /no agent opps/);
});

/** Asked for, described, and a yes. */
const goHome: readonly Happening[] = [
	{type: 'text-pasted', text: '/profile home'},
	submit,
	{type: 'profile-described', orderId: 1, name: 'home', gateway: 'http://10.0.0.2:18789 (LAN)'},
	typed('y'),
];

test('while another profile is opened nothing is sent: it would go to the gateway that is left', () => {
	const asked = run(connected, ...goHome, typed('for home'), submit, typed('/profile work'), submit);
	assert.ok(!types(asked.commands).includes('send-question'));
	assert.equal(types(asked.commands).filter(type => type === 'switch-profile').length, 1);
	const place = {profile: 'home', origin: 'http://10.0.0.2:18789', path: 'LAN'};
	const moved = run(asked.state, {type: 'place-changed', place}, {type: 'conversation-created', id: 'c2'}, checked);
	assert.ok(!types(moved.commands).includes('send-question'));
	assert.deepEqual([moved.state.draft.text, moved.state.inputHistory.lines.at(-1)], ['', 'for home']);
	const stayed = run(asked.state, {type: 'profile-refused', problem: 'no such profile'});
	assert.ok(types(stayed.commands).includes('send-question'));
});

test('the gateway of another profile gets a conversation of its own, and nothing that was meant for the one before', () => {
	const asked = run(connected, ...goHome, typed('half'));
	assert.ok(asked.commands.some(command => command.type === 'switch-profile' && command.name === 'home'));
	const place = {profile: 'home', origin: 'http://10.0.0.2:18789', path: 'LAN'};
	const moved = run({...asked.state, agent: 'ops'}, {type: 'place-changed', place});
	assert.deepEqual([moved.state.place, moved.state.agent, moved.state.connection.state], [place, undefined, 'connecting']);
	assert.ok(types(moved.commands).includes('create-conversation'));
	const begun = run(moved.state, {type: 'conversation-created', id: 'c2'});
	assert.deepEqual([begun.state.draft.text, begun.state.inputHistory.lines.at(-1)], ['', 'half']);
	assert.match(shown(begun.state).join(), /not sent is in the input history/);
});

test('a conversation that is left for another profile keeps its draft and its queue', () => {
	const begun = run(asking(), reply(delta('Yes.'), ended(complete)), ...goHome, typed('queued'), submit, typed('half'));
	const place = {profile: 'home', origin: 'http://10.0.0.2:18789', path: 'LAN'};
	const {state, commands} = run(begun.state, {type: 'place-changed', place}, {type: 'conversation-created', id: 'c2'}, checked);
	assert.deepEqual([state.draft.text, state.queue, sent(commands)], ['', [], []]);
	assert.equal(state.leftDrafts?.['c1']?.text, 'queued\n\nhalf');
	const saved = commands.flatMap(command => (command.type === 'save-draft' ? [[command.conversationId, command.text]] : []));
	assert.deepEqual(
		saved.findLast(([id]) => id === 'c1'),
		['c1', 'queued\n\nhalf'],
	);
});

test('/status looks now and says what was seen, well or not', () => {
	const asked = run(connected, typed('/status'), submit);
	assert.ok(types(asked.commands).includes('check-connection'));
	const seen = evidence({
		kind: 'http-answer',
		layer: 'identity',
		atMs: 0,
		method: 'GET',
		path: '/healthz',
		status: 200,
		body: 'json',
		headers: {},
	});
	const well = run(asked.state, {type: 'connection-checked', latencyMs: 4, evidence: seen}).state;
	assert.match(shown(well).at(-1) ?? '', /answered in 4 ms[\s\S]*session clawtalk:c1[\s\S]*GET \/healthz answered 200/);
	assert.deepEqual(shown(run(asked.state, lost).state), ['notice Looked at http://127.0.0.1:18789 (loopback).', 'failure']);
	assert.deepEqual(shown(run(well, checked).state), shown(well));
});

test('/help and /quit', () => {
	assert.deepEqual(shown(run(connected, typed('/help'), submit).state), ['help']);
	assert.equal(run(connected, typed('/quit'), submit).state.phase, 'quitting');
});
