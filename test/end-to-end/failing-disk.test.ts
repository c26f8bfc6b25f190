import assert from 'node:assert/strict';
import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {test} from 'node:test';
import {chatEnvironment, demoGatewayFor, launcher} from '../helpers/chat-program.js';
import {freshHome} from '../helpers/fresh-home.js';
import {keptRecords} from '../helpers/kept-records.js';
import {startInPty} from '../helpers/pty.js';

test('where nothing can be written that is said once for each thing, and the chat goes on; nothing is lost when it can', async context => {
	const gateway = await demoGatewayFor(context);
	const home = freshHome(context);
	const folder = join(home.home, '.clawtalk', 'conversations');
	mkdirSync(dirname(folder), {mode: 0o700});
	writeFileSync(folder, 'in the way');
	const program = startInPty(context, process.execPath, [launcher], {env: chatEnvironment(home, gateway), columns: 120, rows: 40});
	await program.shows('online');
	for (const question of ['first', 'second']) {
		program.type(`${question} [[n=3 rate=0]]\r`);
		await program.until(
			`the answer to ${question}`,
			lines => lines.filter(line => line.includes('tok0 tok1 tok2')).length > Number(question === 'second'),
		);
		await program.shows(/online/);
	}
	await program.shows('The conversation cannot be saved');
	const count = (words: string) => program.lines().filter(line => line.includes(words)).length;
	assert.deepEqual([count('The conversation cannot be saved'), count('The draft cannot be saved') <= 1], [1, true]);
	assert.equal(readFileSync(folder, 'utf8'), 'in the way');
	rmSync(folder);
	program.type('third [[n=4 rate=0]]\r');
	await program.shows('tok3');
	program.type('\u0004');
	assert.equal((await program.ended()).code, 0);
	const texts = keptRecords(home.home).flatMap(({text}) => (text === undefined ? [] : [text]));
	assert.deepEqual(texts, [
		'first [[n=3 rate=0]]',
		'tok0 tok1 tok2',
		'second [[n=3 rate=0]]',
		'tok0 tok1 tok2',
		'third [[n=4 rate=0]]',
		'tok0 tok1 tok2 tok3',
	]);
});
