import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import type {DemoGateway} from '../../source/demo/options.js';
import {chatEnvironment, demoGatewayFor, launcher, startChat} from '../helpers/chat-program.js';
import type {FreshHome} from '../helpers/fresh-home.js';
import {type PtyProgram, startInPty} from '../helpers/pty.js';
import {type Arrived, questionsTo} from '../helpers/questions.js';

/** What was asked, what was sent along, and in which session. */
function asked(gateway: DemoGateway): readonly Pick<Arrived, 'text' | 'earlier' | 'key'>[] {
	return questionsTo(gateway).map(({text, earlier, key}) => ({text, earlier, key}));
}

function records(home: FreshHome): readonly Record<string, unknown>[] {
	const folder = join(home.home, '.clawtalk', 'conversations');
	return readdirSync(folder)
		.filter(name => name.endsWith('.jsonl'))
		.flatMap(name => readFileSync(join(folder, name), 'utf8').trim().split('\n'))
		.map(line => JSON.parse(line) as Record<string, unknown>);
}

/** Another run of clawtalk in the same home. */
async function runAgain(test: TestContext, home: FreshHome, gateway: DemoGateway, ...args: readonly string[]): Promise<PtyProgram> {
	const program = startInPty(test, process.execPath, [launcher, ...args], {env: chatEnvironment(home, gateway)});
	await program.shows('online');
	return program;
}

async function say(program: PtyProgram, text: string, until: string | RegExp): Promise<void> {
	program.type(`${text}\r`);
	await program.shows(until);
	await program.shows(/online/);
}

async function quit(program: PtyProgram): Promise<void> {
	program.type('\u0004');
	await program.ended();
}

test('--continue goes on in the same session, in a new process: the agent remembers', async context => {
	const {program, gateway, home} = await startChat(context);
	await say(program, 'my name is Ada', 'Hello Ada');
	await quit(program);
	const [, named = ''] = /To go on: clawtalk --resume (\w+)/.exec(program.lines().join('\n')) ?? [];
	assert.ok(named !== '' && String(records(home)[0]?.['id']).startsWith(named));
	const again = await runAgain(context, home, gateway, '--continue');
	await again.shows('❯ my name is Ada');
	await again.shows(/Hello Ada/);
	await say(again, 'what is my name?', 'Your name is Ada.');
	const [first, second] = asked(gateway);
	assert.deepEqual([first?.key, second?.earlier], [second?.key, []]);
	// What is said is on disk when the chat has ended.
	await quit(again);
	const ids = records(home).flatMap(({kind, id}) => (kind === 'question' ? [id] : []));
	assert.equal(new Set(ids).size, 2);
});

test('--continue says that there is nothing to go on with', async context => {
	const {program} = await startChat(context, {args: ['--continue']});
	await program.shows('There is no conversation with this gateway yet: this is a new one.');
});

test('a conversation is resumed by its name, from a list, and not from one that it is not', async context => {
	const {program, gateway, home} = await startChat(context);
	await say(program, 'my name is Ada', 'Hello Ada');
	await say(program, '/rename green birds', 'is called green birds');
	await say(program, '/new', 'A new conversation');
	await say(program, 'my name is Bob', 'Hello Bob');
	await quit(program);
	const named = await runAgain(context, home, gateway, '--resume', 'green birds');
	await named.shows(/Conversation green birds/);
	await say(named, 'what is my name?', 'Your name is Ada.');
	await quit(named);
	const listed = await runAgain(context, home, gateway, '--resume');
	await listed.shows('Conversations (2)');
	listed.type('bob');
	await listed.shows(/search: bob\n❯ my name is Bob/);
	listed.type('\r');
	await listed.shows(/Conversation “my name is Bob”/);
	await say(listed, 'what is my name?', 'Your name is Bob.');
	await quit(listed);
	const none = startInPty(context, process.execPath, [launcher, '--resume', 'no such thing'], {env: chatEnvironment(home, gateway)});
	assert.equal((await none.ended()).code, 2);
	assert.match(none.lines().join('\n'), /there is no conversation "no such thing"/);
});

test('/delete asks, /undo brings back', async context => {
	const {program, home} = await startChat(context);
	await say(program, 'my name is Ada', 'Hello Ada');
	program.type('/delete\r');
	await program.shows('into the trash?');
	program.type('y');
	await program.shows('/undo brings it back. This is a new conversation.');
	assert.deepEqual(records(home), []);
	program.type('/undo\r');
	await program.shows(/Conversation “my name is Ada”/);
	await say(program, 'what is my name?', 'Your name is Ada.');
});

test('/retry, /edit and /fork: the model reads what was said before once, and not what was replaced', async context => {
	const {program, gateway} = await startChat(context);
	await say(program, 'The bird is a heron [[n=1 rate=0]]', 'tok0');
	await say(program, 'The fish is a carp [[n=2 rate=0]]', 'tok1');
	await say(program, '/retry', /fresh session[\s\S]*tok1/);
	const heron = 'The bird is a heron [[n=1 rate=0]]';
	await program.until('the answer', () => asked(gateway).length === 3);
	assert.deepEqual(asked(gateway)[2], {
		text: 'The fish is a carp [[n=2 rate=0]]',
		earlier: [heron, 'tok0'],
		key: `${asked(gateway)[0]?.key}:2`,
	});
	program.type('/edit\r');
	await program.shows('edits your last message');
	program.type('\u0015The fish is a pike [[n=3 rate=0]]\r');
	await program.shows('tok2');
	assert.deepEqual(asked(gateway)[3]?.earlier, [heron, 'tok0']);
	assert.equal(asked(gateway)[3]?.key, `${asked(gateway)[0]?.key}:3`);
	await program.shows(/online/);
	await say(program, '/fork', 'A copy of the conversation so far');
	await say(program, 'What did I tell you? [[n=1 rate=0]]', '❯ What did I tell you?');
	await program.until('the question', () => asked(gateway).length === 5);
	await program.shows(/tell you[\s\S]*tok0/);
	const copy = asked(gateway)[4];
	assert.deepEqual(copy?.earlier, [heron, 'tok0', 'The fish is a pike [[n=3 rate=0]]', 'tok0 tok1 tok2']);
	assert.notEqual(copy?.key?.split(':')[1], asked(gateway)[0]?.key?.split(':')[1]);
	await say(program, 'go on [[n=1 rate=0]]', /❯ go on/);
	await program.until('the last question', () => asked(gateway).length === 6);
	assert.deepEqual([asked(gateway)[5]?.earlier, asked(gateway)[5]?.key], [[], copy?.key]);
});

test('/search finds words in another conversation and opens it there', async context => {
	const {program} = await startChat(context);
	await say(program, 'my name is Ada', 'Hello Ada');
	await say(program, '/new', 'A new conversation');
	await say(program, 'my name is Bob', 'Hello Bob');
	program.type('/search hello ada\r');
	await program.shows('Found: hello ada (1)');
	program.type('\r');
	await program.shows(/Conversation “my name is Ada”/);
	await say(program, 'what is my name?', 'Your name is Ada.');
});

test('two chats in one conversation: nothing of either is lost, and opening it again shows both', async context => {
	const {program, gateway, home} = await startChat(context);
	await say(program, 'my name is Ada', 'Hello Ada');
	const other = await runAgain(context, home, gateway, '--continue');
	await say(other, 'from the other one [[n=2 rate=0]]', 'tok1');
	await say(program, 'from the first one [[n=3 rate=0]]', 'tok2');
	await say(other, 'once more [[n=4 rate=0]]', 'tok3');
	await quit(program);
	await quit(other);
	const kept = records(home);
	const questions = kept.flatMap(({kind, id, text}) => (kind === 'question' ? [{id, text}] : []));
	assert.deepEqual(
		// Each writes in the background: the order between the two is the disk's.
		questions.map(({text}) => String(text).split(' [[')[0]).toSorted(),
		['from the first one', 'from the other one', 'my name is Ada', 'once more'],
	);
	assert.equal(new Set(questions.map(({id}) => id)).size, 4);
	assert.equal(kept.filter(({kind}) => kind === 'answer').length, 4);
	const again = await runAgain(context, home, gateway, '--continue');
	for (const text of ['❯ my name is Ada', '❯ from the other one', '❯ from the first one', '❯ once more']) await again.shows(text);
});

test('a gateway that is killed in the middle of an answer: resumed, its text stands there with how it ended', async context => {
	// Over the control plane the answer is not given up: it is looked up when the gateway is back.
	const {program, gateway, home} = await startChat(context, {env: {CLAWTALK_TRANSPORT: 'http'}});
	program.type('Count [[n=1000 rate=50]]\r');
	await program.shows('tok9');
	await gateway.kill();
	await program.shows('is kept; it is not complete');
	await quit(program);
	const other = await demoGatewayFor(context, {port: Number(new URL(gateway.origin).port)});
	const again = await runAgain(context, home, other, '--continue');
	await again.shows(/❯ Count[\s\S]*tok0 tok1 tok2[\s\S]*── The connection broke off\. What came is kept; it is not complete\./);
	again.type('/continue\r');
	await again.shows('❯ Go on where you stopped.');
});

test('a clawtalk that is killed in the middle of an answer: --continue shows what had come', async context => {
	const {program, gateway, home} = await startChat(context);
	program.type('Count [[n=1000 rate=50]]\r');
	await program.shows('tok9');
	await program.until('a part on disk', () => records(home).some(({kind}) => kind === 'answer-part'));
	program.signal('SIGKILL');
	await program.ended();
	const again = await runAgain(context, home, gateway, '--continue');
	await again.shows(/❯ Count[\s\S]*tok0 tok1 tok2[\s\S]*── clawtalk ended before this answer did; what had come is kept/);
});

test('a conversation of another gateway is shown and nothing of it is sent', async context => {
	const {program, gateway, home} = await startChat(context);
	await say(program, 'my name is Ada', 'Hello Ada');
	await quit(program);
	const other = await demoGatewayFor(context);
	const [header] = records(home);
	const there = await runAgain(context, home, other, '--resume', String(header?.['id']));
	await there.shows('It belongs to another gateway');
	there.type('what is my name?\r');
	await there.until('the words again', lines => lines.join('\n').split('belongs to another gateway').length === 3);
	assert.deepEqual(asked(other), []);
	assert.equal(asked(gateway).length, 1);
	there.type('\u0003');
	await there.until('an empty composer', lines => lines.at(-2) === '❯');
	await quit(there);
	const fresh = await runAgain(context, home, other, '--continue');
	await fresh.shows('There is no conversation with this gateway yet');
});

test('line by line, a number chooses from the list', async context => {
	const {program, gateway, home} = await startChat(context);
	await say(program, 'my name is Ada', 'Hello Ada');
	await quit(program);
	const plain = startInPty(context, process.execPath, [launcher], {env: {...chatEnvironment(home, gateway), TERM: 'dumb'}});
	await plain.shows('>');
	plain.type('/sessions\r');
	await plain.shows(/1 {2}my name is Ada/);
	plain.type('1\r');
	await plain.shows(/Conversation “my name is Ada”[\s\S]*Hello Ada/);
	plain.type('what is my name?\r');
	await plain.shows('Your name is Ada.');
	await plain.until('the next prompt', lines => lines.at(-1) === '>');
	plain.type('/delete\r');
	await plain.shows('into the trash?');
	plain.type('y\r');
	await plain.shows('It is in the trash');
});
