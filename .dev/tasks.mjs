import {existsSync, globSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import fetchNode from './fetch-node.cjs';

process.chdir(resolve(import.meta.dirname, '..'));

/** Tests that `npm test` leaves out, because they install much or need parts of the system: each has a task of its own. */
const slowRooms = ['openclaw', 'nodes', 'scenarios'];

/** Every task of package.json. A task resolves to an exit code; it stops at the first step that does not give 0. */
const tasks = {
	build: () => inOrder(build),
	start: options => inOrder(build, () => node('bin/clawtalk.js', 'demo', ...options)),
	lint: () => inOrder(lint),
	test: names => inOrder(lint, compile, build, () => test(fastTests(names))),
	'test:openclaw': () => inOrder(compile, build, installReleases, () => test(testsIn('openclaw'), {limitMinutes: 15, atOnce: 1})),
	'test:nodes': () => inOrder(compile, build, () => test(testsIn('nodes'), {limitMinutes: 5})),
	'test:scenarios': names => inOrder(compile, build, () => test(named(testsIn('scenarios'), names), {limitMinutes: 8})),
	bench: options => inOrder(compile, build, () => node('.build/bench/run.js', ...options)),
	docs: () => inOrder(compile, writeDocs),
	record: options => inOrder(compile, build, () => node('.build/media/record.js', ...options)),
};

/** Runs a task by name and resolves to its exit code. */
export async function runTask(name, options) {
	if (Object.hasOwn(tasks, name ?? '')) return tasks[name](options);
	process.stderr.write(`node .dev/run.cjs ${Object.keys(tasks).join(' | ')}\n`);
	return 2;
}

async function inOrder(...steps) {
	for (const step of steps) {
		const code = await step();
		if (code !== 0) return code;
	}
	return 0;
}

async function build() {
	const {bundle} = await import('./build.mjs');
	return bundle();
}

/** docs/diagnoses.md from the rules; a test fails when it is stale. */
async function writeDocs() {
	const {diagnosesDocument} = await import('../.build/source/diagnosis/catalogue/documentation.js');
	writeFileSync('docs/diagnoses.md', diagnosesDocument());
	return 0;
}

const lint = () => tool('@biomejs/biome/bin/biome', 'check', '--config-path=.dev/lint.json', '--error-on-warnings');
const compile = () => tool('typescript/bin/tsc', '-p', '.');
const tool = (file, ...options) => node(join('node_modules', file), ...options);
const installReleases = () => node('.build/test/openclaw/install-releases.js');
const node = (...options) => fetchNode.runProgram(process.execPath, options);

/** All fast tests, or those whose path contains one of the names. */
function fastTests(names) {
	return named(
		testsIn('**').filter(file => !slowRooms.some(room => file.startsWith(`.build/test/${room}/`))),
		names,
	);
}

function named(files, names) {
	return names.length === 0 ? files : files.filter(file => names.some(name => file.includes(name)));
}

/** Compiled tests by the source that exists today: the compiler's folder may still hold tests that are gone. */
function testsIn(room) {
	const sources = globSync(`test/${room}/*.test.{ts,tsx}`).toSorted();
	return sources.map(source => join('.build', source.replace(/\.tsx?$/, '.js'))).filter(existsSync);
}

/**
 * Node's test runner over compiled files, in a home of its own and without the settings of whoever runs it. A test that takes longer
 * than the limit has failed, and so has a file that takes three times as long. `atOnce` files run side by side: one where the files start
 * programs that need a machine for themselves.
 */
async function test(files, {limitMinutes = 3, atOnce = 2} = {}) {
	if (files.length === 0) {
		process.stderr.write('No such test.\n');
		return 1;
	}
	const folder = mkdtempSync(join(tmpdir(), 'clawtalk-test-'));
	try {
		const limitMs = limitMinutes * 60_000;
		const limits = [`--test-timeout=${limitMs}`, '--import=./.dev/file-limit.mjs'];
		const options = ['--enable-source-maps', '--test', `--test-concurrency=${atOnce}`, ...limits, '--test-reporter=spec', ...files];
		const env = {...testEnvironment(folder), TEST_FILE_LIMIT_MS: String(limitMs * 3)};
		const code = await fetchNode.runProgram(process.execPath, options, {env});
		return leftNothing(folder) ? code : code || 1;
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

function testEnvironment(folder) {
	const personal = /^(clawtalk_|openclaw_|no_color$|force_color$|ci$|(https?|all|no)_proxy$|xdg_)/i;
	const neutral = Object.entries(process.env).filter(([name]) => !personal.test(name));
	return {...Object.fromEntries(neutral), HOME: folder, TMPDIR: folder};
}

/** Tests remove what they make. The caches of Node and npm are no test's. */
function leftNothing(folder) {
	const left = readdirSync(folder).filter(name => !name.startsWith('node-compile-cache') && name !== '.npm');
	if (left.length > 0) process.stderr.write(`The tests left behind: ${left.join(', ')}\n`);
	return left.length === 0;
}
