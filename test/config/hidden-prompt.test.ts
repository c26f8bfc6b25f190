import assert from 'node:assert/strict';
import {PassThrough} from 'node:stream';
import {test} from 'node:test';
import {askHidden, hiddenLine} from '../../source/config/hidden-prompt.js';
import {readLine} from '../../source/config/line-input.js';

const keys: ReadonlyArray<readonly [name: string, typed: string, line: string | undefined]> = [
	['typed', 'secret\r', 'secret'],
	['line feed', 'secret\n', 'secret'],
	['backspace', 'secrex\u007ft\r', 'secret'],
	['backspace on nothing', '\u007f\u007fa\r', 'a'],
	['backspace takes a whole character', 'a😀\u007fb\r', 'ab'],
	['Ctrl+U', 'wrong\u0015right\r', 'right'],
	['arrow keys and function keys', 'se\u001b[Dcr\u001b[15~et\u001bOP\r', 'secret'],
	['bracketed paste', '\u001b[200~secret\u001b[201~\r', 'secret'],
	['paste with its own line end', 'secret\rmore', 'secret'],
	['umlauts', 'schlüssel\r', 'schlüssel'],
	['Ctrl+C', 'secr\u0003et\r', undefined],
	['Ctrl+D on nothing', '\u0004', undefined],
	['Ctrl+D after something does nothing', 'a\u0004b\r', 'ab'],
];
for (const [name, typed, line] of keys) {
	test(`${name}, cut at every byte`, () => {
		const bytes = Buffer.from(typed);
		for (let cut = 0; cut <= bytes.length; cut++) {
			const editor = hiddenLine();
			const end = editor.push(bytes.subarray(0, cut)) ?? editor.push(bytes.subarray(cut));
			assert.deepEqual(end, {line}, `cut at ${cut}`);
		}
	});
}

interface FakeTerminal {
	readonly input: PassThrough & {isRaw: boolean; setRawMode(raw: boolean): void};
	readonly output: PassThrough;
	shown(): string;
}

function fakeTerminal(): FakeTerminal {
	const input = Object.assign(new PassThrough(), {
		isRaw: false,
		setRawMode(raw: boolean) {
			input.isRaw = raw;
		},
	});
	const output = new PassThrough();
	return {input, output, shown: () => String(output.read() ?? '')};
}

test('nothing typed is shown, the terminal is raw meanwhile and restored after', async () => {
	const terminal = fakeTerminal();
	const asking = askHidden({...terminal, signal: new AbortController().signal}, 'Token: ');
	assert.equal(terminal.input.isRaw, true);
	terminal.input.write('sesame\r');
	assert.equal(await asking, 'sesame');
	assert.equal(terminal.input.isRaw, false);
	assert.equal(terminal.shown(), 'Token: \n');
	assert.equal(terminal.input.listenerCount('data'), 0);
});

const breaks: ReadonlyArray<readonly [name: string, act: (terminal: FakeTerminal, controller: AbortController) => void]> = [
	['Ctrl+C', ({input}) => input.write('half\u0003')],
	['a signal', (_, controller) => controller.abort('SIGTERM')],
	['the end of input', ({input}) => input.end()],
];
for (const [name, act] of breaks) {
	test(`${name} gives nothing and restores the terminal`, async () => {
		const terminal = fakeTerminal();
		const controller = new AbortController();
		const asking = askHidden({...terminal, signal: controller.signal}, 'Token: ');
		act(terminal, controller);
		assert.equal(await asking, undefined);
		assert.equal(terminal.input.isRaw, false);
	});
}

test('what is pasted after the line end does not answer the next question', async () => {
	const terminal = fakeTerminal();
	const signal = new AbortController().signal;
	const asking = askHidden({...terminal, signal}, 'Token: ');
	terminal.input.write('sesame\rmore of the secret\r');
	assert.equal(await asking, 'sesame');
	const next = readLine(terminal.input, 100, signal);
	terminal.input.write('yes\n');
	assert.equal(await next, 'yes');
});

test('a visible line leaves what follows for the next one', async () => {
	const input = new PassThrough();
	input.end('first\r\nsecond\nthird');
	assert.deepEqual(
		[await readLine(input, 100), await readLine(input, 100), await readLine(input, 100), await readLine(input, 100)],
		['first', 'second', 'third', undefined],
	);
});

test('a line without end is bounded', async () => {
	const input = new PassThrough();
	input.write('x'.repeat(200));
	assert.equal((await readLine(input, 100))?.length, 200);
});
