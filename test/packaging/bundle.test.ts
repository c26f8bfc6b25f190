import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {isBuiltin} from 'node:module';
import {test} from 'node:test';
import type {Metafile} from 'esbuild';

/** What esbuild says about dist/, written by the build. */
const {outputs} = JSON.parse(readFileSync('.build/bundle.json', 'utf8')) as Metafile;

/** The packages in a piece of the bundle and in all it imports statically: what is loaded with it, in any case. */
function loadedWith(output: string, seen = new Set<string>()): Set<string> {
	if (seen.has(output)) return new Set();
	seen.add(output);
	const {inputs, imports} = outputs[output] ?? {inputs: {}, imports: []};
	const packages = Object.keys(inputs).flatMap(file => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
	const needed = imports.filter(({kind, external}) => kind === 'import-statement' && !external);
	return new Set([...packages, ...needed.flatMap(({path}) => [...loadedWith(path, seen)])]);
}

const piece = (source: string) =>
	Object.keys(outputs).find(output => outputs[output]?.entryPoint === source) ?? assert.fail(`no ${source}`);

test('what starts loads no package at all, so that --version and mistakes are quick', () => {
	assert.deepEqual([...loadedWith('dist/cli.js')], []);
});

const heavy = ['ink', 'react', 'undici', 'ws', 'conf'];
const commands = Object.values(outputs).flatMap(({entryPoint}) => (entryPoint?.startsWith('source/commands/') ? [entryPoint] : []));
/** Commands that draw load this when they know that they do. */
const drawing = /\/full-chat\.ts$/;
for (const command of commands.filter(name => !drawing.test(name))) {
	test(`${command} loads nothing heavy before it needs it`, () => {
		const loaded = loadedWith(piece(command));
		assert.deepEqual(
			heavy.filter(name => loaded.has(name)),
			[],
		);
	});
}

test('Ink and React are loaded by what draws', () => {
	const loaded = loadedWith(commands.filter(name => drawing.test(name)).map(piece)[0] ?? '');
	assert.ok(loaded.has('ink') && loaded.has('react'));
});

/** The modules in a piece of the bundle and in all it imports statically. */
function inputs(output: string, seen = new Set<string>()): readonly string[] {
	if (seen.has(output)) return [];
	seen.add(output);
	const {inputs: own, imports} = outputs[output] ?? {inputs: {}, imports: []};
	return [...Object.keys(own), ...imports.filter(({kind}) => kind === 'import-statement').flatMap(({path}) => inputs(path, seen))];
}

test('a question goes out before the rules that explain its answer are loaded', () => {
	const rules = inputs(piece('source/commands/ask.ts')).filter(file => file.startsWith('source/diagnosis/rules/'));
	assert.deepEqual(rules, []);
});

test('node:http is no module of the client: as one it brings the fetch of this Node along, 50 ms', () => {
	const heavyBuiltins = ['http', 'https', 'http2'].flatMap(name => [name, `node:${name}`]);
	const loading = Object.entries(outputs).flatMap(([name, {inputs: own, imports}]) => {
		const isServer = Object.keys(own).some(file => file.startsWith('source/demo/') || file.endsWith('/dispatcher.ts'));
		return isServer ? [] : imports.filter(({kind, path}) => kind !== 'require-call' && heavyBuiltins.includes(path)).map(() => name);
	});
	assert.deepEqual(loading, []);
});

test('the chat loads its connection panel when it is opened, not before', () => {
	const chat = [...inputs(piece('source/commands/chat/full-chat.ts')), ...inputs(piece('source/perform.ts'))];
	const panel =
		/^source\/(?:components\/panel|components\/connection-report|commands\/panel-|diagnosis\/(?:probes|ladder|explained|report)|history)/;
	assert.deepEqual(
		chat.filter(file => panel.test(file)),
		[],
	);
});

test('before its first paint the chat loads no parser of arguments, no setup, and none of the modules of Node that are slow to load', () => {
	const before = ['source/cli.ts', 'source/commands/chat.ts', piecesOf(drawing)].flat();
	const builtins = before.flatMap(source => [...builtinsOf(piece(source))]);
	assert.deepEqual(
		['node:crypto', 'node:child_process', 'node:tls', 'node:worker_threads'].filter(name => builtins.includes(name)),
		[],
	);
	const files = before.flatMap(source => [...inputs(piece(source))]);
	const late =
		/node_modules\/meow\/|^source\/commands\/(?:setup|arguments|composer-work|conversation-work|screen-work)\.ts$|^source\/transcripts\//;
	assert.deepEqual(
		files.filter(file => late.test(file)),
		[],
	);
});

test('the control plane is loaded when it is dialled: not before the first paint, and by no question over HTTP', () => {
	const before = [
		'source/cli.ts',
		'source/commands/chat.ts',
		'source/commands/ask.ts',
		'source/gateway/open-gateway.ts',
		piecesOf(drawing),
	].flat();
	const dialling =
		/node_modules\/(?:@openclaw|ws)\/|^source\/gateway\/control\/(?:attempt|connection|handshake|ws-transport|run-turn|session-history)\.ts$/;
	assert.deepEqual(
		before.flatMap(source => [...inputs(piece(source))]).filter(file => dialling.test(file)),
		[],
	);
});

function piecesOf(pattern: RegExp): readonly string[] {
	return commands.filter(name => pattern.test(name));
}

/** The modules of Node that are loaded with a piece. */
function builtinsOf(output: string, seen = new Set<string>()): ReadonlySet<string> {
	if (seen.has(output)) return new Set();
	seen.add(output);
	const needed = (outputs[output]?.imports ?? []).filter(({kind}) => kind === 'import-statement');
	return new Set(needed.flatMap(({path, external}) => (external ? [path] : [...builtinsOf(path, seen)])));
}

test('the bundle is complete: it imports only itself and Node', () => {
	const outside = Object.values(outputs).flatMap(({imports}) => imports.filter(one => one.external && !isBuiltin(one.path)));
	assert.deepEqual(outside, []);
	for (const output of Object.keys(outputs)) assert.ok(existsSync(output), output);
});

test('every package in the bundle has its license in the tarball', () => {
	const licenses = readFileSync('dist/third-party-licenses.txt', 'utf8');
	const bundled = new Set(Object.keys(outputs).flatMap(output => [...loadedWith(output)]));
	assert.ok(bundled.has('ink') && bundled.has('undici'));
	for (const name of bundled) if (name !== 'react-devtools-core') assert.match(licenses, new RegExp(`^${name} [\\d.]+ \\(`, 'm'));
});

test('the languages of code are loaded with the first code block, not before', () => {
	const drawingMarkdown = [
		'source/commands/chat/full-chat.ts',
		'source/commands/ask.ts',
		'source/commands/ask/answer-printer.ts',
		'source/terminal/markdown.ts',
	];
	const early = drawingMarkdown.filter(source => loadedWith(piece(source)).has('highlight.js'));
	assert.deepEqual(early, []);
	assert.ok(loadedWith(piece('source/terminal/highlight-languages.ts')).has('highlight.js'));
});
