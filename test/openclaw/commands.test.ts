import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, before, describe, test} from 'node:test';
import {fileURLToPath} from 'node:url';
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
			let known: ReadonlyMap<string, string> = new Map();
			const asked = paths.filter(words => commands.some(command => command.path === words && isFor(command, generation)));
			before(async () => {
				installed = await installOpenClaw(generation);
				home = await mkdtemp(path.join(tmpdir(), 'clawtalk-openclaw-'));
				if (generation === '2026.2.9') known = await helpsAtOnce(installed, home, asked);
			});
			after(() => rm(home, {recursive: true, force: true, maxRetries: 5}));
			const helpOf = async (words: string) => known.get(words) ?? (await run(installed, home, forHelp(words))).output;

			for (const words of asked) {
				const ofPath = commands.filter(command => command.path === words && isFor(command, generation));
				test(`openclaw ${words || '--version'}`, async () => {
					const output = await helpOf(words);
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
				const output = await helpOf('gateway status');
				const found = {text: '', path: 'gateway status', flags: ['--json']};
				assert.deepEqual(missing(found, output), []);
				assert.deepEqual(missing({...found, flags: ['--no-such-flag']}, output), ['--no-such-flag']);
				assert.deepEqual(missing({...found, path: 'gateway no-such'}, output), ['gateway no-such']);
				assert.deepEqual(missing({...found, positionals: ['one']}, output), ['an argument']);
			});
		});
	}
});

function forHelp(words: string): readonly string[] {
	return [...words.split(' ').filter(Boolean), '--help'];
}

/** The help of each of these, by one process. */
async function helpsAtOnce(installed: Installed, home: string, asked: readonly string[]): Promise<ReadonlyMap<string, string>> {
	const program = fileURLToPath(new URL('many-helps.js', import.meta.url));
	const words = [program, installed.script, JSON.stringify(asked.map(forHelp))];
	const {code, stdout, output} = await start(installed.node, words, home, {OPENCLAW_NO_RESPAWN: '1'});
	assert.equal(code, 0, output.slice(0, 2000));
	const helps = JSON.parse(stdout) as readonly string[];
	return new Map(asked.map((one, index) => [one, helps[index] ?? '']));
}

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

function run(installed: Installed | undefined, home: string, words: readonly string[]): Promise<Finished> {
	assert.ok(installed, 'not installed');
	return start(installed.node, [installed.script, ...words], home);
}

interface Finished {
	readonly code: number;
	readonly stdout: string;
	/** With what went to stderr. */
	readonly output: string;
}

function start(node: string, words: readonly string[], home: string, more: Readonly<Record<string, string>> = {}): Promise<Finished> {
	const env = {
		HOME: home,
		PATH: `${path.dirname(node)}:${process.env['PATH'] ?? ''}`,
		COLUMNS: '200',
		NO_COLOR: '1',
		...more,
	};
	return new Promise(resolve => {
		execFile(node, [...words], {env, cwd: home, timeout: 120_000, maxBuffer: 16 * 1024 * 1024}, (error, stdout, stderr) => {
			const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
			resolve({code, stdout, output: `${stdout}\n${stderr}`});
		});
	});
}
