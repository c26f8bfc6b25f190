import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {runCommandLine} from '../../source/commands/command-line/run-command-line.js';
import {commandTable} from '../../source/commands/registry.js';
import {exitCodeMeanings} from '../../source/exit-codes.js';
import {readVersion} from '../../source/version.js';
import {commandWorld} from '../helpers/command-world.js';
import {freshHome} from '../helpers/fresh-home.js';
import {runProgram} from '../helpers/run-program.js';

const noGroff = spawnSync('groff', ['--version']).status === 0 ? false : 'groff is not installed';

test('the manual page has every command, every flag and every exit code, and groff reads it without a warning', {
	skip: noGroff,
}, async context => {
	const {env} = freshHome(context);
	const world = commandWorld({env});
	assert.equal(await runCommandLine(['help', '--man'], world), 0);
	const page = world.stdoutText();
	assert.match(page, /^[\x00-\x7F]*$/, 'roff reads ASCII');
	const groff = await runProgram('groff', ['-man', '-Tutf8', '-ww', '-P-cbou'], {env, stdin: page});
	assert.deepEqual([groff.code, groff.stderr], [0, '']);
	const text = groff.stdout.replaceAll('\u2010\n', '').replace(/\s+/g, ' ').replaceAll('\u2010', '-').replaceAll('\u2212', '-');
	assert.match(text, new RegExp(`^CLAWTALK\\(1\\).*clawtalk ${readVersion().replaceAll('.', '\\.')}`));
	for (const entry of commandTable) {
		const {flags, usage} = await entry.load();
		for (const line of usage) assert.ok(text.includes(`clawtalk ${line.replace(/\s+/g, ' ')}`), line);
		for (const name of Object.keys(flags))
			assert.ok(text.includes(`--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`), `${entry.name} ${name}`);
	}
	for (const [code, meaning] of exitCodeMeanings) assert.ok(text.includes(`${code} ${meaning}`), meaning);
});

test('the build puts the page into the package, where npm finds it', async context => {
	const world = commandWorld({env: freshHome(context).env});
	await runCommandLine(['help', '--man'], world);
	assert.equal(readFileSync('dist/clawtalk.1', 'utf8'), world.stdoutText());
	assert.equal((JSON.parse(readFileSync('package.json', 'utf8')) as {man?: unknown}).man, 'dist/clawtalk.1');
});

test('--version --json is one document', async context => {
	const world = commandWorld({env: freshHome(context).env});
	assert.equal(await runCommandLine(['--version', '--json'], world), 0);
	assert.deepEqual(JSON.parse(world.stdoutText()), {
		...{schema: 'clawtalk.version/1', name: 'clawtalk', version: readVersion()},
		...{node: process.versions.node, platform: process.platform, arch: process.arch},
	});
});
