import assert from 'node:assert/strict';
import {chmodSync, cpSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {transform} from 'esbuild';
import {exitCodes} from '../../source/exit-codes.js';
import {freshHome} from '../helpers/fresh-home.js';
import {runProgram} from '../helpers/run-program.js';

/** Installs the launcher alone into an empty folder and runs it; `version` is what it takes for the version of Node. */
async function launch(context: TestContext, {version, withNodePackage = false}: {version?: string; withNodePackage?: boolean}) {
	const {home, env} = freshHome(context);
	const packages = join(home, 'node_modules');
	cpSync('bin', join(packages, 'clawtalk/bin'), {recursive: true});
	if (withNodePackage) {
		mkdirSync(join(packages, 'node'));
		writeFileSync(join(packages, 'node/package.json'), '{}');
	}
	const claim = join(home, 'claim-version.cjs');
	const versions = JSON.stringify({...process.versions, ...(version && {node: version})});
	writeFileSync(claim, `Object.defineProperty(process, 'versions', {value: ${versions}});`);
	return runProgram(process.execPath, ['--require', claim, join(packages, 'clawtalk/bin/clawtalk.js')], {env});
}

for (const version of ['12.16.3', '20.20.2', '22.18.0']) {
	test(`Node ${version} is told what is needed, in one line`, async context => {
		assert.deepEqual(await launch(context, {version}), {
			code: exitCodes.protocol,
			stdout: '',
			stderr: `clawtalk needs Node 22.19 or later and this is ${version}. Run it with a newer one: npx -y -p node@24 -p clawtalk clawtalk\n`,
		});
	});
}

test('an old Node beside the npm package node is explained by --ignore-scripts', async context => {
	const {code, stderr} = await launch(context, {version: '20.20.2', withNodePackage: true});
	assert.equal(code, exitCodes.protocol);
	assert.match(stderr, /^clawtalk needs Node 22\.19 or later and this is 20\.20\.2\. .*--ignore-scripts.*\n$/);
});

for (const version of ['22.19.0', '23.0.0', '26.10.0']) {
	test(`Node ${version} is recent enough; without a build the launcher says so`, async context => {
		const {code, stderr} = await launch(context, {version});
		assert.equal(code, exitCodes.bug);
		assert.match(stderr, /^clawtalk is not built: \S+\/dist\/cli\.js is missing\. .*\n$/);
	});
}

test('the launcher loads the bundle, and passes arguments and exit code on', async context => {
	const {env} = freshHome(context);
	const {version} = JSON.parse(readFileSync('package.json', 'utf8')) as {version: string};
	assert.deepEqual(await runProgram(process.execPath, ['bin/clawtalk.js', '--version'], {env}), {
		code: exitCodes.ok,
		stdout: `${version}\n`,
		stderr: '',
	});
	assert.equal((await runProgram(process.execPath, ['bin/clawtalk.js', 'no-such-command'], {env})).code, exitCodes.usage);
});

for (const [what, mode, kept] of [
	['there is none', undefined, 'node-compile-cache'],
	['it is ours', 0o755, 'node-compile-cache'],
	['others can write to it', 0o777, `node-compile-cache-${process.getuid?.()}`],
] as const) {
	test(`compiled code is kept where nobody else can put code: ${what}`, {skip: process.getuid === undefined}, async context => {
		const {home, env} = freshHome(context);
		const shared = join(home, 'node-compile-cache');
		if (mode !== undefined) mkdirSync(shared);
		if (mode !== undefined) chmodSync(shared, mode);
		const {code} = await runProgram(process.execPath, ['bin/clawtalk.js', 'help'], {env: {...env, TMPDIR: home}});
		assert.equal(code, exitCodes.ok);
		for (const name of [shared, join(home, `node-compile-cache-${process.getuid?.()}`)]) {
			assert.equal(globSync(join(name, '*')).length > 0, name === join(home, kept), name);
		}
		assert.equal(statSync(join(home, kept)).mode & 0o022, 0);
	});
}

for (const file of ['bin/clawtalk.js', ...globSync('.dev/*.cjs')]) {
	test(`${file} has no syntax that Node 12.16 lacks`, async () => {
		const text = readFileSync(file, 'utf8');
		assert.equal(await rewritten(text, 'node12.16'), await rewritten(text, 'esnext'));
		assert.notEqual(await rewritten(`${text}\na?.b;`, 'node12.16'), await rewritten(`${text}\na?.b;`, 'esnext'));
	});
}

/** esbuild rewrites syntax that the target lacks. It counts `import()` among it, which Node 12.16 parses and never gets to run here. */
async function rewritten(text: string, target: string): Promise<string> {
	return (await transform(text, {target, supported: {'dynamic-import': true}})).code;
}
