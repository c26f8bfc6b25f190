import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFile} from 'node:fs/promises';
import {createInterface} from 'node:readline';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {startDemoGateway} from '../../source/demo/server.js';
import {loadDraft} from '../../source/transcripts/draft-file.js';
import {conversationFile} from '../../source/transcripts/location.js';
import {atEnd} from '../helpers/at-end.js';
import {temporaryHome} from '../transcripts/temporary-home.js';

test('kill -9 in a long answer loses neither the answer so far nor the typed text', async context => {
	const home = await temporaryHome(context);
	const gateway = await startDemoGateway({token: 'demo-token-1234'});
	atEnd(context, () => gateway.kill());
	const program = fileURLToPath(new URL('crash-child.js', import.meta.url));
	const child = spawn(process.execPath, [program, gateway.origin, gateway.token, home], {stdio: ['ignore', 'pipe', 'inherit']});
	const exited = once(child, 'exit');
	atEnd(context, async () => {
		child.kill('SIGKILL');
		await exited;
	});

	let conversationId = '';
	let keptLength = 0;
	let isDraftKept = false;
	for await (const line of createInterface({input: child.stdout})) {
		const [kind, text = '', length] = line.split(' ');
		if (kind === 'answer') [conversationId, keptLength] = [text, Number(length)];
		else if (line === 'draft unsent') isDraftKept = true;
		if (isDraftKept && keptLength >= 'tok0 tok1 tok2'.length) break;
	}
	child.kill('SIGKILL');
	await exited;

	const lines = (await readFile(conversationFile(home, conversationId), 'utf8')).split('\n').filter(line => line.endsWith('}'));
	const records = lines.map(line => JSON.parse(line));
	assert.deepEqual([records[0].kind, records[1].kind], ['conversation', 'question']);
	const parts = records.filter(record => record.kind === 'answer-part');
	let text = '';
	for (const part of parts) text = text.slice(0, part.from) + part.text;
	assert.match(text, /^tok0 tok1 tok2/);
	assert.equal((await loadDraft(home, conversationId))?.text, 'unsent');
});
