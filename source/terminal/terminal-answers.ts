/** What a terminal says by itself between the keys. */
export interface TerminalAnswers {
	/** The answer to a question for the background colour, such as `rgb:1e1e/1e1e/1e1e`. */
	background(colour: string): void;
	/** The window has the keyboard, or has it no more (mode 1004). */
	focus(isFocused: boolean): void;
}

/** Takes answers of the terminal out of what is typed. */
export interface AnswerFilter {
	/** @returns What was typed. The beginning of an answer is held back. */
	push(chunk: string): string;
	/** What is held back and may still be a key: an Escape that nothing followed. Ask for it after `keyPauseMs`. */
	flush(): string;
	/** Whether `flush` would give something. */
	readonly mayBeKey: boolean;
	/** An answer is awaited: until `quiet`, an Escape may be its beginning. */
	expect(): void;
	quiet(): void;
}

/** No terminal pauses this long within an answer, and nobody notices that Escape comes this late, in milliseconds. */
export const keyPauseMs = 25;

const esc = '\u001B';
const introducer = `${esc}]11;`;
/** OSC 11 with a colour (XParseColor's rgb and rgba) that may not be whole yet, and its end: ST or BEL. */
const colourSoFar = 'r?g?b?a?:?[\\da-f/]{0,24}';
const whole = new RegExp(`${esc}\\]11;(${colourSoFar})(?:\u0007|${esc}\\\\|\u009C)`, 'gi');
const begun = new RegExp(`${esc}\\]11;${colourSoFar}${esc}?$`, 'i');
const broken = new RegExp(`${esc}\\]11;${colourSoFar}`, 'gi');
const focusReport = /\u001B\[([IO])/g;

/**
 * The filter between the terminal and the reader of keys, which would take an answer to OSC 11 for typed text (Ink 8.0.0). An answer is
 * taken out however late it comes and however it is cut; keys pass at once, but for an Escape while an answer is awaited.
 */
export function createAnswerFilter(answers: TerminalAnswers): AnswerFilter {
	let held = '';
	let isExpecting = false;
	let lastBytes = '';
	const heardFocus = (chunk: string) => {
		// A report may be cut, too; it stays in what is typed, for the reader of keys knows it.
		for (const [, state] of (lastBytes + chunk).matchAll(focusReport)) answers.focus(state === 'I');
		lastBytes = /\u001B\[?$/.exec(chunk)?.[0] ?? '';
	};
	return {
		push(chunk) {
			heardFocus(chunk);
			if (held === '' && !chunk.includes(esc)) return chunk;
			let text = held + chunk;
			held = '';
			text = text.replace(whole, (_all, colour: string) => {
				answers.background(colour);
				return '';
			});
			const rest = begun.exec(text)?.[0] ?? (isExpecting ? beginningOf(text) : '');
			held = rest;
			// Nobody types this: an answer that lost its end is no text either.
			return text.slice(0, text.length - rest.length).replace(broken, '');
		},
		flush() {
			if (!isShorterThanAnswer(held)) return '';
			const key = held;
			held = '';
			return key;
		},
		get mayBeKey() {
			return held !== '' && isShorterThanAnswer(held);
		},
		expect() {
			isExpecting = true;
		},
		quiet() {
			isExpecting = false;
		},
	};
}

function isShorterThanAnswer(held: string): boolean {
	return held.length < introducer.length;
}

/** The end of the text, as far as it is the beginning of an answer. */
function beginningOf(text: string): string {
	for (let length = introducer.length - 1; length > 0; length--) {
		if (text.endsWith(introducer.slice(0, length))) return introducer.slice(0, length);
	}
	return '';
}
