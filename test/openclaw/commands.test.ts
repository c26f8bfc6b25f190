import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, before, describe, test} from 'node:test';
import type {Generation} from '../../source/demo/options.js';
import {generations} from '../../source/demo/options.js';
import {type Installed, installOpenClaw} from './install.js';
import {type PrintedCommand, printedCommands} from './printed-openclaw.js';

const commands = printedCommands();
const paths = [...new Set(commands.map(({path: words}) => words))].toSorted();

/** Two at a time: each asks for a second of computing. */
describe('every openclaw command that clawtalk prints', {concurrency: 2}, () => {
	for (const generation of generations) {
		describe(generation, {concurrency: 2}, () => {
			let home = '';
			let installed: Installed | undefined;
			before(async () => {
				installed = await installOpenClaw(generation);
				home = await mkdtemp(path.join(tmpdir(), 'clawtalk-openclaw-'));
			});
			after(() => rm(home, {recursive: true, force: true, maxRetries: 5}));
			const ask = (...words: readonly string[]) => run(installed, home, words);

			for (const words of paths) {
				const ofPath = commands.filter(command => command.path === words && isFor(command, generation));
				if (ofPath.length === 0) continue;
				test(`openclaw ${words || '--version'}`, async () => {
					const {output} = await ask(...words.split(' ').filter(Boolean), '--help');
					for (const command of ofPath) assert.deepEqual(missing(command, output), [], `${command.text}\n${output.slice(0, 2000)}`);
				});
			}

			for (const command of commands.filter(one => changesConfig(one) && isFor(one, generation))) {
				test(`${command.text} is taken`, async () => {
					// A home of its own: a configuration that changes meanwhile is not written.
					const own = await mkdtemp(path.join(home, 'set-'));
					const words = [...command.path.split(' '), ...(command.positionals ?? []).map(filled), ...command.flags];
					const {code, output} = await run(installed, own, words);
					assert.equal(code, 0, output.slice(0, 2000));
				});
			}

			test('a command or a flag that is not there is noticed', async () => {
				const {output} = await ask('gateway', 'status', '--help');
				const found = {text: '', path: 'gateway status', flags: ['--json']};
				assert.deepEqual(missing(found, output), []);
				assert.deepEqual(missing({...found, flags: ['--no-such-flag']}, output), ['--no-such-flag']);
				assert.deepEqual(missing({...found, path: 'gateway no-such'}, output), ['gateway no-such']);
				assert.deepEqual(missing({...found, positionals: ['one']}, output), ['an argument']);
			});
		});
	}
});

/** Writing of settings is tried in an empty home. A plugin that is not installed has no settings to write. */
function changesConfig({path: words, text}: PrintedCommand): boolean {
	return words === 'config set' && !text.includes('plugins.') && text.split(' ').length > 3;
}

/** A value in the place of a placeholder; quotes are the shell's. */
function filled(word: string): string {
	return word
		.replace(/^(['"])(.*)\1$/, '$2')
		.replace('PROXY_ADDRESS', '192.0.2.7')
		.replace('NODE', 'desk');
}

function isFor({since}: PrintedCommand, generation: Generation): boolean {
	return since === undefined || isAtLeast(generation, since);
}

function isAtLeast(version: string, other: string): boolean {
	const [left, right] = [version, other].map(text => text.split('.').map(Number));
	for (const [index, part] of (right ?? []).entries()) if ((left?.[index] ?? 0) !== part) return (left?.[index] ?? 0) > part;
	return true;
}

/** What the help of a sub-command lacks of a command: the sub-command itself, a flag, or room for an argument. */
function missing({path: words, flags, positionals = []}: PrintedCommand, help: string): readonly string[] {
	const usage = new RegExp(`^Usage: openclaw${words === '' ? '' : ` ${words}`}(?: .*)?$`, 'm').exec(help)?.[0];
	if (usage === undefined) return [words];
	const room = (usage.match(/[[<][A-Za-z][^\]>]*[\]>]/g) ?? []).filter(name => !/^\[(?:options|command)\]$/.test(name)).length;
	return [
		...flags.filter(flag => !new RegExp(`(?:^|[\\s,])${flag}(?![\\w-])`, 'm').test(help)),
		...(positionals.length > room ? ['an argument'] : []),
	];
}

function run(installed: Installed | undefined, home: string, words: readonly string[]): Promise<{code: number; output: string}> {
	assert.ok(installed, 'not installed');
	const {node, script} = installed;
	const env = {
		HOME: home,
		PATH: `${path.dirname(node)}:${process.env['PATH'] ?? ''}`,
		COLUMNS: '200',
		NO_COLOR: '1',
	};
	return new Promise(resolve => {
		execFile(node, [script, ...words], {env, cwd: home, timeout: 120_000}, (error, stdout, stderr) => {
			const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
			resolve({code, output: `${stdout}\n${stderr}`});
		});
	});
}
