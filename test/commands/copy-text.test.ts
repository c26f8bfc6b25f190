import assert from 'node:assert/strict';
import {chmodSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {copyText} from '../../source/commands/chat/copy-text.js';
import {findPager} from '../../source/commands/chat/pager.js';
import {freshHome} from '../helpers/fresh-home.js';

/** A folder for PATH with these scripts, and a home. */
function world(test: TestContext, scripts: Readonly<Record<string, string>> = {}) {
	const {home: folder} = freshHome(test);
	for (const [name, body] of Object.entries(scripts)) {
		writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
		chmodSync(join(folder, name), 0o755);
	}
	const written: string[] = [];
	const copy = (text: string, env: Record<string, string>, platform: NodeJS.Platform = 'linux') =>
		copyText(text, 'The last answer', {
			env: {PATH: `${folder}:/usr/bin:/bin`, ...env},
			folder: join(folder, 'clawtalk'),
			platform,
			write: sequence => void written.push(sequence),
		});
	return {folder, written, copy};
}

const kept = 'cat > "$0.copied"';

const tools: ReadonlyArray<readonly [env: Record<string, string>, platform: NodeJS.Platform, tool: string]> = [
	[{WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0'}, 'linux', 'wl-copy'],
	[{DISPLAY: ':0'}, 'linux', 'xclip'],
	[{WSL_DISTRO_NAME: 'Debian'}, 'linux', 'clip.exe'],
	[{}, 'darwin', 'pbcopy'],
];

for (const [env, platform, tool] of tools) {
	test(`on ${platform} with ${JSON.stringify(env)} the tool is ${tool}`, async context => {
		const {folder, copy, written} = world(context, {'wl-copy': kept, xclip: kept, 'clip.exe': kept, pbcopy: kept});
		assert.equal(await copy('one\ntwo\n', env, platform), 'The last answer is on the clipboard: 2 lines, 8 bytes.');
		assert.equal(readFileSync(join(folder, `${tool}.copied`), 'utf8'), 'one\ntwo\n');
		assert.deepEqual(written, []);
	});
}

test('a tool gets the environment without the tokens in it', async context => {
	const {folder, copy} = world(context, {'wl-copy': 'cat > /dev/null; env > "$0.env"'});
	const secrets = {CLAWTALK_GATEWAY_TOKEN: 'canary-1', OPENCLAW_GATEWAY_TOKEN: 'canary-2', OPENCLAW_GATEWAY_PASSWORD: 'canary-3'};
	await copy('text', {WAYLAND_DISPLAY: 'wayland-7', ...secrets});
	const seen = readFileSync(join(folder, 'wl-copy.env'), 'utf8');
	assert.match(seen, /^WAYLAND_DISPLAY=wayland-7$/m);
	assert.doesNotMatch(seen, /canary/);
});

test('over SSH the terminal is asked, never a tool of the other machine', async context => {
	const {copy, written, folder} = world(context, {xclip: kept});
	const said = await copy('text', {DISPLAY: 'localhost:10.0', SSH_CONNECTION: '1 2 3 4'});
	assert.equal(said, 'The last answer was sent to your terminal for its clipboard, unconfirmed: 1 line, 4 bytes.');
	assert.deepEqual(written, ['\u001B]52;c;dGV4dA==\u0007']);
	assert.deepEqual(readdirSync(folder), ['xclip']);
});

test('what is too long for a terminal goes to a file, and why is said', async context => {
	const {copy, written, folder} = world(context);
	assert.match(await copy('x'.repeat(100_001), {SSH_TTY: '/dev/pts/1'}), /is in .*\.md: 1 line, 100\.0 kB\. It is too long/);
	assert.deepEqual(written, []);
	const [name = ''] = readdirSync(join(folder, 'clawtalk', 'copies'));
	assert.equal(statSync(join(folder, 'clawtalk', 'copies', name)).mode & 0o777, 0o600);
});

test('a terminal that is known to take it is asked when there is no tool; another one is not', async context => {
	const {copy, written} = world(context);
	assert.match(await copy('a', {TERM: 'xterm-kitty'}), /was sent to your terminal/);
	assert.match(await copy('a', {TERM: 'xterm-256color'}), /is in /);
	assert.equal(written.length, 1);
});

for (const [what, body] of [
	['fails', 'cat > /dev/null; exit 1'],
	['hangs', 'exec sleep 60'],
] as const) {
	test(`a tool that ${what} is not believed`, async context => {
		const {copy} = world(context, {xclip: body});
		assert.match(await copy('a', {DISPLAY: ':0'}), /is in /);
	});
}

test('control sequences of the model are not copied', async context => {
	const {copy, folder} = world(context, {xclip: kept});
	await copy('a\u001B]52;c;eA==\u0007b\u001B[31mc\n', {DISPLAY: ':0'});
	assert.equal(readFileSync(join(folder, 'xclip.copied'), 'utf8'), 'abc\n');
});

test('the pager is $PAGER as words, else less, else more; no shell, no relative path', context => {
	const {folder} = world(context, {less: '', more: '', mine: ''});
	const pager = (PAGER: string) => findPager({PATH: folder, PAGER});
	assert.deepEqual(pager('mine -x  -y'), [join(folder, 'mine'), '-x', '-y']);
	assert.deepEqual(pager(`${folder}/mine`), [`${folder}/mine`]);
	for (const other of ['', 'absent', 'mine | head', './mine', 'bin/mine']) assert.deepEqual(pager(other), [join(folder, 'less')], other);
	assert.equal(findPager({PATH: '/nonexistent'}), undefined);
});
