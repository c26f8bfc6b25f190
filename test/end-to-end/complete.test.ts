import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {chatEnvironment, demoGatewayFor, launcher} from '../helpers/chat-program.js';
import {freshHome} from '../helpers/fresh-home.js';
import {type PtyProgram, startInPty} from '../helpers/pty.js';
import {questionsTo} from '../helpers/questions.js';
import {without} from '../helpers/without-program.js';

const withoutGit = without('git');
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');

/** The chat in a repository with some files in it. */
async function chatInProject(test_: TestContext, {columns = 80, rows = 24}: {readonly columns?: number; readonly rows?: number} = {}) {
	const gateway = await demoGatewayFor(test_);
	const home = freshHome(test_);
	const folder = join(home.home, 'project');
	mkdirSync(join(folder, 'source'), {recursive: true});
	writeFileSync(join(folder, 'source', 'answer.ts'), 'export const answer = 42;\n');
	writeFileSync(join(folder, 'cat.png'), png);
	writeFileSync(join(folder, '.env'), 'PASSWORD=tomato\n');
	writeFileSync(join(folder, 'private.log'), 'secret line\n');
	writeFileSync(join(folder, '.gitignore'), '*.log\n.env\n');
	if (withoutGit === false) execFileSync('git', ['init', '-q', folder], {env: home.env});
	const program = startInPty(test_, '/bin/sh', ['-c', `cd "$HOME/project" && exec "${process.execPath}" "${launcher}"`], {
		columns,
		rows,
		env: chatEnvironment(home, gateway),
	});
	await program.shows('online');
	const asked = () => questionsTo(gateway);
	return {program, gateway, home, asked};
}

/** Types what a list opens for, and takes the first of it. */
async function take(program: PtyProgram, typed: string, offered: string | RegExp): Promise<void> {
	program.type(typed);
	await program.shows(offered);
	program.type('\t');
}

test('a command and its argument are completed; what is chosen holds', async context => {
	const {program, asked} = await chatInProject(context);
	await take(program, '/mode', /❯ \/model NAME/);
	await take(program, 'd', /❯ default {2}the agent chooses/);
	await program.shows('❯ /model default');
	program.type('\r');
	await program.shows('Model: the default of the agent');
	await take(program, '/agent m', '❯ main');
	await program.shows('❯ /agent main');
	program.type('\r');
	await program.shows('Agent: main.');
	program.type('Say it [[n=2 rate=0]]\r');
	await program.shows('tok1');
	assert.equal(asked()[0]?.agent, 'main');
});

test('the list fits a small terminal and goes with Esc', async context => {
	const {program} = await chatInProject(context, {columns: 40, rows: 12});
	program.type('/');
	await program.shows('Esc closes');
	await program.until('all on the screen', lines => lines.length <= 12 && lines.every(line => line.length <= 40));
	program.type('\u001B');
	await program.until('no list', lines => !lines.some(line => line.includes('Esc closes')));
	await program.shows(/❯ \/\nonline · no profile/);
	assert.doesNotMatch(program.written(), /\u001B\[[23]J/);
});

test('a text and an image are attached, shown, and arrive', async context => {
	const {program, asked} = await chatInProject(context);
	await take(program, 'compare @answ', '❯ source/answer.ts');
	await program.shows('[file source/answer.ts 26 B]');
	await program.shows('│ export const answer = 42;');
	await take(program, 'with @cat', '❯ cat.png');
	await program.shows('[image cat.png 70 B]');
	program.type('[[n=2 rate=0]]\r');
	await program.shows('tok1');
	const [{text = '', images = []} = {}] = asked();
	assert.match(text, /^compare \nsource\/answer\.ts:\n```\nexport const answer = 42;\n```\n with \[image cat\.png 70 B\]/);
	assert.deepEqual(images, [`data:image/png;base64,${png.toString('base64')}`]);
});

test('a path that was merely typed is text', async context => {
	const {program, asked} = await chatInProject(context);
	program.type('what is in @cat.png');
	await program.shows('❯ cat.png');
	program.type(' ? [[n=2 rate=0]]\r');
	await program.shows('tok1');
	assert.match(asked()[0]?.text ?? '', /^what is in @cat\.png \? /);
});

test('.env and what git ignores need a second yes', {skip: withoutGit}, async context => {
	const {program, asked} = await chatInProject(context);
	await take(program, '@.en', '❯ .env');
	await program.shows('Attach .env? It may hold secrets.');
	await program.shows('git ignores it');
	program.type('n');
	await program.shows('.env is not attached.');
	program.type('\u0015/attach private.log');
	await program.shows('❯ private.log');
	program.type('\r');
	await program.shows('Attach private.log? It may hold secrets.');
	program.type('y');
	await program.shows('[file private.log 12 B]');
	program.type('read it [[n=2 rate=0]]\r');
	await program.shows('tok1');
	const [{text = ''} = {}, ...more] = asked();
	assert.deepEqual(more, []);
	assert.match(text, /secret line/);
	assert.doesNotMatch(text, /tomato/);
});

test('a profile is gone to after y only, and takes nothing along', async context => {
	const other = await demoGatewayFor(context);
	const {program, home, asked} = await chatInProject(context);
	program.type('First [[n=1 rate=0]]\r');
	await program.shows('tok0');
	await program.shows(/❯\nonline/);
	home.writeConfig({profiles: {home: {gatewayUrl: other.origin, gatewayToken: 'demo-token-for-tests-0123456789'}}});
	await take(program, '/profile h', '❯ home');
	await program.shows('❯ /profile home');
	program.type('\r');
	await program.shows('Switch to profile home?');
	await program.shows(`It talks to ${other.origin} (loopback).`);
	program.type('y');
	await program.shows(`Now talking to home, ${other.origin} (loopback).`);
	await program.shows(/online · home/);
	program.type('Second [[n=2 rate=0]]\r');
	await program.shows('tok1');
	assert.equal(asked().length, 1);
	const [there] = questionsTo(other);
	assert.notEqual(there?.key, undefined);
	assert.notEqual(there?.key, asked()[0]?.key);
});
