import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {readConversation} from '../../source/transcripts/read-conversation.js';
import {turnsOf} from '../../source/transcripts/stored.js';
import {header, linesOf, store} from './stored-home.js';
import {temporaryHome} from './temporary-home.js';

test('four processes in one conversation: all thousand questions of each, whole, with their answers, in their order', async context => {
	const home = await temporaryHome(context);
	await store(home, 'c1', linesOf([header('c1')]));
	const program = fileURLToPath(new URL('append-child.js', import.meta.url));
	const tags = ['a', 'b', 'c', 'd'];
	const codes = await Promise.all(
		tags.map(async tag => {
			const [code] = await once(spawn(process.execPath, [program, home, tag, '1000'], {stdio: ['ignore', 'ignore', 'inherit']}), 'exit');
			return code;
		}),
	);
	assert.deepEqual(codes, [0, 0, 0, 0]);
	const read = await readConversation(home, 'c1');
	assert.deepEqual(read.unreadable, {tornBytes: 0, brokenLines: 0, unknownRecords: 0});
	const turns = turnsOf(read);
	for (const tag of tags) {
		const own = turns.filter(({questionId}) => questionId.startsWith(`c1-${tag}-`));
		assert.deepEqual(
			own.map(({question}) => question),
			Array.from({length: 1_000}, (_, index) => `${tag} ${index + 1}`),
		);
		assert.ok(own.every(({answer}, index) => answer?.text === `${tag} `.repeat((index + 1) % 3_000)));
	}
});
