import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {freshHome} from '../helpers/fresh-home.js';
import {runProgram} from '../helpers/run-program.js';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, unknown>;

test('the tarball holds the launcher, the bundle, the readme and the license', async context => {
	const {env} = freshHome(context);
	const {code, stdout, stderr} = await runProgram('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {env});
	assert.equal(code, 0, stderr);
	const [packed] = JSON.parse(stdout) as [{files: Array<{path: string}>}];
	const paths = packed.files.map(({path}) => path);
	const known =
		/^(?:bin\/(?:clawtalk\.js|package\.json)|dist\/(?:cli\.js|clawtalk\.1|third-party-licenses\.txt|chunks\/[\w-]+\.js)|package\.json|readme\.md|license)$/;
	assert.deepEqual(
		paths.filter(path => !known.test(path)),
		[],
	);
	for (const path of ['bin/clawtalk.js', 'dist/cli.js', 'dist/clawtalk.1', 'dist/third-party-licenses.txt', 'license', 'readme.md'])
		assert.ok(paths.includes(path), path);
});

test('everything that runs is bundled: installing brings no other package and runs no script', () => {
	for (const key of ['dependencies', 'optionalDependencies', 'peerDependencies']) assert.equal(manifest[key], undefined, key);
	const scripts = Object.keys(manifest['scripts'] as object);
	assert.deepEqual(
		scripts.filter(name => /^(?:pre|post)?(?:install|prepare|pack|publish)/.test(name)),
		[],
	);
});

test('package.json and launcher ask for the same Node', () => {
	const launcher = readFileSync('bin/clawtalk.js', 'utf8');
	const [, major] = /neededMajor = (\d+)/.exec(launcher) ?? [];
	const [, minor] = /neededMinor = (\d+)/.exec(launcher) ?? [];
	assert.deepEqual(manifest['engines'], {node: `>=${major}.${minor}`});
});

test('the lock file names no registry, and every package by version', () => {
	const text = readFileSync('package-lock.json', 'utf8');
	assert.doesNotMatch(text, /"resolved"|registry/);
	const {packages} = JSON.parse(text) as {packages: Record<string, {version?: string}>};
	for (const [name, {version}] of Object.entries(packages)) assert.ok(version, name);
});
