import {PassThrough, Writable} from 'node:stream';
import type {CommandContext, FlagValues} from '../../source/commands/command.js';

/** The world of a command in a test: what it prints is collected, what it reads is given. */
export interface CommandWorld extends CommandContext {
	stdoutText(): string;
	stderrText(): string;
	stderrLines(): readonly string[];
	/** Whether the input is a terminal in raw mode now. */
	isRaw(): boolean;
}

export interface WorldOptions {
	readonly env: Readonly<Record<string, string>>;
	readonly input?: readonly string[];
	readonly flags?: FlagValues;
	/** Piped into stdin. */
	readonly piped?: string;
	/** stdin and stderr are a terminal; each answer is typed when the text before the colon appears on stderr. */
	readonly typed?: ReadonlyArray<readonly [question: string, answer: string]>;
	readonly signal?: AbortSignal;
}

export function commandWorld(options: WorldOptions): CommandWorld {
	const isTTY = options.typed !== undefined;
	let raw = false;
	const stdin = Object.assign(new PassThrough(), {
		isTTY,
		get isRaw() {
			return raw;
		},
		setRawMode(mode: boolean) {
			raw = mode;
		},
	});
	const answers = [...(options.typed ?? [])];
	const stderr = collector(isTTY, text => {
		const [next] = answers;
		if (next === undefined || !text.includes(next[0])) return false;
		answers.shift();
		// Ctrl+D: outside of raw mode the terminal itself makes it the end of input.
		if (next[1] === '\u0004' && !raw) stdin.end();
		else stdin.write(next[1]);
		return true;
	});
	const stdout = collector(false, () => false);
	if (!isTTY) stdin.end(options.piped ?? '');
	return {
		input: options.input ?? [],
		flags: options.flags ?? {},
		env: options.env,
		stdin,
		stdout: stdout.stream,
		stderr: stderr.stream,
		signal: options.signal ?? new AbortController().signal,
		debug: () => undefined,
		stdoutText: stdout.text,
		stderrText: stderr.text,
		stderrLines: () => stderr.text().split('\n').slice(0, -1),
		isRaw: () => raw,
	};
}

/** Collects text; `onText` sees what came since it last said true. */
function collector(isTTY: boolean, onText: (text: string) => boolean): {readonly stream: Writable & {isTTY: boolean}; text(): string} {
	let all = '';
	let unseen = '';
	const stream = new Writable({
		write(chunk, _encoding, done) {
			all += String(chunk);
			unseen += String(chunk);
			if (onText(unseen)) unseen = '';
			done();
		},
	});
	return {stream: Object.assign(stream, {isTTY}), text: () => all};
}
