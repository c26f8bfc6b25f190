import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {chmodSync, mkdirSync, writeFileSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {runCommandLine} from '../../source/commands/command-line/run-command-line.js';
import {commandTable} from '../../source/commands/registry.js';
import {launcher} from '../helpers/chat-program.js';
import {commandWorld} from '../helpers/command-world.js';
import {freshHome} from '../helpers/fresh-home.js';
import {runProgram} from '../helpers/run-program.js';

async function run(context: TestContext, ...argv: readonly string[]) {
	const world = commandWorld({env: freshHome(context).env});
	const code = await runCommandLine(argv, world);
	return {code, stdout: world.stdoutText(), stderr: world.stderrText()};
}

/** A home with two profiles, and `clawtalk` as a word of PATH. */
function homeWithProgram(context: TestContext) {
	const home = freshHome(context);
	home.writeConfig({profiles: {home: {gatewayUrl: 'http://127.0.0.1:1'}, work: {gatewayUrl: 'http://127.0.0.1:2'}}});
	const folder = join(home.home, 'bin');
	mkdirSync(folder);
	writeFileSync(join(folder, 'clawtalk'), `#!/bin/sh\nexec '${process.execPath}' '${launcher}' "$@"\n`);
	chmodSync(join(folder, 'clawtalk'), 0o700);
	return {...home.env, PATH: `${folder}${delimiter}${home.env['PATH']}`};
}

const missing = (shell: string) => (spawnSync(shell, ['--version']).status === 0 ? false : `${shell} is not installed`);

/** Words as they stand on the line, the last one being completed, and what must be among the answers; `none` must not. */
const lines: ReadonlyArray<readonly [words: readonly string[], some: readonly string[], none?: readonly string[]]> = [
	[['sta'], ['status']],
	[[''], ['chat', 'ask', 'config', 'help']],
	[['--prof'], ['--profile']],
	[['--profile', ''], ['home', 'work'], ['chat']],
	[['--profile', 'home', 'st'], ['status']],
	[['status', '--on'], ['--only']],
	[['status', '--only', 't'], ['tcp', 'tls'], ['auth']],
	[['status', '--only', '=', 'a'], ['auth']],
	[['config', 's'], ['set']],
	[['config', '--profile', 'w'], ['work']],
	[
		['completion', ''],
		['bash', 'zsh', 'fish'],
	],
	[['help', 'exp'], ['explain']],
	[['trust', 're'], ['reset']],
];

test('bash completes commands, flags, values, subcommands and profiles', {skip: missing('bash')}, async context => {
	const env = homeWithProgram(context);
	const {stdout: script} = await run(context, 'completion', 'bash');
	const tries = lines.map(([words]) => {
		const all = ['clawtalk', ...words].map(word => `'${word}'`).join(' ');
		return `COMP_WORDS=(${all}); COMP_CWORD=${words.length}; COMPREPLY=(); _clawtalk; echo "\${COMPREPLY[*]}"`;
	});
	const registered = 'complete -p clawtalk';
	const {code, stdout, stderr} = await runProgram('bash', ['--norc', '--noprofile', '-c', [script, registered, ...tries].join('\n')], {
		env,
	});
	assert.deepEqual([code, stderr], [0, '']);
	const [first, ...answers] = stdout.split('\n');
	assert.equal(first, 'complete -F _clawtalk clawtalk');
	for (const [index, [words, some, none = []]] of lines.entries()) {
		const answer = (answers[index] ?? '').split(' ');
		for (const word of some) assert.ok(answer.includes(word), `${words.join(' ')}: ${answers[index]}`);
		for (const word of none) assert.ok(!answer.includes(word), `${words.join(' ')}: ${answers[index]}`);
	}
});

test('fish completes them, too', {skip: missing('fish')}, async context => {
	const env = {...homeWithProgram(context), TERM: 'dumb'};
	const {stdout: script} = await run(context, 'completion', 'fish');
	for (const [words, some] of lines.filter(([all]) => !all.includes('='))) {
		const line = ['clawtalk', ...words].join(' ');
		const {stdout, stderr} = await runProgram('fish', ['--no-config', '-c', `${script}\ncomplete -C '${line}'`], {env});
		const answer = stdout.split('\n').map(row => row.split('\t')[0]);
		for (const word of some) assert.ok(answer.includes(word), `${line}: ${stdout}${stderr}`);
	}
});

test('zsh reads the script and registers it', {skip: missing('zsh')}, async context => {
	const env = homeWithProgram(context);
	const {stdout: script} = await run(context, 'completion', 'zsh');
	const asked = ['autoload -Uz compinit && compinit -D -u', script, 'print -r -- $_comps[clawtalk]'].join('\n');
	const {stdout, stderr} = await runProgram('zsh', ['-f', '-c', asked], {env});
	assert.deepEqual([stdout, stderr], ['_clawtalk\n', '']);
});

test('every command and every flag is in each script', async context => {
	for (const shell of ['bash', 'zsh', 'fish']) {
		const {stdout} = await run(context, 'completion', shell);
		for (const entry of commandTable) {
			assert.match(stdout, new RegExp(`\\b${entry.name}\\b`), `${shell} ${entry.name}`);
			for (const name of Object.keys((await entry.load()).flags)) {
				const long = name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
				assert.ok(stdout.includes(shell === 'fish' ? `-l ${long}` : `--${long}`), `${shell} ${entry.name} --${long}`);
			}
		}
	}
});

const mistakes: ReadonlyArray<readonly [argv: readonly string[], line: string]> = [
	[['completion', 'bsh'], 'clawtalk: completion: there is no subcommand "bsh". The nearest one is bash.\n'],
	[['completion'], 'clawtalk: completion: a subcommand is missing. There are: bash, zsh, fish\n'],
	[['config', 'lsit'], 'clawtalk: config: there is no subcommand "lsit". The nearest one is list.\n'],
	[['config'], 'clawtalk: config: a subcommand is missing. There are: path, list, get, set, unset, edit\n'],
	[['trust'], 'clawtalk: trust: a subcommand is missing. There are: show, add, reset\n'],
	[['identity'], 'clawtalk: identity: a subcommand is missing. There are: show, reset\n'],
	[['sessions', 'serach'], 'clawtalk: sessions: there is no subcommand "serach". The nearest one is search.\n'],
	[['trust', 'rest'], 'clawtalk: trust rest: there is no subcommand "rest". The nearest one is reset.\n'],
	[['expl'], 'clawtalk: There is no command expl. The nearest one is explain.\n'],
	[['--gate', 'x'], 'clawtalk: Unknown flag --gate. The nearest one is --gateway.\n'],
	[['status', '--verb'], 'clawtalk: Unknown flag --verb. The nearest one is --verbose. See clawtalk help status.\n'],
];
for (const [argv, line] of mistakes) {
	test(`what was meant: ${argv.join(' ')}`, async context => {
		assert.deepEqual(await run(context, ...argv), {code: 2, stdout: '', stderr: line});
	});
}

test('the names of profiles, one a line; none from a file that is broken', async context => {
	const home = freshHome(context);
	const names = async () => {
		const world = commandWorld({env: home.env});
		assert.equal(await runCommandLine(['completion', 'profiles'], world), 0);
		return world.stdoutText() + world.stderrText();
	};
	assert.equal(await names(), '');
	home.writeConfig({profiles: {home: {}, 'not a name': {}, work: {}}});
	assert.equal(await names(), 'home\nwork\n');
	home.writeConfig('{broken');
	assert.equal(await names(), '');
});
