import assert from 'node:assert/strict';
import {test} from 'node:test';
import {asking, beginning, checked, lost, run, sent, submit, typed} from './steps.js';

const place = {profile: 'home', origin: 'http://192.168.1.5:18789', path: 'LAN'};
const near = {profile: 'home', origin: 'http://127.0.0.1:40000', path: 'ssh tunnel'};
const connected = run(beginning({place}), checked).state;
const wanted = run(connected, typed('/tunnel'), submit);

test('/tunnel opens the tunnel of the profile in use', () => {
	assert.deepEqual(
		wanted.commands.filter(({type}) => type === 'open-tunnel'),
		[{type: 'open-tunnel', profile: 'home'}],
	);
	assert.equal(wanted.state.switchingProfile, true);
	const again = run(wanted.state, typed('/tunnel'), submit);
	assert.deepEqual(
		again.commands.filter(({type}) => type === 'open-tunnel'),
		[],
	);
});

test('while an answer is under way /tunnel waits', () => {
	const {commands} = run(asking('hello'), typed('/tunnel'), submit);
	assert.deepEqual(
		commands.filter(({type}) => type === 'open-tunnel'),
		[],
	);
});

test('through the tunnel the conversation goes on, and what was typed meanwhile stays', () => {
	const {state, commands} = run(wanted.state, typed('draft'), {type: 'path-changed', place: near});
	assert.deepEqual([state.place, state.connection.state, state.draft.text], [near, 'connecting', 'draft']);
	assert.equal(state.conversation, connected.conversation);
	assert.equal(state.switchingProfile, undefined);
	assert.equal(
		commands.some(({type}) => type === 'create-conversation'),
		false,
	);
	const back = run(state, checked, submit);
	assert.deepEqual(sent(back.commands), ['draft']);
});

test('a tunnel that cannot be opened leaves the chat where it is', () => {
	const {state} = run(wanted.state, lost, {type: 'profile-refused', problem: 'profile home does not say how ssh reaches its machine.'});
	assert.deepEqual([state.place, state.switchingProfile], [place, undefined]);
	const last = state.entries.at(-1);
	assert.match(last?.kind === 'notice' ? last.text : '', /does not say how/);
});

test('what happens to the tunnel is said', () => {
	const {state} = run(connected, {type: 'path-told', text: 'The tunnel to home broke.'});
	const last = state.entries.at(-1);
	assert.equal(last?.kind === 'notice' && last.text, 'The tunnel to home broke.');
});
