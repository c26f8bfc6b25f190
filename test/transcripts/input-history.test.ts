import assert from 'node:assert/strict';
import {appendFile, mkdir, stat, writeFile} from 'node:fs/promises';
import {test} from 'node:test';
import {historyFile} from '../../source/transcripts/location.js';
import {openTranscripts} from '../../source/transcripts/transcripts.js';
import {temporaryHome} from './temporary-home.js';

test('lines come back oldest first, whole, repeats in a row once', async context => {
	const home = await temporaryHome(context);
	const transcripts = openTranscripts(home);
	assert.deepEqual(await transcripts.readHistory(), []);
	for (const line of ['one', 'two\nlines', 'two\nlines', 'one']) await transcripts.remember(line, 1_000);
	assert.deepEqual(await openTranscripts(home).readHistory(), ['one', 'two\nlines', 'one']);
	assert.equal((await stat(historyFile(home))).mode & 0o777, 0o600);
});

test('broken lines are skipped', async context => {
	const home = await temporaryHome(context);
	await mkdir(home, {recursive: true});
	await writeFile(historyFile(home), '{"text":"a"}\n{"tex\n\nnull\n{"text":7}\n{"text":"b"}');
	assert.deepEqual(await openTranscripts(home).readHistory(), ['a', 'b']);
});

test('only the end of a long file is read', async context => {
	const home = await temporaryHome(context);
	await mkdir(home, {recursive: true});
	const lines = Array.from({length: 3_000}, (_, index) => JSON.stringify({text: `${index} ${'é'.repeat(400)}`}));
	await appendFile(historyFile(home), `${lines.join('\n')}\n`);
	const history = await openTranscripts(home).readHistory();
	assert.equal(history.length, 500);
	assert.match(history.at(-1) ?? '', /^2999 /);
	assert.match(history[0] ?? '', /^2500 é+$/);
});
