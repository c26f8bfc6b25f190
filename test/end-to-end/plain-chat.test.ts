import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {chatEnvironment, demoGatewayFor, launcher, token} from '../helpers/chat-program.js';
import {freshHome} from '../helpers/fresh-home.js';
import {startInPty} from '../helpers/pty.js';
import {questionsTo} from '../helpers/questions.js';
import {runProgram} from '../helpers/run-program.js';

test('piped: each line is a question with memory, answers go to stdout, the rest to stderr', async context => {
	const gateway = await demoGatewayFor(context);
	const home = freshHome(context);
	const stdin = 'one [[n=2]]\n\n/status\ntwo [[n=3]]\n';
	const {code, stdout, stderr} = await runProgram(process.execPath, [launcher], {env: chatEnvironment(home, gateway), stdin});
	assert.equal(stdout, 'tok0 tok1\ntok0 tok1 tok2\n');
	assert.match(stderr, /Connected: /);
	assert.equal(code, 0);
	const keys = questionsTo(gateway).map(({key}) => key);
	assert.equal(keys.length, 2);
	assert.equal(keys[0], keys[1]);
});

test('piped: a failure is said on stderr and is the exit code', async context => {
	const gateway = await demoGatewayFor(context);
	const home = freshHome(context);
	const env = chatEnvironment(home, gateway);
	const failed = await runProgram(process.execPath, [launcher], {env, stdin: 'cut [[n=50 rate=0 fault=cut at=10]]\nnever sent\n'});
	assert.match(failed.stdout, /^tok0 tok1/);
	assert.equal(failed.code, 74);
	assert.equal(questionsTo(gateway).length, 1);
	await gateway.kill();
	const refused = await runProgram(process.execPath, [launcher], {env, stdin: 'hello\n'});
	assert.equal(refused.stdout, '');
	assert.match(refused.stderr, /✗ .*refused/);
	assert.equal(refused.code, 69);
});

test('piped: files go with the next message, and another profile is gone to after a yes', async context => {
	const [gateway, other] = [await demoGatewayFor(context), await demoGatewayFor(context)];
	const home = freshHome(context);
	const notes = join(home.home, 'notes.txt');
	writeFileSync(notes, 'remember the milk\n');
	writeFileSync(join(home.home, '.env'), 'PASSWORD=tomato\n');
	home.writeConfig({profiles: {home: {gatewayUrl: other.origin, gatewayToken: token}}});
	const lines = [
		`/attach ${notes}`,
		`/attach ${join(home.home, '.env')}`,
		'n',
		'what is it? [[n=2]]',
		'and now? [[n=3]]',
		'/profile home',
		'n',
		'still here [[n=4]]',
		'/profile home',
		'y',
		'there [[n=5]]',
	];
	const {code, stdout, stderr} = await runProgram(process.execPath, [launcher], {
		env: chatEnvironment(home, gateway),
		stdin: `${lines.join('\n')}\n`,
	});
	assert.equal(stdout.split('\n').length, 5, stdout);
	// Where a line is broken depends on the length of the path.
	const said = stderr.replace(/\s+/g, ' ');
	assert.match(said, /notes\.txt 18 B goes with the next message/);
	assert.match(said, /Attach \S*\.env\? It may hold secrets\./);
	assert.match(said, /Switch to profile home\?/);
	const asked = (peer: typeof gateway) => questionsTo(peer).map(question => JSON.stringify(question));
	const [first = '', second = '', third = '', ...more] = asked(gateway);
	assert.match(first, /what is it\? .*remember the milk/);
	assert.doesNotMatch([second, third].join(), /milk/);
	assert.match(third, /still here/);
	assert.deepEqual(more, []);
	assert.match(asked(other).join(), /there/);
	assert.doesNotMatch([...asked(gateway), ...asked(other)].join(), /tomato/);
	assert.equal(code, 0);
});

test('TERM=dumb: a prompt, answers, and no control sequence', async context => {
	const gateway = await demoGatewayFor(context);
	const home = freshHome(context);
	const program = startInPty(context, process.execPath, [launcher], {env: {...chatEnvironment(home, gateway), TERM: 'dumb'}});
	await program.shows(/^>/m);
	program.type('hi [[n=2 text=md]]\r');
	await program.shows('Some **bold** and `code`.');
	await program.until('the next prompt', lines => lines.at(-1) === '>');
	program.type('Count [[n=1000 rate=50]]\r');
	await program.shows('tok9');
	program.type('\u0003');
	await program.shows('Stopped; what came is kept.');
	await program.until('the prompt again', lines => lines.at(-1) === '>');
	program.type('\u0004');
	assert.equal((await program.ended()).code, 0);
	assert.equal(program.written().includes('\u001B'), false);
});
