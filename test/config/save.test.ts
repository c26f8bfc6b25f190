import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {
	chmodSync,
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	statSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import {hostname} from 'node:os';
import {dirname, join} from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {withLock} from '../../source/config/file-lock.js';
import {locate} from '../../source/config/location.js';
import {saveConfig} from '../../source/config/save.js';
import {freshHome} from '../helpers/fresh-home.js';

const modeOf = (path: string): number => statSync(path).mode & 0o777;
const saveModule = new URL('../../source/config/save.js', import.meta.url).href;
const locationModule = new URL('../../source/config/location.js', import.meta.url).href;

test('the first save makes a folder 0700 and a file 0600, whatever the umask', async t => {
	const {env, configFile} = freshHome(t);
	const before = process.umask(0);
	t.after(() => process.umask(before));
	assert.deepEqual(await saveConfig(locate(env), config => ({...config, gatewayToken: 'sesame0123'})), {ok: true});
	assert.deepEqual([modeOf(dirname(configFile)), modeOf(configFile)], [0o700, 0o600]);
	assert.deepEqual(JSON.parse(readFileSync(configFile, 'utf8')), {gatewayToken: 'sesame0123'});
	assert.deepEqual(readdirSync(dirname(configFile)), ['config.json']);
});

test('a file and folder that were open to others are closed', async t => {
	const {env, configFile, writeConfig} = freshHome(t);
	writeConfig({});
	chmodSync(configFile, 0o644);
	chmodSync(dirname(configFile), 0o755);
	await saveConfig(locate(env), () => ({theme: 'dark'}));
	assert.deepEqual([modeOf(dirname(configFile)), modeOf(configFile)], [0o700, 0o600]);
});

test('CLAWTALK_CONFIG names the file, and its existing folder keeps its mode', async t => {
	const {home, env} = freshHome(t);
	const folder = join(home, 'shared');
	mkdirSync(folder, {mode: 0o755});
	const path = join(folder, 'my settings');
	await saveConfig(locate({...env, CLAWTALK_CONFIG: path}), () => ({theme: 'dark'}));
	assert.deepEqual(JSON.parse(readFileSync(path, 'utf8')), {theme: 'dark'});
	assert.deepEqual([modeOf(folder), modeOf(path), existsSync(join(home, '.clawtalk'))], [0o755, 0o600, false]);
});

test('unknown keys and names with dots stay as they are; removed keys go', async t => {
	const {env, configFile, writeConfig} = freshHome(t);
	const future = {'gpt-5.4': {x: [1, null]}, nested: {deep: true}};
	writeConfig({'a.b': 1, future, theme: 'dark', sessionKey: 's'});
	await saveConfig(locate(env), ({sessionKey: _removed, ...config}) => ({...config, 'models.gpt-5.4': 'x'}));
	assert.deepEqual(JSON.parse(readFileSync(configFile, 'utf8')), {'a.b': 1, future, theme: 'dark', 'models.gpt-5.4': 'x'});
});

test('a change that would make the file invalid is refused, one that repairs a bad file is not', async t => {
	const {env, configFile, writeConfig} = freshHome(t);
	writeConfig({theme: 'pink', gatewayUrl: 7});
	assert.equal((await saveConfig(locate(env), config => ({...config, defaultAgent: 9}))).ok, false);
	assert.deepEqual(JSON.parse(readFileSync(configFile, 'utf8')), {theme: 'pink', gatewayUrl: 7});
	assert.equal((await saveConfig(locate(env), config => ({...config, theme: 'dark'}))).ok, true);
	assert.deepEqual(JSON.parse(readFileSync(configFile, 'utf8')), {theme: 'dark', gatewayUrl: 7});
});

test('a symlinked config.json stays a link', async t => {
	const {home, env, configFile, writeConfig} = freshHome(t);
	writeConfig({theme: 'dark'});
	const real = join(home, 'dotfiles.json');
	renameSync(configFile, real);
	symlinkSync(real, configFile);
	await saveConfig(locate(env), config => ({...config, defaultAgent: 'main'}));
	assert.ok(lstatSync(configFile).isSymbolicLink());
	assert.deepEqual(JSON.parse(readFileSync(real, 'utf8')), {theme: 'dark', defaultAgent: 'main'});
});

test('four processes that write a hundred keys each lose none', async t => {
	const {env, configFile} = freshHome(t);
	const writer = `
		const {saveConfig} = await import(${JSON.stringify(saveModule)});
		const {locate} = await import(${JSON.stringify(locationModule)});
		for (let i = 0; i < 100; i++) {
			const saved = await saveConfig(locate(process.env), config => ({...config, ['key-' + process.argv[1] + '-' + i]: i}));
			if (!saved.ok) throw new Error(saved.problem.message);
		}`;
	const exits = ['a', 'b', 'c', 'd'].map(name => exitCodeOf(['--input-type=module', '-e', writer, name], env));
	assert.deepEqual(await Promise.all(exits), [0, 0, 0, 0]);
	assert.equal(Object.keys(JSON.parse(readFileSync(configFile, 'utf8'))).length, 400);
	assert.deepEqual(readdirSync(dirname(configFile)), ['config.json']);
});

test('the lock of a process that was killed is taken over', async t => {
	const {home} = freshHome(t);
	const path = join(home, 'file');
	const holder = `
		const {withLock} = await import(${JSON.stringify(new URL('../../source/config/file-lock.js', import.meta.url).href)});
		await withLock(${JSON.stringify(path)}, () => new Promise(() => { process.stdout.write('held'); setInterval(() => {}, 1000); }));`;
	const child = spawn(process.execPath, ['--input-type=module', '-e', holder], {stdio: ['ignore', 'pipe', 'inherit']});
	await once(child.stdout, 'data');
	child.kill('SIGKILL');
	await once(child, 'exit');
	assert.ok(existsSync(`${path}.lock`));
	assert.equal(await withLock(path, async () => 'mine'), 'mine');
	assert.deepEqual(readdirSync(home), []);
});

test('a lock of another host counts by its age only', async t => {
	const {home} = freshHome(t);
	const path = join(home, 'file');
	writeFileSync(`${path}.lock`, JSON.stringify({id: 'x', pid: 1, host: `not-${hostname()}`}));
	const longAgo = Date.now() / 1000 - 60;
	utimesSync(`${path}.lock`, longAgo, longAgo);
	assert.equal(await withLock(path, async () => 'mine'), 'mine');
});

test('work under the lock never overlaps, and a failure releases it', async t => {
	const {home} = freshHome(t);
	let inside = 0;
	let most = 0;
	const work = async (): Promise<void> => {
		most = Math.max(most, ++inside);
		await new Promise(resolve => setImmediate(resolve));
		inside--;
	};
	await Promise.all(Array.from({length: 8}, () => withLock(join(home, 'file'), work)));
	assert.equal(most, 1);
	await assert.rejects(
		withLock(join(home, 'file'), () => Promise.reject(new Error('inner'))),
		/inner/,
	);
	assert.deepEqual(readdirSync(home), []);
});

test('a folder that cannot be made is one problem', async t => {
	const {home, env} = freshHome(t);
	writeFileSync(join(home, '.clawtalk'), 'a file');
	const saved = await saveConfig(locate(env), config => config);
	assert.ok(!saved.ok);
	assert.match(saved.problem.message, /^cannot be written: E/);
});

async function exitCodeOf(args: readonly string[], env: Record<string, string>): Promise<unknown> {
	const child = spawn(process.execPath, args, {env, stdio: ['ignore', 'ignore', 'inherit'], cwd: dirname(fileURLToPath(import.meta.url))});
	return (await once(child, 'exit'))[0];
}
