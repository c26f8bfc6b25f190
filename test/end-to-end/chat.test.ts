import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {chatEnvironment, launcher, startChat} from '../helpers/chat-program.js';
import {startInPty} from '../helpers/pty.js';
import {questionsTo} from '../helpers/questions.js';

test('a question is typed, sent and answered; the conversation is on disk; Ctrl+D quits', async context => {
	const {program, gateway, home} = await startChat(context);
	program.type('Say five words [[n=5 rate=0]]');
	await program.shows('❯ Say five words');
	assert.match(program.cursor().line, /^❯ Say five words/);
	assert.equal(program.cursor().column, '❯ Say five words [[n=5 rate=0]]'.length);
	program.type('\r');
	await program.shows('tok0 tok1 tok2 tok3 tok4');
	await program.shows(/❯\nonline/);
	program.type('\u0004');
	assert.deepEqual(await program.ended(), {code: 0, signal: 0});
	assert.equal(questionsTo(gateway).length, 1);
	const folder = join(home.home, '.clawtalk', 'conversations');
	const [file = ''] = readdirSync(folder).filter(name => name.endsWith('.jsonl'));
	const records = readFileSync(join(folder, file), 'utf8')
		.trim()
		.split('\n')
		.map(line => JSON.parse(line));
	assert.deepEqual(
		records.map(({kind}) => kind),
		['conversation', 'question', 'answer'],
	);
	assert.equal(records[2].ended, 'complete');
});

test('a pasted text keeps its lines and waits for Enter', async context => {
	const {program, gateway} = await startChat(context);
	program.paste('first line\r\nsecond line\r\n\tthird [[n=1]]');
	await program.shows('third [[n=1]]');
	await program.shows(/❯ first line\n {2}second line\n {6}third/);
	assert.deepEqual(questionsTo(gateway), []);
	program.type('\r');
	await program.shows('tok0');
	assert.equal(questionsTo(gateway)[0]?.text, 'first line\nsecond line\n\tthird [[n=1]]');
});

test('the cursor stands at the caret, also between wide characters', async context => {
	const {program} = await startChat(context);
	program.type('你好👩‍👩‍👧x');
	await program.until('the caret after x', () => program.cursor().column === 2 + 4 + 2 + 1);
	program.type('\u001B[D\u001B[D');
	await program.until('the caret before the family', () => program.cursor().column === 2 + 4);
	program.type('\u0017');
	await program.until('the word cut', () => program.cursor().column === 2 && program.cursor().line.includes('👩‍👩‍👧x'));
});

test('what is typed while an answer streams is shown at once and kept', async context => {
	const {program} = await startChat(context);
	program.type('Go on [[n=400 rate=100 text=md]]\r');
	await program.shows('Heading');
	program.type('next question');
	await program.shows('❯ next question');
	assert.doesNotMatch(program.written(), /\u001B\[[23]J/);
	program.type('\u001B');
	await program.shows('Stopped; what came is kept.');
	await program.shows('❯ next question');
});

test('Esc stops an answer and keeps what came', async context => {
	const {program, gateway} = await startChat(context);
	program.type('Count [[n=1000 rate=50]]\r');
	await program.shows('tok9');
	program.type('\u001B');
	await program.shows('Stopped; what came is kept.');
	await program.shows('online');
	assert.match(program.lines().join('\n'), /tok0 tok1 tok2/);
	await program.until(
		'the run to stop',
		() =>
			gateway.requests.some(({path, clientLeft}) => clientLeft && path === '/v1/chat/completions') ||
			gateway.calls.some(({method}) => method === 'chat.abort'),
	);
});

test('Ctrl+C stops an answer first and quits when pressed twice at an empty prompt', async context => {
	const {program} = await startChat(context);
	program.type('Count [[n=1000 rate=50]]\r');
	await program.shows('tok9');
	program.type('\u0003');
	await program.shows('Stopped; what came is kept.');
	program.type('x\u0003');
	await program.until('an empty composer', lines => lines.at(-2) === '❯');
	program.type('\u0003');
	await program.shows('Ctrl+C again quits');
	program.type('\u0003');
	assert.equal((await program.ended()).code, 0);
});

test('a gateway killed in the middle of an answer over HTTP: the text is kept, the cause is said, the draft stays', async context => {
	const {program, gateway} = await startChat(context, {env: {CLAWTALK_TRANSPORT: 'http'}});
	program.type('Count [[n=1000 rate=50]]\r');
	await program.shows('tok9');
	program.type('my next thought');
	await gateway.kill();
	await program.shows('✗');
	await program.shows('is kept; it is not complete');
	await program.shows('offline since');
	assert.match(program.lines().join('\n'), /tok0 tok1 tok2/);
	assert.match(program.lines().join('\n'), /❯ my next thought/);
	program.type('\r');
	await program.shows('Still not reachable; nothing was sent, your text is still here.');
	await program.shows(/❯ my next thought\noffline/);
	assert.equal(program.lines().filter(line => line.startsWith('✗ Nothing listens')).length, 1);
});

test('a gateway killed in the middle of an answer over the control plane: the answer may go on, and Esc waits no longer', async context => {
	const {program, gateway} = await startChat(context);
	program.type('Count [[n=1000 rate=50]]\r');
	await program.shows('tok9');
	await gateway.kill();
	await program.shows(/^offline since \d\d:\d\d · the answer may go on/m);
	await program.shows('✗ Nothing listens');
	assert.match(program.lines().join('\n'), /tok0 tok1 tok2/);
	program.type('\u001B');
	await program.shows('The connection broke, and the rest was not waited for; what came is kept.');
	await program.shows(/^offline since \d\d:\d\d · (?!the answer)/m);
});

test('help, unknown commands and a new conversation', async context => {
	const {program} = await startChat(context);
	program.type('/help\r');
	await program.shows('Help · search:');
	program.type('leave');
	await program.shows(/\/quit +leave/);
	program.type('\u001B');
	await program.until('all of it', lines => lines.includes('Help · search:'));
	program.type('\u001B');
	await program.until('no help', lines => !lines.some(line => line.includes('Help · search')));
	program.type('/hlep\r');
	await program.shows('There is no command /hlep. Did you mean /help?');
	program.type('/new\r');
	await program.shows('A new conversation.');
	program.type('/quit\r');
	assert.equal((await program.ended()).code, 0);
});

const atTheTop = '\u001B[2;1H';

test('/clear begins an empty screen and keeps everything in the scrollback', async context => {
	const {program} = await startChat(context);
	program.type('Say it [[n=3]]\r');
	await program.shows('tok2');
	await program.shows(/❯\nonline/);
	program.type('/clear');
	await program.shows('❯ /clear');
	program.type('\r');
	await program.until('the composer at the top', () => program.written().includes(atTheTop) && /^❯/.test(program.cursor().line));
	await program.shows('The screen is cleared.');
	assert.doesNotMatch(program.written().split(atTheTop)[1] ?? '/clear', /❯.*\/clear/, 'no frame of before is drawn again');
	assert.equal(program.lines().filter(line => line.startsWith('online')).length, 1);
	assert.match(program.lines().join('\n'), /tok0 tok1 tok2/);
	assert.doesNotMatch(program.written(), /\u001B\[[23]J/);
	program.type('after');
	await program.shows('❯ after');
});

test('a window made narrower leaves no torn copies of the live area behind', async context => {
	const {program} = await startChat(context, {columns: 100, rows: 30});
	program.type('Count [[n=90 rate=0 fault=stall at=60]]\r');
	await program.shows('tok59');
	program.type('typed text');
	await program.shows('❯ typed text');
	for (const columns of [90, 80, 70, 60, 50]) {
		program.resize(columns, 30);
		await program.until(
			`a frame of ${columns} columns`,
			lines => lines.some(line => line.includes('tok59')) && tailWidth(lines) > columns - 7,
		);
	}
	const text = program.lines().join('\n');
	assert.equal(text.split('❯ typed text').length - 1, 1, text);
	assert.equal(text.split('tok0 ').length - 1, 1, text);
});

test('a window made narrower while text arrives loses none of it', async context => {
	const {program} = await startChat(context, {columns: 100, rows: 30});
	program.type('Count [[n=200 rate=100]]\r');
	await program.shows('tok40');
	for (const columns of [80, 60, 50, 120]) {
		program.resize(columns, 30);
		await program.shows('answering');
	}
	await program.shows('tok199');
	await program.shows(/❯\nonline/);
	const text = program.lines().join(' ');
	for (let token = 0; token < 200; token++) assert.ok(text.includes(`tok${token}`), `tok${token}`);
	assert.doesNotMatch(program.written(), /\u001B\[[23]J/);
	// tmux keeps a copy of what an erasure in the first row takes.
	assert.doesNotMatch(program.written(), /(?<!\u001B\[1B)\u001B\[J/);
});

/** Width of the widest line of the answer, once no line is wider than the terminal and none was cut. */
function tailWidth(lines: readonly string[]): number {
	const tail = lines.filter(line => line.startsWith('tok'));
	return tail.some(line => line.endsWith('…')) ? 0 : Math.max(...tail.map(line => line.length));
}

test('a very small terminal still shows the composer', async context => {
	const {program} = await startChat(context, {columns: 20, rows: 4});
	program.type('Hi [[n=60 rate=0]]\r');
	await program.shows('tok59');
	program.type('still here');
	await program.shows('❯ still here');
	assert.doesNotMatch(program.written(), /\u001B\[[23]J/);
});

test('idle, the program writes nothing', async context => {
	const {program} = await startChat(context);
	let quietSeconds = 0;
	// Here time itself is the subject: nothing may tick. On a busy machine the last frame of the start may still be under way.
	for (let looks = 0; looks < 8 && quietSeconds < 2; looks++) {
		const before = program.written().length;
		await new Promise(resolve => setTimeout(resolve, 1000));
		quietSeconds = program.written().length === before ? quietSeconds + 1 : 0;
	}
	assert.equal(quietSeconds, 2, program.written().slice(-500));
});

test('CI in the environment does not make the chat mute', async context => {
	const {program} = await startChat(context, {env: {CI: ''}});
	program.type('hello');
	await program.shows('❯ hello');
});

test('NO_COLOR leaves no colour and no bold', async context => {
	const {program} = await startChat(context, {env: {NO_COLOR: '1'}});
	program.type('Show [[n=11 text=md]]\r');
	await program.shows('• two');
	assert.doesNotMatch(program.written(), /\u001B\[[\d;]*m/);
});

test('what stands in the composer survives SIGTERM and is there again', async context => {
	const {program, home, gateway} = await startChat(context);
	program.type('not sent yet');
	await program.shows('❯ not sent yet');
	program.signal('SIGTERM');
	assert.equal((await program.ended()).code, 143);
	const again = startInPty(context, process.execPath, [launcher], {env: chatEnvironment(home, gateway)});
	await again.shows('❯ not sent yet');
});

test('a terminal that is closed says so more than once: typed and queued text are there again', async context => {
	const {program, home, gateway} = await startChat(context);
	program.type('Count [[n=1000 rate=50]]\r');
	await program.shows('tok1');
	program.type('queued\r');
	await program.shows('next: queued');
	program.type('typed');
	await program.shows('❯ typed');
	program.signal('SIGHUP');
	program.signal('SIGHUP');
	assert.equal((await program.ended()).code, 129);
	const again = startInPty(context, process.execPath, [launcher, '--continue'], {env: chatEnvironment(home, gateway)});
	await again.shows(/❯ queued\n\n {2}typed/);
});

test('what is queued is on disk soon: SIGKILL does not lose it', async context => {
	const {program, home, gateway} = await startChat(context);
	program.type('Count [[n=1000 rate=50]]\r');
	await program.shows('tok1');
	program.type('queued\r');
	await program.shows('next: queued');
	const folder = join(home.home, '.clawtalk', 'conversations');
	await program.until('the draft', () => readdirSync(folder).some(name => name.endsWith('.draft.json')));
	program.signal('SIGKILL');
	await program.ended();
	const fresh = startInPty(context, process.execPath, [launcher], {env: chatEnvironment(home, gateway)});
	await fresh.shows('Unsent text waits in “Count [[n=1000 rate=50]]”: /resume');
	fresh.type('\u0004');
	await fresh.ended();
	const again = startInPty(context, process.execPath, [launcher, '--continue'], {env: chatEnvironment(home, gateway)});
	await again.shows('❯ queued');
});
