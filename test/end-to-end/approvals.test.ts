import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import type {DemoGateway} from '../../source/demo/options.js';
import {chatEnvironment, demoGatewayFor, launcher} from '../helpers/chat-program.js';
import {type FreshHome, freshHome} from '../helpers/fresh-home.js';
import {keptRecords} from '../helpers/kept-records.js';
import {type PtyProgram, startInPty} from '../helpers/pty.js';

const wanted = (command: string) =>
	`[[fault=tool tool=exec args=${JSON.stringify({command}).replaceAll(' ', '~').replace('\u202E', '\\u202E')} ask=1 n=3]]`;

interface Asked {
	readonly program: PtyProgram;
	readonly gateway: DemoGateway;
	readonly home: FreshHome;
}

/** A chat that may answer approvals, with a question whose tool needs one. */
async function chatThatAsks(test_: TestContext, command: string, args: readonly string[] = []): Promise<Asked> {
	const gateway = await demoGatewayFor(test_);
	const home = freshHome(test_);
	home.writeConfig({approvals: true});
	const program = startInPty(test_, process.execPath, [launcher, ...args], {env: chatEnvironment(home, gateway)});
	await program.shows(args.length === 0 ? 'control plane' : 'You:');
	program.type(wanted(command));
	await program.shows('n=3]]');
	program.type('\r');
	return {program, gateway, home};
}

/** Presses a key of the request as soon as it is one: before, it is typed into the message, and taken back. */
async function press(program: PtyProgram, key: string, effect: string): Promise<void> {
	for (;;) {
		program.type(key);
		const typed = `❯ ${key}`;
		await program.until('the key', lines => lines.some(line => line.includes(effect)) || lines.some(line => line.trimEnd() === typed));
		if (program.lines().some(line => line.includes(effect))) return;
		program.type('\u0015');
		await program.until('an empty message', lines => lines.some(line => line.trimEnd() === '❯'));
	}
}

test('a command waits above the composer; typed ahead, Enter and a paste do not run it, two keys do', async context => {
	const {program, gateway, home} = await chatThatAsks(context, 'rm -rf \u202Ex');
	await program.shows('A command waits for your approval');
	await program.shows('│ rm -rf \\u{202E}x');
	program.type('1y');
	await program.shows('❯ 1y');
	await program.shows('Your message comes first');
	program.type('\u0015');
	await program.until('an empty message', lines => lines.some(line => line.trimEnd() === '❯'));
	program.type('\u001B[200~1y\u001B[201~');
	await program.shows('❯ 1y');
	program.type('\u0015');
	await program.until('an empty message', lines => lines.some(line => line.trimEnd() === '❯'));
	program.type('\r');
	program.type('\r');
	// What follows Enters at once makes line ends of them; the first second may end at once, too.
	await nextSecond(program);
	await nextSecond(program);
	await press(program, '1', 'y: run it ONCE');
	assert.equal(gateway.control.pendingApprovals.length, 1);
	program.type('\r');
	await program.shows('1 then y: allow once');
	assert.equal(gateway.control.pendingApprovals.length, 1);
	await press(program, '1', 'y: run it ONCE');
	await confirm(program);
	await program.shows('You allowed once: rm -rf \\u{202E}x');
	await program.shows('tok0 tok1 tok2');
	await program.shows(/❯\nonline/);
	assert.deepEqual(gateway.control.pendingApprovals, []);
	program.type('\u0003');
	await program.shows('Ctrl+C again quits');
	program.type('\u0003');
	await program.ended();
	const kept = keptRecords(home.home).find(({kind}) => kind === 'approval');
	assert.deepEqual([kept?.['outcome'], kept?.['command']], ['allow-once', 'rm -rf \\u{202E}x']);
});

async function nextSecond(program: PtyProgram): Promise<void> {
	const seconds = () => program.lines().findLast(line => /a tool is running|waiting for your approval/.test(line));
	const before = seconds();
	await program.until('the next second', () => seconds() !== before);
}

/** The second key, when the status line has counted on; too soon after the first one both are typed, and the first one is pressed again. */
async function confirm(program: PtyProgram): Promise<void> {
	for (;;) {
		await nextSecond(program);
		program.type('y');
		await program.until(
			'the answer',
			lines => lines.some(line => /You allowed|tok0|❯ 1y/.test(line)) || !lines.some(line => line.includes('waits for your')),
		);
		if (!program.lines().some(line => line.includes('❯ 1y'))) return;
		program.type('\u0015');
		await program.until('an empty message', lines => lines.some(line => line.trimEnd() === '❯'));
		await press(program, '1', 'y: run it ONCE');
	}
}

test('one key denies', async context => {
	const {program, gateway} = await chatThatAsks(context, 'id');
	await program.shows('A command waits for your approval');
	await press(program, '3', 'You denied: id');
	assert.deepEqual(gateway.control.pendingApprovals, []);
});

test('put aside, the status line tells of it, and /approvals shows it again', async context => {
	const {program} = await chatThatAsks(context, 'id');
	await program.shows('A command waits for your approval');
	await press(program, '1', 'y: run it ONCE');
	program.type('\u001B');
	await program.shows('1 then y: allow once');
	program.type('\u001B');
	await program.shows('1 command waits for approval: /approvals');
	program.type('/approvals');
	await program.shows('❯ /approvals');
	program.type('\r');
	await program.shows('A command waits for your approval');
});

test('answered elsewhere first, it goes away', async context => {
	const {program, gateway} = await chatThatAsks(context, 'id');
	await program.shows('A command waits for your approval');
	const [id = ''] = gateway.control.pendingApprovals;
	assert.equal(gateway.control.resolveApproval(id, 'deny'), true);
	await program.shows('Not answered here: openclaw-control-ui denied: id');
});

test('for a screen reader it is said whole, and a code answers it', async context => {
	const {program, gateway} = await chatThatAsks(context, 'rm -rf \u202Ex', ['--screen-reader']);
	await program.shows('Command: rm -rf \\u{202E}x');
	await program.shows('To answer: /approve');
	const [id = ''] = gateway.control.pendingApprovals;
	program.type(`/deny ${id.slice(0, 4)}`);
	await program.shows(`/deny ${id.slice(0, 4)}`);
	program.type('\r');
	await program.shows('your answer is on its way');
	await program.shows('You denied: rm -rf');
});
