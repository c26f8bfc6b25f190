/** What a terminal says by itself between the keys. */
export interface TerminalAnswers {
	/** The answer to a question for the background colour, such as `rgb:1e1e/1e1e/1e1e`. */
	background(colour: string): void;
	/** The window has the keyboard, or has it no more (mode 1004). */
	focus(isFocused: boolean): void;
}

/** Takes answers of the terminal out of what is typed. */
export interface AnswerFilter {
	/**
	 * @param at When it arrived, in milliseconds.
	 * @returns What was typed. The beginning of an answer is held back.
	 */
	push(chunk: string, at?: number): string;
	/** What is held back and may still be a key: an Escape that nothing followed. Ask for it after `keyPauseMs`. */
	flush(): string;
	/** Whether `flush` would give something. */
	readonly mayBeKey: boolean;
}

/** No terminal pauses this long within the beginning of an answer, and nobody notices that Escape comes this late, in milliseconds. */
export const keyPauseMs = 25;
/** After such a pause an answer has lost its end: what comes is typed. Lines over satellites cut an answer in two. Milliseconds. */
const lostAfterMs = 1_000;
/** Longer than any answer. */
const maxAnswerLength = 4096;

const esc = '\u001B';
/**
 * The beginnings of the control strings with which terminals answer (xterm's ctlseqs, kitty): OSC with a number or a title, DCS for a
 * version, a setting, a capability, an id, and APC of graphics. Alt+] and Alt+P with text behind them are none.
 */
const begun = /(?:\u001B\]|\u009D)(?:\d{1,4};|[lL])|(?:\u001BP|\u0090)[>!01$+]|(?:\u001B_|\u009F)G/;
/** The end of a text, as far as it may be one of them. */
const perhapsBegun = /(?:\u001B(?:\]\d{0,4}|P|_)?|\u009D\d{0,4}|\u0090|\u009F)$/;
const introducers = /[\u001B\u0090\u009D\u009F]/;
const end = /^(?:\u0007|\u001B\\|\u009C)/;
const control = /[\0-\x1F\x7F\u009C]/;
const focusReport = /\u001B\[([IO])/g;

/**
 * The filter between the terminal and the reader of keys, which would take such an answer for typed text, and its BEL for Ctrl+G (Ink
 * 8.0.0; it knows those that are CSI sequences itself). Our own questions are answered so, and those that an editor or a pager leaves
 * behind. An answer is taken out however late it comes and however it is cut; every other control character ends it.
 */
export function createAnswerFilter(answers: TerminalAnswers): AnswerFilter {
	let held = '';
	let body: string | undefined;
	let heardAt = Number.NEGATIVE_INFINITY;
	let lastBytes = '';
	const heardFocus = (chunk: string) => {
		// A report may be cut, too; it stays in what is typed, for the reader of keys knows it.
		for (const [, state] of (lastBytes + chunk).matchAll(focusReport)) answers.focus(state === 'I');
		lastBytes = /\u001B\[?$/.exec(chunk)?.[0] ?? '';
	};
	/** Looks for the beginning of an answer; gives what is behind it. */
	const readTyped = (text: string, type: (text: string) => void): string => {
		const found = begun.exec(text);
		body = found?.[0];
		if (found === null) held = perhapsBegun.exec(text)?.[0] ?? '';
		type(text.slice(0, found?.index ?? text.length - held.length));
		return found === null ? '' : text.slice(found.index + found[0].length);
	};
	/** Looks for the end of the answer; gives what is behind it. */
	const readAnswer = (text: string, before: string): string => {
		const stop = text.search(control);
		body = before + (stop === -1 ? text : text.slice(0, stop));
		if (stop === -1) {
			if (body.length > maxAnswerLength) body = undefined;
			return '';
		}
		const rest = text.slice(stop);
		if (rest === esc) {
			held = rest;
			return '';
		}
		const closing = end.exec(rest)?.[0];
		const colour = /^(?:\u001B\]|\u009D)11;(.*)$/.exec(body)?.[1];
		if (closing !== undefined && colour !== undefined) answers.background(colour);
		body = undefined;
		return rest.slice(closing?.length ?? 0);
	};
	return {
		push(chunk, at = performance.now()) {
			heardFocus(chunk);
			if (at - heardAt > lostAfterMs) body = undefined;
			heardAt = at;
			if (held === '' && body === undefined && !introducers.test(chunk)) return chunk;
			let text = held + chunk;
			let typed = '';
			held = '';
			while (text !== '') {
				if (body !== undefined) text = readAnswer(text, body);
				else
					text = readTyped(text, part => {
						typed += part;
					});
			}
			return typed;
		},
		flush() {
			const key = held;
			held = '';
			body = undefined;
			return key;
		},
		get mayBeKey() {
			return held !== '';
		},
	};
}
