import assert from 'node:assert/strict';
import {ask} from './client.js';
import type {Case} from './peer.js';

const png = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
const cat = {name: 'cat.png', mediaType: 'image/png', dataUrl: png};

/** Files that travel with a question: images as data URIs, texts as text. */
export const attachmentCases: readonly Case[] = [
	{
		name: 'takes images beside the text',
		async run(peer) {
			const {text, outcome} = await ask(peer, 'go [[n=2 rate=0]]', {images: [cat, {...cat, name: 'dog.png'}]});
			assert.equal(text, 'tok0 tok1');
			assert.equal(outcome.kind, 'complete');
		},
	},
	{
		name: 'takes an image alone',
		generation: '2026.9.6',
		async run(peer) {
			assert.equal((await ask(peer, '', {images: [cat]})).outcome.kind, 'complete');
		},
	},
	{
		name: 'misses the message when there is an image alone',
		httpOnly: true,
		generation: '2026.2.9',
		async run(peer) {
			const {outcome, evidence} = await ask(peer, '', {images: [cat]});
			assert.equal(outcome.kind, 'refused');
			assert.match(JSON.stringify(evidence.observations), /Missing user message in `messages`/);
		},
	},
	{
		name: 'refuses an image that it would have to fetch',
		httpOnly: true,
		generation: '2026.9.6',
		async run(peer) {
			const {outcome} = await ask(peer, 'go [[n=1]]', {images: [{...cat, dataUrl: 'http://127.0.0.1:9/cat.png'}]});
			assert.equal(outcome.kind, 'refused');
		},
	},
	{
		name: 'takes a text file of 256 KiB within the message',
		async run(peer) {
			const file = `notes.txt:\n\`\`\`\n${'x'.repeat(63)}\n`.padEnd(256 * 1024, `${'y'.repeat(63)}\n`);
			assert.equal((await ask(peer, `${file}\`\`\`\ngo [[n=1 rate=0]]`)).text, 'tok0');
		},
	},
];
