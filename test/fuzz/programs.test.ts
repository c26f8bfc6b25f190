import assert from 'node:assert/strict';
import {test} from 'node:test';
import {erasedFromSecondRow} from '../../source/terminal/screen-output.js';
import {chatEnvironment, demoGatewayFor, launcher, startChat} from '../helpers/chat-program.js';
import {controlSequences, hidden, isLink, isStyle, textBetween} from '../helpers/control-sequences.js';
import {freshHome} from '../helpers/fresh-home.js';
import {startInPty} from '../helpers/pty.js';
import {questionsTo} from '../helpers/questions.js';

/** The programs on a terminal that shows all they can do, against a model that tries everything (source/demo/hostile.ts). */
const capable = {FORCE_HYPERLINK: '1', COLORTERM: 'truecolor'};
const question = (length: number) => `${'a'.repeat(length)} [[n=400 rate=0 text=hostile]]`;

/** What a chat does to the terminal beside styles and links; parameters of what is hostile are 4242. */
const ofTheChat: readonly RegExp[] = [
	// The cursor: up, forward, to a column; erased to the end of the line and of the screen, and a whole line.
	/^\u001B\[\d{0,2}[ABCEFG]$/,
	/^\u001B\[[02]?K$/,
	/^\u001B\[0?J$/,
	// Modes: cursor shown, synchronized output, bracketed paste, focus, colours of the terminal reported.
	/^\u001B\[\?(?:25|2026|2004|1004|2031)[hl]$/,
	// Questions and the keyboard protocol of kitty.
	/^\u001B\[(?:\?u|>\d+u|<\d*u|c|>c|6n|\?996n)$/,
	// Title: its stack, and our own words.
	/^\u001B\[2[23];[0-2](?:;0)?t$/,
	/^\u001B\][012];[^\u0000-\u001F\u007F-\u009F]*(?:\u0007|\u001B\\)$/,
	/^\u001B\]1[01];\?(?:\u0007|\u001B\\)$/,
	/^\r$/,
];

const erased = '\u001B[J';

function assertClean(written: string, allowed: readonly RegExp[]): void {
	for (const sequence of new Set(controlSequences(written))) {
		const isOurs = isStyle(sequence) || allowed.some(pattern => pattern.test(sequence));
		assert.ok(isLink(sequence) || (isOurs && !/4242|pwned/.test(sequence)), JSON.stringify(sequence));
	}
	assert.doesNotMatch(textBetween(written), hidden);
}

for (const length of [1, 2]) {
	test(`the chat lets through nothing of a hostile answer, seed ${length}`, async context => {
		const {program, gateway} = await startChat(context, {env: capable});
		program.type(`${question(length)}\r`);
		// Enter right before more text would be part of a paste.
		await program.until('the question at the gateway', () => questionsTo(gateway).length === 1);
		program.type('And then? [[n=1 rate=0]]\r');
		await program.shows('tok0');
		program.type('\u0004');
		await program.ended();
		assert.match(program.written(), /pwned|4242A/);
		// Saving the cursor is ours as part of this erasure alone.
		assertClean(program.written().replaceAll(erasedFromSecondRow(erased), erased), ofTheChat);
	});
}

for (const [what, args, env] of [
	['TERM=dumb', [], {TERM: 'dumb'}],
	['a screen reader', ['--screen-reader'], {}],
] as const) {
	test(`the chat for ${what} lets through nothing of a hostile answer, and no control sequence at all`, async context => {
		const gateway = await demoGatewayFor(context);
		const options = {env: {...chatEnvironment(freshHome(context), gateway), ...env}};
		const program = startInPty(context, process.execPath, [launcher, ...args], options);
		await program.shows(/^(?:>|You:)/m);
		program.type(`${question(4)}\r`);
		await program.until('the next prompt', lines => lines.filter(line => /^(?:>|You:)/.test(line)).length > 1);
		program.type('\u0004');
		assert.equal((await program.ended()).code, 0);
		assert.match(program.written(), /words and more/);
		assertClean(program.written(), [/^\r$/]);
		assert.doesNotMatch(program.written(), /\u001B/);
	});
}

for (const args of [[], ['--raw'], ['--no-stream']]) {
	test(`ask ${args.join(' ')} on a terminal lets through nothing of a hostile answer`, async context => {
		const gateway = await demoGatewayFor(context);
		const env = {...chatEnvironment(freshHome(context), gateway), ...capable};
		const program = startInPty(context, process.execPath, [launcher, 'ask', ...args, question(3)], {env});
		assert.equal((await program.ended()).code, 0);
		assert.match(program.written(), /words and more/);
		assertClean(program.written(), [/^\r$/]);
	});
}
