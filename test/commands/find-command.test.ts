import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Flag} from '../../source/commands/command.js';
import {findRequest} from '../../source/commands/command-line/find-command.js';
import {renderHelp} from '../../source/commands/command-line/help.js';
import {runCommandLine} from '../../source/commands/command-line/run-command-line.js';
import {commandTable, findCommand, globalFlags} from '../../source/commands/registry.js';
import {nearest} from '../../source/nearest-word.js';
import {commandWorld} from '../helpers/command-world.js';
import {freshHome} from '../helpers/fresh-home.js';

const found: ReadonlyArray<readonly [argv: string[], name: string, rest: string[]]> = [
	[[], 'chat', []],
	[['ask', 'hi'], 'ask', ['hi']],
	[['--gateway', 'http://h:1', 'ask', 'hi'], 'ask', ['--gateway', 'http://h:1', 'hi']],
	[['--gateway=ask', 'status'], 'status', ['--gateway=ask']],
	[['--insecure', 'ask'], 'ask', ['--insecure']],
	[['--token', 'ask', 'hi'], 'ask', ['--token=', 'hi']],
	[['--token', 'abc', 'ask', 'hi'], 'ask', ['--token', 'abc', 'hi']],
	[['--agent', 'main', 'ask', 'hi'], 'ask', ['--agent', 'main', 'hi']],
	[['--json', 'ask', 'hi'], 'ask', ['--json', 'hi']],
	[['--', 'ask'], 'chat', ['--', 'ask']],
	[['ask', '--', '--help'], 'ask', ['--', '--help']],
];

test('the command is the first word that is neither a flag nor the value of one', async () => {
	for (const [argv, name, rest] of found) {
		const request = await findRequest(argv);
		assert.deepEqual([request.name, request.argv, request.help, request.version], [name, rest, false, false], argv.join(' '));
	}
	assert.equal((await findRequest(['ask', '-h'])).help, true);
	assert.equal((await findRequest(['--version'])).version, true);
});

test('a flag of two commands is of one kind, and no flag hides a global one', async () => {
	const kinds = new Map<string, string>();
	for (const entry of commandTable) {
		const {flags, summary, name} = await entry.load();
		assert.deepEqual([name, summary], [entry.name, entry.summary]);
		for (const [flagName, flag] of Object.entries<Flag>(flags)) {
			assert.ok(!(flagName in globalFlags), `${name} --${flagName}`);
			const kind = flag.type === 'boolean' ? 'boolean' : 'value';
			assert.equal(kinds.get(flagName) ?? kind, kind, flagName);
			kinds.set(flagName, kind);
		}
	}
});

test('help fits 80 columns and names every command', async () => {
	const help = renderHelp();
	for (const {name} of commandTable) assert.match(help, new RegExp(`^  ${name} `, 'm'));
	const all = [help, ...(await Promise.all(commandTable.map(async entry => renderHelp(await entry.load()))))];
	for (const line of all.join('').split('\n')) assert.ok(line.length <= 80, `${line.length}: ${line}`);
});

test('a command lists the common flags it takes, and refuses the others', async t => {
	const demo = renderHelp(await findCommand('demo')?.load());
	assert.match(demo, /^ {2}--token /m);
	assert.doesNotMatch(demo, /^ {2}--(?:token-file|gateway|profile) /m);
	const world = commandWorld({env: freshHome(t).env});
	assert.equal(await runCommandLine(['demo', '--gateway', 'http://127.0.0.1:1'], world), 2);
	assert.equal(world.stderrText(), 'clawtalk: demo does not take --gateway. See clawtalk help demo.\n');
});

test('details break lines only between sentences, so that the rest is wrapped to the width', async () => {
	for (const entry of commandTable) {
		const prose = ((await entry.load()).details ?? '').split('\n').filter(line => /^\S/.test(line));
		for (const line of prose) assert.match(line, /[.)]$/, entry.name);
	}
});

test('the nearest word is a likely misspelling or none', () => {
	assert.equal(nearest('stauts', ['ask', 'status']), 'status');
	assert.equal(nearest('--gatway', ['--gateway', '--token']), '--gateway');
	assert.equal(nearest('xyz', ['ask', 'status']), undefined);
});
