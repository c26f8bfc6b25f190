import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {createFileFinder} from '../../source/attachments/find-files.js';
import {type ReadFile, readFileToSend} from '../../source/attachments/read-file.js';
import {atEnd} from '../helpers/at-end.js';
import {freshHome} from '../helpers/fresh-home.js';
import {without} from '../helpers/without-program.js';

const withoutGit = without('git');
const png = Buffer.from('89504e470d0a1a0a0000000d', 'hex');

/** A folder with some files in it; with git it is a repository that ignores `*.log` and `.env`. */
function project(test_: TestContext, {git}: {readonly git: boolean}) {
	const home = realpathSync(freshHome(test_).home);
	const folder = join(home, 'project');
	const write = (path: string, content: string | Uint8Array) => {
		mkdirSync(join(folder, path, '..'), {recursive: true});
		writeFileSync(join(folder, path), content);
	};
	for (const path of ['src/chat/attach.ts', 'src/chat/state.ts', 'readme.md', 'my file.txt']) write(path, `${path}\n`);
	write('build.log', 'log\n');
	write('.env', 'A=1\n');
	write('cat.png', png);
	if (git) {
		write('.gitignore', '*.log\n.env\n');
		execFileSync('git', ['init', '-q', folder], {env: {PATH: process.env['PATH'] ?? '', HOME: home}});
	}
	const finder = createFileFinder(folder, home);
	const find = async (query: string) => (await finder.find(query))?.map(({path}) => path);
	const read = (path: string) => readFileToSend(path, folder, home);
	return {home, folder, write, find, read};
}

test('files are found by their letters, as git lists them', {skip: withoutGit}, async context => {
	const {find} = project(context, {git: true});
	assert.deepEqual(await find(''), ['.gitignore', 'cat.png', 'my file.txt', 'readme.md', 'src/chat/attach.ts', 'src/chat/state.ts']);
	assert.deepEqual(await find('chatt'), ['src/chat/attach.ts', 'src/chat/state.ts']);
	assert.deepEqual(await find('atts'), ['src/chat/attach.ts', 'src/chat/state.ts']);
	assert.deepEqual(await find('build'), ['build.log'], 'what git ignores, when its name begins so');
	assert.deepEqual(await find('.e'), ['.env', '.gitignore']);
});

test('outside of a repository files are found by a walk', async context => {
	const {find, folder} = project(context, {git: false});
	mkdirSync(join(folder, 'node_modules', 'x'), {recursive: true});
	writeFileSync(join(folder, 'node_modules', 'x', 'attach.ts'), '');
	assert.deepEqual(await find('attach'), ['src/chat/attach.ts']);
});

test('folders, the home and other folders are gone through by name', {skip: withoutGit}, async context => {
	const {find, home, folder} = project(context, {git: true});
	assert.deepEqual((await find('src/'))?.slice(0, 1), ['src/chat/']);
	assert.deepEqual(await find('~/pro'), ['~/project/']);
	assert.deepEqual(await find('~/project/my'), ['~/project/my file.txt']);
	assert.deepEqual(await find(`${folder}/rea`), [`${folder}/readme.md`]);
	assert.deepEqual(await find('../pro'), ['../project/']);
	assert.deepEqual(await find(`${home}/nowhere/x`), []);
});

test('of many files the best are found, and a key has its turn meanwhile', async context => {
	const {find, write} = project(context, {git: false});
	for (let index = 0; index < 2500; index++) write(`many/part-${index}.txt`, '');
	let turns = 0;
	const timer = setInterval(() => turns++, 0);
	atEnd(context, () => clearInterval(timer));
	assert.deepEqual((await find('part2417'))?.slice(0, 1), ['many/part-2417.txt']);
	assert.equal((await find('part'))?.length, 50);
	assert.ok(turns > 0);
});

test('names with control characters are not offered, and nothing is when nobody waits', {skip: withoutGit}, async context => {
	const {find, write, folder, home} = project(context, {git: true});
	write('evil\u001B[31m.txt', 'x');
	assert.deepEqual(await find('evil'), []);
	assert.equal(await createFileFinder(folder, home).find('cat', () => false), undefined);
});

test('a text is read whole, an image as a data URI', {skip: withoutGit}, async context => {
	const {read} = project(context, {git: true});
	assert.deepEqual(await read('src/chat/state.ts'), {
		ok: true,
		content: {kind: 'text-file', bytes: 18, text: 'src/chat/state.ts\n'},
		doubts: [],
	});
	const image = await read('~/project/cat.png');
	assert.ok(image.ok && image.content.kind === 'image');
	assert.deepEqual([image.content.mediaType, image.content.dataUrl], ['image/png', `data:image/png;base64,${png.toString('base64')}`]);
});

const doubtful: ReadonlyArray<readonly [path: string, doubts: RegExp]> = [
	['.env', /hold passwords.*git ignores it/],
	['build.log', /^git ignores it$/],
	['link.txt', /git ignores it/],
	['key.txt', /private key in it/],
];
for (const [path, expected] of doubtful) {
	test(`${path} needs a second yes`, {skip: withoutGit}, async context => {
		const {read, write, folder} = project(context, {git: true});
		write('key.txt', '-----BEGIN RSA PRIVATE KEY-----\n');
		symlinkSync(join(folder, '.env'), join(folder, 'link.txt'));
		const file = await read(path);
		assert.ok(file.ok);
		assert.match(file.doubts.join('; '), expected);
		assert.equal(file.leadsTo, path === 'link.txt' ? join(folder, '.env') : undefined);
	});
}

test('what cannot be sent is refused with the reason', async context => {
	const {read, write, folder} = project(context, {git: false});
	write('binary.dat', Buffer.from([1, 0, 2]));
	write('latin1.txt', Buffer.from([0x67, 0xfc, 0x6e]));
	write('large.txt', 'x'.repeat(256 * 1024 + 1));
	write('large.png', Buffer.concat([png, Buffer.alloc(6 * 1024 * 1024)]));
	write('empty.txt', '');
	execFileSync('mkfifo', [join(folder, 'pipe')]);
	write('gone.txt', 'x');
	rmSync(join(folder, 'gone.txt'));
	symlinkSync(join(folder, 'circle'), join(folder, 'circle'));
	const problems: ReadonlyArray<readonly [string, RegExp]> = [
		['binary.dat', /^a binary file/],
		['latin1.txt', /^a binary file; text in UTF-8/],
		['large.txt', /^larger than 256 KiB of text$/],
		['large.png', /^larger than 6 MiB$/],
		['empty.txt', /^empty$/],
		['src', /^a folder, not a file$/],
		['pipe', /^neither a file/],
		['gone.txt', /^no such file$/],
		['circle', /circle/],
	];
	for (const [path, expected] of problems) {
		const file: ReadFile = await read(path);
		assert.match(file.ok ? 'read' : file.problem, expected, path);
	}
});

test('a repository from elsewhere runs nothing: no monitor, no hook, no way to a remote', {skip: withoutGit}, async context => {
	const {find, folder, home, read} = project(context, {git: true});
	const git = (...words: readonly string[]) =>
		execFileSync('git', ['-C', folder, ...words], {env: {PATH: process.env['PATH'] ?? '', HOME: home}, encoding: 'utf8'}).trim();
	const ran = join(home, 'ran');
	const program = join(home, 'program');
	writeFileSync(program, `#!/bin/sh\ntouch '${ran}'\n`, {mode: 0o755});
	git('add', '.gitignore');
	git('update-index', '--skip-worktree', '.gitignore');
	const object = git('rev-parse', ':.gitignore');
	rmSync(join(folder, '.git', 'objects', object.slice(0, 2)), {recursive: true});
	rmSync(join(folder, '.gitignore'));
	mkdirSync(join(folder, '.git', 'hooks'), {recursive: true});
	writeFileSync(join(folder, '.git', 'hooks', 'post-index-change'), `#!/bin/sh\ntouch '${ran}'\n`, {mode: 0o755});
	for (const [name, value] of [
		['core.repositoryformatversion', '1'],
		['extensions.partialClone', 'elsewhere'],
		['remote.elsewhere.promisor', 'true'],
		['remote.elsewhere.url', `ext::${program}`],
		['protocol.ext.allow', 'always'],
		['core.fsmonitor', program],
		['core.pager', program],
		['pager.ls-files', 'true'],
	] as const)
		git('config', name, value);
	assert.ok((await find(''))?.includes('readme.md'));
	await read('build.log');
	assert.equal(existsSync(ran), false);
});

test('the name of a file is no pattern for git', {skip: withoutGit}, async context => {
	const {write, read} = project(context, {git: true});
	write(':!x.log', 'log\n');
	const file = await read(':!x.log');
	assert.deepEqual(file.ok && file.doubts, ['git ignores it']);
});
