import assert from 'node:assert/strict';
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, dirname, join, resolve} from 'node:path';
import {after, before, test} from 'node:test';
import {exitCodes} from '../../source/exit-codes.js';
import {freshHome} from '../helpers/fresh-home.js';
import {runProgram} from '../helpers/run-program.js';
import {fetchedNode} from './fetched-node.js';
import {serveDemo} from './served-demo.js';

/** The oldest that is supported, the current ones, and one odd release with peculiarities of its own (undici 7.16, TLS codes). */
const supported = ['22.19.0', '24.21.0', '25.2.1', '26.10.0'];
const tooOld = ['12.16.3', '20.20.2'];
const downloadMs = 180_000;

const {version} = JSON.parse(readFileSync('package.json', 'utf8')) as {version: string};
const folder = mkdtempSync(join(tmpdir(), 'clawtalk-packed-'));
let tarball: string;

before(async () => {
	const env = {HOME: folder, PATH: process.env['PATH']};
	const packed = await runProgram('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], {env});
	assert.equal(packed.code, 0, packed.stderr);
	tarball = join(folder, packed.stdout.trim());
});
after(() => rmSync(folder, {recursive: true, force: true}));

/** A home with nothing in it, where `node`, and so npm too, is this release. */
async function freshMachine(context: Parameters<typeof freshHome>[0], nodeVersion: string) {
	const node = await fetchedNode(nodeVersion);
	const {home, env} = freshHome(context);
	return {home, node, env: {...env, PATH: [dirname(node), process.env['PATH']].join(delimiter)}};
}

for (const nodeVersion of supported) {
	test(`Node ${nodeVersion}: npm install --global into an empty prefix, then ask`, {timeout: downloadMs}, async context => {
		const {home, env} = await freshMachine(context, nodeVersion);
		const prefix = join(home, 'prefix');
		const install = ['install', '--global', '--prefix', prefix, '--no-audit', '--no-fund', tarball];
		const installed = await runProgram('npm', install, {env});
		assert.equal(installed.code, 0, installed.stderr);
		assert.doesNotMatch(installed.stderr, /EBADENGINE|deprecated/);
		assert.deepEqual(
			readdirSync(join(prefix, 'lib/node_modules')).filter(name => !name.startsWith('.')),
			['clawtalk'],
		);

		const clawtalk = join(prefix, 'bin/clawtalk');
		assert.deepEqual(await runProgram(clawtalk, ['--version'], {env}), {code: exitCodes.ok, stdout: `${version}\n`, stderr: ''});
		const demo = await serveDemo(clawtalk, env);
		try {
			const answer = await runProgram(clawtalk, ['ask', ...demo.flags, 'hello'], {env});
			assert.equal(answer.code, exitCodes.ok, answer.stderr);
			assert.notEqual(answer.stdout.trim(), '');
			assert.equal(answer.stderr, '');
			const status = await runProgram(clawtalk, ['status', '--json', ...demo.flags], {env});
			const {client} = JSON.parse(status.stdout) as {client: {node: string; builtInFetchUsesDispatcher: boolean}};
			assert.deepEqual([client.node, client.builtInFetchUsesDispatcher], [nodeVersion, true]);
		} finally {
			assert.equal(await demo.stop(), exitCodes.terminated);
		}
	});
}

for (const nodeVersion of tooOld) {
	test(`Node ${nodeVersion}: one line and exit 76`, {timeout: downloadMs}, async context => {
		const {node, env} = await freshMachine(context, nodeVersion);
		assert.deepEqual(await runProgram(node, [resolve('bin/clawtalk.js'), 'ask', 'hello'], {env}), {
			code: exitCodes.protocol,
			stdout: '',
			stderr: `clawtalk needs Node 22.19 or later and this is ${nodeVersion}. Run it with a newer one: npx -y -p node@24 -p clawtalk clawtalk\n`,
		});
	});
}

test('Node 20.20.2: what the line advises works, and without install scripts the cause is named', {timeout: downloadMs}, async context => {
	const {env} = await freshMachine(context, '20.20.2');
	// The rest of the environment may say how this machine reaches the registry.
	const run = {env: {...process.env, ...env}, limitMs: downloadMs};
	const npx = (...options: string[]) => runProgram('npx', [...options, '-y', '-p', 'node@24', '-p', tarball, 'clawtalk', '--version'], run);
	const without = await npx('--ignore-scripts');
	assert.equal(without.code, exitCodes.protocol, without.stderr);
	assert.match(without.stderr, /^clawtalk needs .*Run: npx --ignore-scripts=false /m);
	const repaired = await npx('--ignore-scripts=false');
	assert.deepEqual([repaired.code, repaired.stdout], [exitCodes.ok, `${version}\n`]);
});
