import assert from 'node:assert/strict';
import {chmodSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {editOutside} from '../../source/commands/chat/edit-outside.js';
import {pageText} from '../../source/commands/chat/pager.js';
import {freshHome} from '../helpers/fresh-home.js';

const secrets = {CLAWTALK_GATEWAY_TOKEN: 'canary-1', OPENCLAW_GATEWAY_TOKEN: 'canary-2', OPENCLAW_GATEWAY_PASSWORD: 'canary-3'};
const lend = <Result>(work: () => Promise<Result>) => work();

test('neither an editor nor a pager gets a token, and an editor leaves nothing behind', async context => {
	const {home} = freshHome(context);
	const write = (name: string, body: string) => {
		const path = join(home, name);
		writeFileSync(path, `#!/bin/sh\n${body}\n`);
		chmodSync(path, 0o755);
		return path;
	};
	const editor = write('editor', `env > '${home}/editor.env'; ls -ld "$(dirname "$1")" "$1" > '${home}/editor.files'; echo new > "$1"`);
	const pager = write('pager', `cat > /dev/null; env > '${home}/pager.env'`);
	const env = {...process.env, ...secrets, EDITOR: editor, VISUAL: '', PASSED_ON: 'yes'};
	assert.deepEqual(await editOutside('old', env, lend), {kind: 'changed', text: 'new'});
	assert.equal(await pageText('text', [pager], env, lend), undefined);
	for (const name of ['editor.env', 'pager.env']) {
		const seen = readFileSync(join(home, name), 'utf8');
		assert.match(seen, /^PASSED_ON=yes$/m);
		assert.doesNotMatch(seen, /canary/);
	}
	const [folder = '', file = ''] = readFileSync(join(home, 'editor.files'), 'utf8').split('\n').sort().reverse();
	assert.deepEqual([folder.slice(0, 10), file.slice(0, 10)].sort(), ['-rw-------', 'drwx------']);
	assert.deepEqual(readdirSync(home).sort(), ['editor', 'editor.env', 'editor.files', 'pager', 'pager.env']);
});
