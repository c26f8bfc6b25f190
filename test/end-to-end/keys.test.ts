import assert from 'node:assert/strict';
import {chmodSync, existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {chatEnvironment, demoGatewayFor, launcher, startChat} from '../helpers/chat-program.js';
import {freshHome} from '../helpers/fresh-home.js';
import {type PtyOptions, startInPty} from '../helpers/pty.js';
import {without} from '../helpers/without-program.js';

const ctrl = (letter: string) => String.fromCharCode(letter.charCodeAt(0) - 0x60);
const esc = '\u001B';

/** A chat in a home with these files: an editor as a script, a configuration. */
async function startIn(
	context: TestContext,
	{editor, config, ...options}: {readonly editor?: string; readonly config?: object} & Partial<PtyOptions>,
) {
	const gateway = await demoGatewayFor(context);
	const home = freshHome(context);
	if (config) home.writeConfig(config);
	const script = join(home.home, 'my editor.sh');
	if (editor !== undefined) {
		writeFileSync(script, `#!/bin/sh\n${editor}\n`);
		chmodSync(script, 0o700);
	}
	const env = {...chatEnvironment(home, gateway), TMPDIR: home.home, EDITOR: `'${script}' --wait`};
	const program = startInPty(context, process.execPath, [launcher], {...options, env});
	await program.shows('online');
	return {program, gateway, home};
}

test('Ctrl+R finds what an earlier chat sent, and sends nothing by itself', async context => {
	const first = await startChat(context);
	first.program.type('The first question\r');
	await first.program.shows(/You said: The first question[\s\S]*online/);
	first.program.type('/quit\r');
	await first.program.ended();
	const env = chatEnvironment(first.home, first.gateway);
	const program = startInPty(context, process.execPath, [launcher], {env});
	await program.shows('online');
	program.type('half a thought');
	program.type(ctrl('r'));
	await program.shows('history: ');
	program.type('FIRST');
	await program.until('what was found', lines => lines.some(line => line.startsWith('❯ The first question')));
	program.type(esc);
	await program.until(
		'the draft',
		lines => lines.some(line => line === '❯ half a thought') && !lines.some(line => line.startsWith('history')),
	);
	program.type(`${ctrl('r')}first\r`);
	await program.until(
		'the line in the composer',
		lines => lines.some(line => line === '❯ The first question') && !lines.some(line => line.startsWith('history')),
	);
	assert.equal(program.lines().filter(line => line.includes('You said')).length, 0, 'nothing was sent');
});

test('the help scrolls on a terminal of 40×12, narrows, and leaves nothing behind', async context => {
	const {program} = await startChat(context, {columns: 40, rows: 12});
	program.type('?');
	await program.shows('Help · search:');
	await program.shows(/· 1–\d+ of \d+/);
	program.type(' ');
	await program.until('the next page', lines => lines.some(line => / · [2-9]–/.test(line)));
	program.type('editor');
	await program.shows('write in your own editor');
	program.type(esc);
	await program.until('all of it', lines => lines.some(line => /· 1–\d+ of \d+/.test(line)));
	program.type(esc);
	await program.until('no help', lines => !lines.some(line => line.includes('Help · search')));
	program.type('/help\r');
	await program.shows('Commands');
	program.type('q');
	await program.until('no help again', lines => !lines.some(line => line.includes('Help · search')));
	assert.doesNotMatch(program.lines().join('\n'), /stop the answer|Commands/);
	program.type('Hello\r');
	await program.shows(/❯ Hello/);
});

test('the draft goes to the editor and comes back; the file has mode 0600 and is gone then', async context => {
	const editor = 'ls -l "$2" > mode.txt; cat "$2" > seen.txt; printf "%s" "$2" > path.txt; printf "two\\nlines\\n" > "$2"';
	const {program, home} = await startIn(context, {editor: `cd "${'$'}{TMPDIR}"; ${editor}`});
	program.type('my draft');
	program.type(ctrl('g'));
	await program.until('the new draft', lines => lines.some(line => line === '❯ two') && lines.some(line => line === '  lines'));
	const read = (name: string) => readFileSync(join(home.home, name), 'utf8');
	assert.equal(read('seen.txt'), 'my draft');
	assert.match(read('mode.txt'), /^-rw-------/);
	assert.match(read('path.txt'), /\.md$/);
	assert.equal(existsSync(read('path.txt')), false);
	program.type('\u001F');
	await program.shows(/^❯ my draft$/m);
});

test('an editor that fails leaves the draft, and so does one that is not there', async context => {
	const {program} = await startIn(context, {editor: 'echo lost > "$2"; exit 3'});
	program.type('my draft');
	program.type(ctrl('x'));
	await program.shows('Ctrl+X …');
	program.type(ctrl('e'));
	await program.shows('ended with 3. Your text is as it was before.');
	await program.shows(/^❯ my draft$/m);
	assert.doesNotMatch(program.lines().join('\n'), /lost/);

	const without = await startChat(context, {columns: 120, env: {EDITOR: 'no-such-editor'}});
	without.program.type(`my draft${ctrl('g')}`);
	await without.program.shows('no-such-editor was not found. Set EDITOR to an editor. Your text is as it was before.');
	await without.program.shows(/^❯ my draft$/m);
});

test('what cannot be read back stays in its file, which is named', async context => {
	const {program, home} = await startIn(context, {editor: `printf '\\377\\376' > "$2"`, columns: 200});
	program.type(`my draft${ctrl('g')}`);
	await program.shows(/cannot be read back: it is not UTF-8\. It is in \S+message\.md;/);
	const [, path = ''] = /It is in (\S+message\.md);/.exec(program.lines().join('\n')) ?? [];
	assert.ok(path.startsWith(home.home) && existsSync(path), path);
});

test("an answer goes on while the editor is open, and writes nothing into its screen; Ctrl+C there is the editor's", async context => {
	const {program} = await startIn(context, {
		editor: `trap 'echo interrupted' INT; echo THE EDITOR; until [ "$line" ]; do read line; done; echo "$line" > "$2"; echo THE END`,
	});
	program.type('Count [[n=60 rate=40]]\r');
	await program.shows('tok3');
	program.type(ctrl('g'));
	await program.shows('THE EDITOR');
	program.type(ctrl('c'));
	// A shell that was not reading yet answers behind the next line.
	program.type('\r');
	await program.shows('interrupted');
	program.type('from the editor\r');
	await program.shows(/^❯ from the editor$/m);
	const written = program.written();
	const inEditor = written.slice(written.indexOf('THE EDITOR'), written.indexOf('THE END'));
	assert.doesNotMatch(inEditor, /tok|online|answering/);
	await program.shows('tok59');
	await program.shows('online');
});

test('a key of the configuration does it, and its usual key no more', async context => {
	const {program} = await startIn(context, {config: {keys: {'history-search': 'Ctrl+X s', submit: ['Ctrl+S'], 'insert-newline': 'Enter'}}});
	program.type('one');
	await program.shows(/^❯ one$/m);
	program.type('\r');
	await program.until('a line below', lines => (lines.at(-2) ?? '').trim() === '');
	program.type('two');
	await program.until('two lines', lines => lines.some(line => line === '❯ one') && lines.some(line => line === '  two'));
	program.type(ctrl('s'));
	await program.shows('You said: one');
	await program.shows(/online/);
	program.type(`${ctrl('r')}${ctrl('x')}`);
	await program.shows('Ctrl+X …');
	program.type('s');
	await program.shows('history: ');
});

test('a configuration with one chord for two keys is one clear line', async context => {
	const home = freshHome(context);
	home.writeConfig({keys: {redraw: 'Ctrl+B', raw: 'Ctrl+B'}});
	const program = startInPty(context, process.execPath, [launcher], {env: home.env, columns: 200});
	assert.equal((await program.ended()).code, 78);
	assert.match(program.lines().join('\n'), /^clawtalk: keys in \S+config\.json: gives Ctrl\+B to both redraw and raw\.$/m);
});

const skip = without('bash');

/** A shell with job control, in which a chat is started, and what the chat has set of the terminal by now. */
async function startShell(context: TestContext) {
	const gateway = await demoGatewayFor(context);
	const home = freshHome(context);
	const inputrc = join(home.home, 'inputrc');
	writeFileSync(inputrc, 'set enable-bracketed-paste off\n');
	const env = {...chatEnvironment(home, gateway), PS1: 'shell> ', INPUTRC: inputrc};
	const program = startInPty(context, 'bash', ['--norc', '--noprofile', '-i'], {env});
	await program.shows('shell>');
	const modes = () => {
		const written = program.written();
		const isOn = (on: string, off: string) => written.lastIndexOf(on) > written.lastIndexOf(off);
		return {
			paste: isOn('\u001B[?2004h', '\u001B[?2004l'),
			cursor: isOn('\u001B[?25h', '\u001B[?25l'),
			keys: written.split('\u001B[>1u').length - written.split('\u001B[<u').length,
		};
	};
	return {program, modes};
}

test('Ctrl+Z gives the terminal to the shell and fg brings the chat back, also while an answer streams', {skip}, async context => {
	const {program, modes} = await startShell(context);
	program.type(`${process.execPath} ${launcher}\r`);
	await program.shows('online');
	program.type('my draft');
	await program.shows('❯ my draft');
	assert.equal(modes().paste, true);

	program.type(ctrl('z'));
	await program.shows('Stopped');
	program.type('echo in the $((1 + 1))nd shell\r');
	await program.shows('in the 2nd shell');
	assert.deepEqual(modes(), {paste: false, cursor: true, keys: 0});
	program.type('fg\r');
	await program.until('the chat again', lines => /online/.test(lines.slice(-1)[0] ?? ''));
	assert.equal(modes().paste, true);

	program.type(`${ctrl('u')}Count [[n=80 rate=40]]\r`);
	await program.shows('tok3');
	program.type(ctrl('z'));
	await program.until('stopped again', lines => lines.filter(line => line.includes('Stopped')).length === 2);
	assert.deepEqual(modes(), {paste: false, cursor: true, keys: 0});
	program.type('fg\r');
	await program.shows('tok79');
	await program.until('the end of the answer', lines => /online/.test(lines.at(-1) ?? ''));
	const text = program.lines().join('\n');
	for (const token of ['tok0 tok1', 'tok40', 'tok79']) assert.equal(text.split(token).length, 2, `${token} is there once`);
});

test('a SIGTSTP from elsewhere gives the terminal back as well, and fg takes it again, also twice', {skip}, async context => {
	const {program, modes} = await startShell(context);
	program.type(`sh -c 'echo "the pid is $$."; exec ${process.execPath} ${launcher}'\r`);
	await program.shows('online');
	const [, pid = ''] = /the pid is (\d+)\./.exec(program.lines().join('\n')) ?? [];
	program.type('Count [[n=80 rate=40]]\r');
	await program.shows('tok3');
	for (const times of [1, 2]) {
		process.kill(Number(pid), 'SIGTSTP');
		await program.until('stopped', lines => lines.filter(line => line.includes('Stopped')).length === times);
		program.type(`echo in the $((${times} + 1)). shell\r`);
		await program.shows(`in the ${times + 1}. shell`);
		assert.deepEqual(modes(), {paste: false, cursor: true, keys: 0});
		program.type('fg\r');
		await program.until('the chat again', lines => /online|answering/.test(lines.at(-1) ?? ''));
		assert.equal(modes().paste, true);
	}
	await program.shows('tok79');
	await program.until('the end of the answer', lines => /online/.test(lines.at(-1) ?? ''));
});
