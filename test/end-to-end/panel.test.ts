import assert from 'node:assert/strict';
import {mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {chatEnvironment, demoGatewayFor, launcher, startChat, token} from '../helpers/chat-program.js';
import {freshHome} from '../helpers/fresh-home.js';
import {startInPty} from '../helpers/pty.js';
import {questionsTo} from '../helpers/questions.js';

const panelKeys = 'Ctrl+T: panel keys · Esc closes';
const ctrlT = '\u0014';
const esc = '\u001B';
/** N06 where something listens on a usual port of OpenClaw, as on the machine of who has a gateway. */
const nobodyThere = /\[N0[16],\s+certain\]/;
const clipboard = /\u001B\]52;c;([A-Za-z0-9+/=]+)\u0007/;

test('no gateway at the start: the panel opens, letters go to the draft, Ctrl+T gives it the keys', async context => {
	const gateway = await demoGatewayFor(context);
	const home = freshHome(context);
	await gateway.kill();
	const program = startInPty(context, process.execPath, [launcher], {env: chatEnvironment(home, gateway)});
	await program.shows(panelKeys);
	await program.shows(nobodyThere);
	program.type('1rd my words');
	await program.shows('❯ 1rd my words');
	assert.doesNotMatch(program.written(), clipboard);
	program.type(ctrlT);
	await program.shows('1-3 copy');
	program.type('1');
	await program.shows('was sent to your terminal, unconfirmed');
	const copied = Buffer.from(clipboard.exec(program.written())?.[1] ?? '', 'base64').toString();
	assert.match(copied, /^(?:openclaw gateway status|clawtalk status --gateway http:\/\/127\.0\.0\.1:\d+)$/);
	program.type('d');
	await program.shows('Space scroll');
	program.type(esc);
	await program.shows('1-3 copy');
	program.type(ctrlT);
	await program.shows(panelKeys);
	program.type('!');
	await program.shows('❯ 1rd my words!');
	program.type(esc);
	await program.until('the panel closed', lines => !lines.slice(-24).some(line => line.includes(panelKeys)));
	await program.shows('❯ 1rd my words!');
	assert.doesNotMatch(program.written(), /\u001B\[[23]J/);
});

test('killed in the middle of an answer: the text stays, the panel opens; back: said, and nothing is sent again', async context => {
	// Over the control plane the answer is not given up: it is looked up when the gateway is back.
	const {program, gateway} = await startChat(context, {rows: 40, env: {CLAWTALK_TRANSPORT: 'http'}});
	program.type('Count [[n=1000 rate=50]]\r');
	await program.shows('tok9');
	program.type('my next thought');
	await program.shows('❯ my next thought');
	await gateway.kill();
	await program.shows(panelKeys);
	await program.shows('is kept; it is not complete');
	await program.shows(nobodyThere);
	assert.match(program.lines().join('\n'), /tok0 tok1 tok2/);
	const port = Number(new URL(gateway.origin).port);
	const again = await demoGatewayFor(context, {port});
	await program.shows(/Back after \d+ s; your message was not sent: Enter sends it\./);
	await program.shows(/❯ my next thought\nonline/);
	await program.until('the panel closed', lines => !lines.slice(-40).some(line => line.includes(panelKeys)));
	assert.equal(questionsTo(again).length, 0);
	program.type('\r');
	await program.until('the question', () => questionsTo(again).length === 1);
});

test('all is well: Ctrl+T shows the ladder with times, also while an answer streams, and Esc closes it', async context => {
	const {program} = await startChat(context, {rows: 30});
	await program.shows(/online · no profile · 127\.0\.0\.1:\d+ · loopback · control plane · \d+ ms/);
	program.type('Count [[n=1000 rate=50]]\r');
	await program.shows('tok3');
	program.type(ctrlT);
	await program.shows('All is well');
	await program.shows(/✓ gateway .*\d+ ms/);
	await program.shows('Ctrl+C stops');
	program.type(esc);
	await program.shows('Esc stops');
	program.type(esc);
	await program.shows('Stopped; what came is kept.');
});

test('a wrong token: a typed one is hidden, tried, used and saved', async context => {
	const gateway = await demoGatewayFor(context);
	const home = freshHome(context);
	const folder = join(home.home, '.clawtalk');
	mkdirSync(folder, {mode: 0o700});
	const config = join(folder, 'config.json');
	writeFileSync(config, JSON.stringify({gatewayUrl: gateway.origin, gatewayToken: 'wrong-token-0123456789'}), {mode: 0o600});
	const program = startInPty(context, process.execPath, [launcher], {env: home.env});
	await program.shows(panelKeys);
	await program.shows(/A11,\s+certain/);
	program.type(ctrlT);
	await program.shows('t new token');
	program.type('t');
	await program.shows('New token (hidden):');
	program.paste(token);
	await program.shows(`${token.length} characters`);
	program.type('\r');
	await program.shows('Enter saves it');
	program.type('\r');
	await program.shows(/gatewayToken is\s+saved/);
	await program.shows('online');
	assert.equal(JSON.parse(readFileSync(config, 'utf8')).gatewayToken, token);
	assert.equal(program.written().includes(token), false);
	program.type('\u0004');
	assert.equal((await program.ended()).code, 0);
});

test('the report is shown, then written for the user alone', async context => {
	const gateway = await demoGatewayFor(context);
	const home = freshHome(context);
	await gateway.kill();
	const program = startInPty(context, process.execPath, [launcher], {env: chatEnvironment(home, gateway)});
	await program.shows(panelKeys);
	program.type(ctrlT);
	await program.shows('x report');
	program.type('x');
	await program.shows('clawtalk.report/1');
	program.type('\r');
	await program.shows(/only\s+you can read it/);
	const folder = join(home.home, '.clawtalk');
	const [file = ''] = readdirSync(folder).filter(name => name.startsWith('report-'));
	assert.equal(statSync(join(folder, file)).mode & 0o777, 0o600);
	assert.equal(JSON.parse(readFileSync(join(folder, file), 'utf8')).schema, 'clawtalk.report/1');
});
