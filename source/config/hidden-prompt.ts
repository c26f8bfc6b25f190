import type {Readable, Writable} from 'node:stream';
import {StringDecoder} from 'node:string_decoder';

/** The part of a terminal's input that a hidden question needs. */
export type RawInput = Readable & {readonly isRaw?: boolean; setRawMode?: (raw: boolean) => unknown};

/**
 * Asks for a line without showing it: echo is off, Backspace and Ctrl+U work, a paste (bracketed or not) ends at its first line
 * end. `undefined` = Ctrl+C, Ctrl+D on nothing, the signal, or the end of input. The terminal is restored on every way out. What
 * came after the line end in the same bytes is dropped: it may be more of a secret, and must not answer the next question.
 */
export function askHidden(
	world: {readonly input: RawInput; readonly output: Writable; readonly signal: AbortSignal},
	prompt: string,
): Promise<string | undefined> {
	const {input, output, signal} = world;
	if (signal.aborted) return Promise.resolve(undefined);
	const wasRaw = input.isRaw === true;
	const editor = hiddenLine();
	return new Promise(resolve => {
		const finish = (line: string | undefined): void => {
			input.off('data', onData).off('end', onBreak).off('error', onBreak);
			signal.removeEventListener('abort', onBreak);
			input.pause();
			input.setRawMode?.(wasRaw);
			output.write('\n');
			resolve(line);
		};
		const onBreak = (): void => finish(undefined);
		const onData = (chunk: Buffer | string): void => {
			const end = editor.push(chunk);
			if (end) finish(end.line);
		};
		input.setRawMode?.(true);
		output.write(prompt);
		input.on('data', onData).once('end', onBreak).once('error', onBreak);
		signal.addEventListener('abort', onBreak, {once: true});
		input.resume();
	});
}

/** How a hidden line ended: `line` undefined = given up. */
interface HiddenEnd {
	readonly line: string | undefined;
}

/** The keys of a hidden line as a filter without terminal: bytes in, the end of the line out. Escape sequences do nothing. */
export function hiddenLine(): {push(chunk: Buffer | string): HiddenEnd | undefined} {
	const decoder = new StringDecoder('utf8');
	let line = '';
	let pending = '';
	const take = (token: string): HiddenEnd | undefined => {
		if (token === '\r' || token === '\n') return {line};
		if (token === '\u0003' || (token === '\u0004' && line === '')) return {line: undefined};
		if (token === '\u007f' || token === '\b') line = [...line].slice(0, -1).join('');
		else if (token === '\u0015') line = '';
		else if (!/^\p{Cc}/u.test(token)) line += token;
		return undefined;
	};
	return {
		push: chunk => {
			pending += typeof chunk === 'string' ? chunk : decoder.write(chunk);
			while (pending !== '') {
				const [token = ''] = /^(?:\u001b\[[\d;?]*[@-~]|\u001bO.|[\s\S])/u.exec(pending) ?? [];
				if (token === '\u001b' && /^\u001b(?:\[[\d;?]*|O)?$/.test(pending)) return undefined;
				pending = pending.slice(token.length);
				const end = take(token);
				if (end) return end;
			}
			return undefined;
		},
	};
}
