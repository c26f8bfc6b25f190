import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {State} from '../../source/chat/state.js';
import {howToGoOn} from '../../source/commands/chat/how-to-go-on.js';
import {beginning, checked, run, submit, typed} from '../chat/steps.js';

const id = '3f2a9c04-0000-4000-8000-000000000000';
const asked = (changes = {}) => run(beginning({conversationId: id, ...changes}), checked, typed('hello'), submit).state;
const at = (origin: string): State => asked({place: {origin, path: 'LAN'}});

test('the command that opens the conversation again leads to the same gateway', () => {
	assert.equal(howToGoOn(asked(), false), 'To go on: clawtalk --resume 3f2a9c04');
	assert.equal(howToGoOn(at('http://10.0.0.2:1'), true), 'To go on: clawtalk --gateway http://10.0.0.2:1 --resume 3f2a9c04');
	assert.equal(howToGoOn(at('https://[fd00::2]:1'), true), undefined, 'brackets are patterns to a shell');
	const home = asked({place: {origin: 'http://10.0.0.2:1', path: 'LAN', profile: 'home'}});
	assert.equal(howToGoOn(home, false), 'To go on: clawtalk --profile home --resume 3f2a9c04');
});

test('nothing is said where nothing was kept, or where an address could be more than one word', () => {
	assert.equal(howToGoOn(beginning(), false), undefined);
	assert.equal(howToGoOn(asked({ephemeral: true}), false), undefined);
	assert.equal(howToGoOn({...asked(), failedSaves: ['conversation']}, false), undefined);
	assert.equal(howToGoOn(at('http://x;cmd'), true), undefined);
});
