import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {runCommandLine} from '../../source/commands/command-line/run-command-line.js';
import {keyTable} from '../../source/terminal/key-table.js';
import {commandWorld} from '../helpers/command-world.js';
import {freshHome} from '../helpers/fresh-home.js';

type Home = ReturnType<typeof freshHome>;

async function run(home: Home, ...argv: readonly string[]) {
	const world = commandWorld({env: home.env});
	const code = await runCommandLine(argv, world);
	return {code, stdout: world.stdoutText(), stderr: world.stderrText()};
}

test('keys lists the table as it is in force, and what was changed', async context => {
	const home = freshHome(context);
	const usual = await run(home, 'keys');
	assert.deepEqual([usual.code, usual.stdout.trimEnd().split('\n').length], [0, keyTable.length]);
	assert.match(usual.stdout, /^submit +Enter +send$/m);
	home.writeConfig({keys: {'external-editor': ['Ctrl+E', 'ctrl+x ctrl+e'], raw: []}});
	const changed = (await run(home, 'keys')).stdout;
	assert.match(
		changed,
		/^external-editor +Ctrl\+E, Ctrl\+X Ctrl\+E +write in your own editor \(changed; usually Ctrl\+G, Ctrl\+X Ctrl\+E\)$/m,
	);
	assert.match(changed, /^end-of-line +End +end of the line \(changed; usually End, Ctrl\+E\)$/m);
	assert.match(changed, /^raw +\(none\) /m);
	assert.match(changed, /^Changed keys are from \S+config\.json\.$/m);
});

test('keys --json has each key once, with its usual chords', async context => {
	const home = freshHome(context);
	home.writeConfig({profile: 'home', keys: {raw: 'Alt+R'}, profiles: {home: {keys: {redraw: 'Alt+L'}}}});
	const {stdout} = await run(home, 'keys', '--json');
	const {schema, source, keys} = JSON.parse(stdout) as {schema: string; source: object; keys: Array<Record<string, unknown>>};
	assert.equal(schema, 'clawtalk.keys/1');
	assert.deepEqual(source, {kind: 'file', path: home.configFile, profile: 'home'});
	assert.deepEqual(
		keys.map(({name}) => name),
		keyTable.map(({name}) => name),
	);
	assert.deepEqual(
		keys.filter(({changed}) => changed),
		[{name: 'redraw', chords: ['Alt+L'], changed: true, usual: ['Ctrl+L'], does: 'draw the conversation anew'}],
		'the keys of a profile replace those of the top level',
	);
});

test('config set changes a key when it goes with the others', async context => {
	const home = freshHome(context);
	assert.equal((await run(home, 'config', 'set', 'keys.redraw', 'Ctrl+X r', 'Ctrl+L')).code, 0);
	assert.deepEqual(JSON.parse(readFileSync(home.configFile, 'utf8')), {keys: {redraw: ['Ctrl+X r', 'Ctrl+L']}});
	assert.match((await run(home, 'config', 'list')).stdout, /^keys\.redraw = \["Ctrl\+X r","Ctrl\+L"\]$/m);
	assert.match((await run(home, 'config', 'get', 'keys.redraw')).stdout, /Ctrl\+X r/);
	const taken = await run(home, 'config', 'set', 'keys.raw', 'ctrl+l');
	assert.deepEqual([taken.code, taken.stderr], [78, 'clawtalk: keys: gives Ctrl+L to both redraw and raw.\n']);
	const unknown = await run(home, 'config', 'set', 'keys.redrow', 'Alt+L');
	assert.deepEqual([unknown.code, unknown.stderr.split('. ')[1]], [78, 'The nearest one is redraw']);
	assert.equal((await run(home, 'config', 'unset', 'keys.redraw')).code, 0);
	assert.equal((await run(home, 'keys')).stdout.includes('changed'), false);
});

test('keys in a profile go into that profile', async context => {
	const home = freshHome(context);
	await run(home, 'config', 'set', '--profile', 'home', 'keys.submit', 'Ctrl+S');
	assert.deepEqual(JSON.parse(readFileSync(home.configFile, 'utf8')), {profiles: {home: {keys: {submit: 'Ctrl+S'}}}});
});

test('keys that cannot be are one clear line', async context => {
	const home = freshHome(context);
	home.writeConfig({keys: {submit: 'Ctrl+I'}});
	assert.deepEqual(await run(home, 'keys'), {
		code: 78,
		stdout: '',
		stderr: `clawtalk: keys in ${home.configFile}: submit: "Ctrl+I" arrives as Tab from most terminals.\n`,
	});
	home.writeConfig({keys: ['Ctrl+I']});
	assert.match((await run(home, 'keys')).stderr, /an object \{"NAME": "Ctrl\+G"\} is needed\.\n$/);
});
