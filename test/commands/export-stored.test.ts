import assert from 'node:assert/strict';
import {mkdir, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {test} from 'node:test';
import {exportStored} from '../../source/commands/chat/export-stored.js';
import {sampleId, writeConversation} from '../export/sample.js';
import {temporaryHome} from '../transcripts/temporary-home.js';

test('/export takes ~ for the home folder, and says of each refusal what is in the way', async context => {
	const home = await temporaryHome(context);
	await writeConversation(home);
	const userHome = join(home, '..', 'me');
	await mkdir(userHome);
	const talk = join(userHome, 'talk.md');
	assert.equal(await exportStored(home, sampleId, '~/talk.md', userHome), `The conversation is in ${talk}.`);
	assert.ok((await stat(talk)).size > 0);
	const refused: ReadonlyArray<readonly [id: string, path: string, problem: string]> = [
		[sampleId, '~/talk.md', `${talk} is there already. Give another name.`],
		[sampleId, '~/no/talk.md', `there is no folder ${join(userHome, 'no')}.`],
		[sampleId, '~/talk.pdf', 'the name has to end in .md, .html, .json, .jsonl, .txt.'],
		['00000000-0000-4000-8000-000000000000', '~/other.md', 'this conversation is not on disk.'],
	];
	for (const [id, path, problem] of refused) {
		assert.equal(await exportStored(home, id, path, userHome), `Nothing was written: ${problem}`);
	}
});
