import assert from 'node:assert/strict';
import {mkdir, readdir, readFile, stat, symlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {test} from 'node:test';
import {exportConversation} from '../../source/export/export-conversation.js';
import {exportFileName, formatOfFile} from '../../source/export/export-format.js';
import {temporaryHome} from '../transcripts/temporary-home.js';
import {sampleId, writeConversation} from './sample.js';

async function world(context: Parameters<typeof temporaryHome>[0]) {
	const home = await temporaryHome(context);
	await writeConversation(home);
	const folder = join(home, '..', 'out');
	await mkdir(folder);
	return {home, folder};
}

test('a file is private and whole, and is not written over unless that is asked for', async context => {
	const {home, folder} = await world(context);
	const file = join(folder, 'talk.md');
	const {bytes} = await exportConversation(home, sampleId, 'md', {file});
	assert.equal((await stat(file)).mode & 0o777, 0o600);
	assert.equal((await stat(file)).size, bytes);
	await writeFile(file, 'mine');
	await assert.rejects(exportConversation(home, sampleId, 'md', {file}), {code: 'EEXIST'});
	assert.equal(await readFile(file, 'utf8'), 'mine');
	await exportConversation(home, sampleId, 'md', {file, replaces: true});
	assert.match(await readFile(file, 'utf8'), /^# Listing files\n/);
	assert.deepEqual(await readdir(folder), ['talk.md']);
});

test('a link, a folder and a device are not replaced', async context => {
	const {home, folder} = await world(context);
	await symlink('/dev/null', join(folder, 'link.md'));
	await mkdir(join(folder, 'folder.md'));
	for (const name of ['link.md', 'folder.md']) {
		await assert.rejects(exportConversation(home, sampleId, 'md', {file: join(folder, name), replaces: true}), {code: 'EEXIST'});
	}
	assert.deepEqual((await readdir(folder)).sort(), ['folder.md', 'link.md']);
});

test('in a folder the name comes from the title, with a number when there is one', async context => {
	const {home, folder} = await world(context);
	const paths = [];
	for (let count = 0; count < 3; count++) paths.push((await exportConversation(home, sampleId, 'html', {folder})).path);
	assert.deepEqual(
		paths,
		['listing-files.html', 'listing-files-2.html', 'listing-files-3.html'].map(name => join(folder, name)),
	);
});

test('no conversation, no folder: the error of the system, and nothing is left', async context => {
	const {home, folder} = await world(context);
	await assert.rejects(exportConversation(home, 'no-such', 'md', {folder}), {code: 'ENOENT'});
	await assert.rejects(exportConversation(home, sampleId, 'md', {file: join(folder, 'no', 'x.md')}), {code: 'ENOENT'});
	assert.deepEqual(await readdir(folder), []);
});

test('the format comes from the name of the file', () => {
	const names = ['a.md', 'a.Markdown', 'a.HTML', 'a.htm', 'a.json', 'a.jsonl', 'a.txt', 'a', 'a.pdf', '.md'];
	assert.deepEqual(names.map(formatOfFile), ['md', 'md', 'html', 'html', 'json', 'jsonl', 'txt', undefined, undefined, undefined]);
});

test('names of files are safe ones', () => {
	const names = ['Über die Café-Liste!', '../../etc/passwd', '-rf *', '$(reboot)', '…', '東京の天気', 'con\u001B[31m', 'x'.repeat(200)];
	assert.deepEqual(
		names.map(title => exportFileName({title, id: 'the-id'}, 'txt')),
		['über-die-café-liste', 'etc-passwd', 'rf', 'reboot', 'the-id', '東京の天気', 'con-31m', 'x'.repeat(48)].map(name => `${name}.txt`),
	);
});
