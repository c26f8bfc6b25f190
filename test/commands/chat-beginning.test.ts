import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdir, utimes} from 'node:fs/promises';
import {join} from 'node:path';
import {test} from 'node:test';
import {initialState} from '../../source/chat/initial-state.js';
import {beginning} from '../../source/commands/chat/chat-beginning.js';
import type {ChatOpening} from '../../source/commands/chat/chat-session.js';
import type {CommandContext} from '../../source/commands/command.js';
import {header, linesOf, store, turn} from '../transcripts/stored-home.js';
import {temporaryHome} from '../transcripts/temporary-home.js';

const isWindows = process.platform === 'win32';

test('the newest conversation is found past what is none: a folder, and a pipe, which is not waited for', {
	skip: isWindows,
}, async context => {
	const home = await temporaryHome(context);
	await utimes(await store(home, 'c1', linesOf([header('c1'), ...turn('c1', 1)])), 1_000, 1_000);
	await mkdir(join(home, 'conversations', 'folder.jsonl'));
	execFileSync('mkfifo', [join(home, 'conversations', 'pipe.jsonl')]);
	const place = {origin: 'http://127.0.0.1:1', path: 'loopback'};
	const chat = {flags: {continue: true}, stdout: {}, stderr: process.stderr} as unknown as CommandContext;
	const begun = await beginning(chat, {home, place} as unknown as ChatOpening);
	const fresh = initialState({at: 0, conversationId: 'fresh', ephemeral: false, place});
	assert.equal(begun.ok && begun.begin(fresh).conversation.id, 'c1');
});
