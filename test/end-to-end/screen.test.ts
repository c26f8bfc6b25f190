import assert from 'node:assert/strict';
import {chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {stripVTControlCharacters} from 'node:util';
import {chatEnvironment, demoGatewayFor, launcher} from '../helpers/chat-program.js';
import {freshHome} from '../helpers/fresh-home.js';
import {keptRecords} from '../helpers/kept-records.js';
import {type PtyProgram, startInPty} from '../helpers/pty.js';

const query = '\u001B]11;?\u001B\\';
const white = '\u001B]11;rgb:ffff/ffff/ffff\u001B\\';
/** SGR of a role in the light theme, with 24-bit colours. */
const lightAccent = '\u001B[38;2;0;95;135m';
const trueColour = {COLORTERM: 'truecolor'};

interface Start {
	readonly env?: Readonly<Record<string, string>>;
	readonly args?: readonly string[];
	readonly config?: unknown;
	/** What the terminal answers when it is asked for its background. */
	readonly background?: string;
	readonly columns?: number;
	readonly rows?: number;
}

/** The chat, online. */
async function open(test: TestContext, {env = {}, args = [], config, background, ...size}: Start = {}) {
	const gateway = await demoGatewayFor(test);
	const home = freshHome(test);
	if (config !== undefined) home.writeConfig(config);
	const program = startInPty(test, process.execPath, [launcher, ...args], {...size, env: {...chatEnvironment(home, gateway), ...env}});
	if (background !== undefined) {
		await wrote(program, query);
		program.type(background);
	}
	await program.shows('online');
	return {program, home};
}

/** Resolves when the program wrote it. */
async function wrote(program: PtyProgram, what: string): Promise<void> {
	await program.until(JSON.stringify(what), () => program.written().includes(what));
}

/** A program in a folder of its own. */
function script(test: TestContext, name: string, body: string): {readonly folder: string; readonly path: string} {
	const {home: folder} = freshHome(test);
	const path = join(folder, name);
	writeFileSync(path, `#!/bin/sh\n${body}\n`);
	chmodSync(path, 0o755);
	return {folder, path};
}

async function answerWithCode(program: PtyProgram): Promise<void> {
	program.type('[[n=40 rate=500 text=md]]\r');
	await program.shows('40 tokens');
}

test('a terminal that says it is light gets the light theme; the answer is no input', async context => {
	const {program} = await open(context, {env: trueColour, background: white});
	program.type('hello');
	await program.shows('❯ hello');
	await wrote(program, lightAccent);
	assert.equal(program.written().split(query).length, 2, 'asked once');
	assert.doesNotMatch(program.lines().join('\n'), /rgb|ffff/);
});

test('an answer that comes late and between keys is swallowed, and changes nothing', async context => {
	const {program} = await open(context, {env: trueColour});
	program.type('[[n=3 ttft=2200]]\r');
	await program.shows('tok2');
	program.type(`x${white.slice(0, 9)}`);
	program.type(`${white.slice(9)}y`);
	await program.shows('❯ xy');
	assert.ok(!program.written().includes(lightAccent));
});

for (const [what, env, args] of [
	['a theme that says its background', {}, ['--theme', 'dark']],
	['NO_COLOR', {NO_COLOR: '1'}, []],
] as const) {
	test(`with ${what} the terminal is not asked`, async context => {
		const {program} = await open(context, {env, args});
		await answerWithCode(program);
		assert.ok(!program.written().includes(query));
	});
}

test('COLORFGBG is believed before the terminal answers; /theme paints with another one at once', async context => {
	const {program} = await open(context, {env: {...trueColour, COLORFGBG: '0;15'}});
	await wrote(program, lightAccent);
	program.type('/theme high-contrast-light\r');
	await program.shows('Theme: high-contrast-light, until the chat ends.');
	await wrote(program, '\u001B[38;2;0;58;112m');
	program.type('/theme pink\r');
	await program.shows('There is no theme pink.');
});

test('over SSH a copy goes to the terminal, as the model wrote it', async context => {
	const {program} = await open(context, {env: {SSH_TTY: '/dev/pts/7'}});
	program.type('/copy\r');
	await program.shows('There is no answer to copy yet.');
	await answerWithCode(program);
	program.type('/copy 1\r');
	await program.shows(/Code block 1 of \d+ \(ts\) of the last answer was sent to your terminal/);
	const sent = /\u001B\]52;c;([^\u0007]+)\u0007/.exec(program.written())?.[1] ?? '';
	assert.match(Buffer.from(sent, 'base64').toString(), /^const x: number = 1;\n/);
	program.type('/copy 99\r');
	await program.shows(/The last answer has (?:one|\d+) code blocks?\./);
});

test('a code block chosen from the picker goes to the clipboard by a tool of the desktop', async context => {
	const {folder, path} = script(context, 'xclip', 'cat > "$0.copied"');
	const {program} = await open(context, {env: {DISPLAY: ':9', PATH: `${folder}:/usr/bin:/bin`}});
	await answerWithCode(program);
	program.type('\u0018\u0019');
	await program.shows('Copy a code block');
	program.type('\r');
	await program.shows(/Code block 1 of \d+ \(ts\) is on the clipboard: 2 lines/);
	assert.match(readFileSync(`${path}.copied`, 'utf8'), /^const x: number = 1;\n/);
	assert.ok(!program.written().includes('\u001B]52;'));
});

test('a tool that fails is not believed: the copy is a file for its owner only, and its path is said', async context => {
	const {folder} = script(context, 'xclip', 'exit 1');
	const {program, home} = await open(context, {env: {DISPLAY: ':9', PATH: `${folder}:/usr/bin:/bin`}});
	await answerWithCode(program);
	program.type('/copy\r');
	await program.shows('The last answer is in');
	const copies = join(home.home, '.clawtalk', 'copies');
	const [name = ''] = readdirSync(copies);
	assert.equal(statSync(join(copies, name)).mode & 0o777, 0o600);
	assert.match(readFileSync(join(copies, name), 'utf8'), /```ts\n/);
});

test('the pager gets the whole conversation and the terminal while an answer streams; nothing of that is lost', async context => {
	const {path} = script(context, 'less', 'cat > "$0.paged"; echo IN THE PAGER; read key < /dev/tty; touch "$0.left"');
	const {program} = await open(context, {env: {PAGER: path}});
	await answerWithCode(program);
	program.type('Count [[n=30 rate=20]]\r');
	await program.shows('tok3');
	const before = program.written().length;
	program.type('/less\r');
	await program.shows('IN THE PAGER');
	const lent = program.written().slice(before);
	for (const off of ['\u001B[?2004l', '\u001B[?25h']) assert.ok(lent.includes(off), JSON.stringify(off));
	assert.match(
		stripVTControlCharacters(readFileSync(`${path}.paged`, 'utf8')),
		/const x: number[\s\S]*Count[\s\S]*tok0 tok1[\s\S]*still coming/,
	);
	assert.ok(!existsSync(`${path}.left`));
	program.type('\r');
	await program.shows('tok29');
	await program.shows('30 tokens');
	const text = program.lines().join(' ').replace(/\s+/g, ' ');
	assert.match(text, new RegExp(Array.from({length: 30}, (_, index) => `tok${index}`).join(' ')));
	program.type('still here');
	await program.shows('❯ still here');
});

test("Ctrl+C in the pager is the pager's; the chat is there when it is left", async context => {
	const {path} = script(
		context,
		'less',
		`cat > /dev/null; trap 'echo interrupted' INT; echo IN THE PAGER; until [ "$key" = q ]; do read key < /dev/tty; done`,
	);
	const {program} = await open(context, {env: {PAGER: path}});
	program.type('/less\r');
	await program.shows('IN THE PAGER');
	program.type('\u0003');
	// A shell that was not reading yet answers behind the next line.
	program.type('\r');
	await program.shows('interrupted');
	program.type('q\r');
	await program.shows('online');
	program.type('still here');
	await program.shows('❯ still here');
});

test('what is typed before the pager reads is for the pager', async context => {
	const {path} = script(
		context,
		'less',
		'cat > /dev/null; echo IN THE PAGER; until [ -e "$0.reads" ]; do sleep 0.05; done; read key < /dev/tty; echo "got $key."',
	);
	const {program} = await open(context, {env: {PAGER: path}});
	program.type('/less\r');
	await program.shows('IN THE PAGER');
	program.type('typed early\r');
	await program.shows('typed early');
	writeFileSync(`${path}.reads`, '');
	await program.shows('got typed early.');
	await program.shows('online');
	program.type('still here');
	await program.shows('❯ still here');
});

test('without a pager that is said, and the chat goes on', async context => {
	const {program} = await open(context, {env: {PATH: '/nonexistent', PAGER: ''}});
	program.type('/less\r');
	await program.shows('There is no pager');
});

test('the conversation is drawn anew at the width of now; what was there is in the scrollback', async context => {
	const {program} = await open(context, {columns: 100});
	program.type('A question of quite some length, which has room in one line of a hundred columns only\r');
	await program.shows('A question of quite some length');
	await program.shows(/You said: A question of quite some length/);
	program.resize(50, 24);
	program.type('\f');
	await program.until('the question in lines of 50', lines =>
		lines.some(line => /^❯ A question of quite some length, which has room$/.test(line)),
	);
	await program.shows('online');
	assert.ok(!program.written().includes('\u001B[2J') && !program.written().includes('\u001B[3J'));
});

test('the title says what goes on and is given back', async context => {
	const {program} = await open(context);
	await wrote(program, '\u001B[22;2t\u001B]2;clawtalk\u001B\\');
	program.type('Count [[n=10 rate=20]]\r');
	await program.shows('tok9');
	await wrote(program, '\u001B]2;clawtalk · streaming\u001B\\');
	program.type('/quit\r');
	await program.ended();
	const written = program.written();
	assert.ok(written.lastIndexOf('\u001B]2;\u001B\\\u001B[23;2t') > written.lastIndexOf('\u001B]2;clawtalk'));
	assert.ok(!written.includes('\u001B[?1004h') && !written.includes('\u0007'), 'no calls when none are wished for');
});

test('with title off there is none', async context => {
	const {program} = await open(context, {config: {title: false}});
	program.type('/quit\r');
	await program.ended();
	assert.doesNotMatch(program.written(), /\u001B\]2;|\u001B\[2[23];/);
});

for (const name of ['SIGTERM', 'SIGHUP'] as const) {
	test(`${name} gives title and reports of the focus back`, async context => {
		const {program} = await open(context, {config: {notify: 'auto'}});
		program.type('Count [[n=1000 rate=50]]\r');
		await program.shows('tok5');
		program.signal(name);
		await program.ended();
		const written = program.written();
		assert.ok(written.lastIndexOf('\u001B[23;2t') > written.lastIndexOf('\u001B[22;2t'));
		assert.ok(written.lastIndexOf('\u001B[?1004l') > written.lastIndexOf('\u001B[?1004h'));
	});
}

test('an answer that ends while the window has not the keyboard calls, in fixed words; with the keyboard it does not', async context => {
	const {program} = await open(context, {config: {notify: 'osc9'}});
	await wrote(program, '\u001B[?1004h');
	program.type('\u001B[I');
	await answerWithCode(program);
	assert.ok(!program.written().includes('\u001B]9;'));
	program.type('Again [[n=20 rate=20]]\r');
	await program.shows('tok0');
	program.type('\u001B[O');
	await program.shows('20 tokens');
	await wrote(program, '\u001B]9;The answer is complete.\u0007');
	assert.doesNotMatch(program.lines().join('\n'), /\[[IO]/);
});

test('for a screen reader every line has a label, answers come by the sentence, and nothing is drawn or moved', async context => {
	const {program} = await open(context, {args: ['--screen-reader'], env: {SSH_TTY: '/dev/pts/7'}});
	await program.shows('Connection: online');
	await program.shows('You:');
	program.type('[[n=40 rate=500 text=md]]\r');
	await program.shows(/End of the answer: .*40 tokens/);
	program.type('/copy 1\r');
	await program.shows('Notice: Code block 1 of');
	program.type('Count. [[n=500 rate=20]]\r');
	await program.until('another answer', lines => lines.filter(line => line === 'Agent (default):').length === 2);
	program.type('\u0003');
	await program.shows('End of the answer: Stopped');
	program.type('/quit\r');
	assert.equal((await program.ended()).code, 0);
	const text = program.lines().join('\n');
	for (const said of ['Agent (default):', 'Heading: Heading', 'Some bold and code.', 'Code, ts:', 'End of code.', 'a; b']) {
		assert.ok(text.includes(said), said);
	}
	assert.doesNotMatch(text, /[\u2500-\u259F❯]/u);
	assert.doesNotMatch(program.written().replace(/\u001B\]52;[^\u0007]*\u0007/, ''), /\u001B/);
});

test('for a screen reader Ctrl+C quits the second time, and the command that goes on stands on a line of its own', async context => {
	const {program} = await open(context, {args: ['--screen-reader'], env: {}});
	await program.until('the prompt', lines => lines.at(-1) === 'You:');
	program.type('[[n=2]]\r');
	await program.until('the prompt again', lines => lines.some(line => line.includes('2 tokens')) && lines.at(-1) === 'You:');
	program.type('\u0003');
	await program.until('the word about it', lines => lines.slice(-2).join('\n') === 'Ctrl+C again quits.\nYou:');
	program.type('/status\r');
	await program.until('the status', lines => lines.at(-1) === 'You:' && lines.some(line => line.startsWith('Notice: Connected')));
	for (const count of [2, 3]) {
		program.type('\u0003');
		if (count === 2)
			await program.until(
				'the word again',
				lines => lines.filter(line => line === 'Ctrl+C again quits.').length === count && lines.at(-1) === 'You:',
			);
	}
	assert.equal((await program.ended()).code, 0);
	const [typed, goOn] = program.lines().slice(-2);
	assert.equal(typed, 'You: ^C');
	assert.match(goOn ?? '', /^To go on: clawtalk --resume /);
});

test('without animation nothing is written while time passes and the agent is silent', async context => {
	const {program} = await open(context, {args: ['--no-animation'], env: {}});
	program.type('[[n=3 ttft=2500]]\r');
	await program.until('the question to be under way', () => program.written().includes('clawtalk · waiting'));
	const {length} = program.written();
	await program.shows('tok2');
	const meanwhile = program.written().slice(length, program.written().indexOf('tok0', length));
	assert.doesNotMatch(stripVTControlCharacters(meanwhile), /\b[12] s\b/);
});

test('a window that changes its size while an answer streams ends with a whole answer and one live area', async context => {
	const {program, home} = await open(context, {columns: 100, rows: 30});
	program.type('Count [[n=60 rate=30]]\r');
	for (const [seen, columns, rows] of [
		['tok9', 90, 30],
		['tok19', 80, 26],
		['tok29', 70, 24],
		['tok39', 95, 28],
	] as const) {
		await program.shows(seen);
		program.resize(columns, rows);
	}
	await program.shows('60 tokens');
	await program.shows('online');
	const text = program.lines().join(' ').replace(/\s+/g, ' ');
	assert.match(text, new RegExp(Array.from({length: 60}, (_, index) => `tok${index}`).join(' ')));
	const last = program.lines().slice(-2);
	assert.match(last[0] ?? '', /^❯/);
	assert.match(last[1] ?? '', /online/);
	assert.equal(program.lines().filter(line => line === '❯').length, 1);
	program.type('\u0004');
	await program.ended();
	assert.equal(keptRecords(home.home).at(-1)?.['text'], Array.from({length: 60}, (_, index) => `tok${index}`).join(' '));
});

test('a view that throws while an answer streams: the terminal is given back, and what was seen of the answer is kept', async context => {
	const home = freshHome(context);
	const child = fileURLToPath(new URL('broken-view-child.js', import.meta.url));
	const program = startInPty(context, process.execPath, [child, home.home], {env: home.env});
	await program.shows('online');
	program.type('Count [[n=1000 rate=50]]\r');
	await program.shows('tok69');
	program.type('!');
	assert.equal((await program.ended()).code, 1);
	const text = program.lines().join(' ').replace(/\s+/g, ' ');
	assert.match(text, /a view is broken\. The report is in/);
	const [, question, answer, ...more] = keptRecords(home.home);
	assert.deepEqual([question?.['text'], more.length], ['Count [[n=1000 rate=50]]', 0]);
	assert.match(`${answer?.['text']}`, new RegExp(`^${Array.from({length: 70}, (_, index) => `tok${index}`).join(' ')}`));
});

test('a view that throws gives the terminal back, says so in a line, and loses nothing that was typed', async context => {
	const home = freshHome(context);
	const child = fileURLToPath(new URL('broken-view-child.js', import.meta.url));
	const program = startInPty(context, process.execPath, [child, home.home], {env: home.env});
	await program.shows('online');
	program.type('not sent yet');
	await program.shows('❯ not sent yet');
	program.type('!');
	assert.equal((await program.ended()).code, 1);
	const written = program.written();
	for (const [on, off] of [
		['\u001B[?2004h', '\u001B[?2004l'],
		['\u001B[?25l', '\u001B[?25h'],
		['\u001B[22;2t', '\u001B[23;2t'],
	] as const) {
		assert.ok(written.lastIndexOf(off) > written.lastIndexOf(on), JSON.stringify(off));
	}
	const text = program.lines().join('\n');
	assert.match(text, /a bug of clawtalk ended it: Error: a view is broken\. The report is in/);
	assert.doesNotMatch(text, /ERROR|at .*\.js:\d/);
	const kept = readdirSync(join(home.home, '.clawtalk'), {recursive: true, withFileTypes: true})
		.filter(file => file.isFile())
		.map(file => readFileSync(join(file.parentPath, file.name), 'utf8'));
	assert.ok(kept.some(content => content.includes('not sent yet')));
});
