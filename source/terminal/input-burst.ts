import type {KeyAction} from './keys.js';

/** What arrives within this time of text before it came with it in one go: from a paste or a program, not from fingers. Milliseconds. */
const burstGapMs = 30;
/** The same, in a burst that has had several lines: chunks of a paste over a slow line. Nobody reads a paste and presses Enter that soon. */
const linesGapMs = 120;

/**
 * Knows a paste that the terminal did not mark, also when it arrives in several chunks: a line end that comes in one go with text is
 * marked, because more may follow; one in a burst that has had several lines is a new line.
 */
export interface InputBurst {
	/**
	 * What one chunk of input means.
	 *
	 * @param at When it arrived, in milliseconds.
	 */
	read(actions: readonly KeyAction[], at: number): readonly KeyAction[];
	/** The terminal has marked a paste, so it marks them all: what comes in one go with text was typed ahead, and each Enter is meant. */
	trust(): void;
}

export function createInputBurst(): InputBurst {
	let lastAt = Number.NEGATIVE_INFINITY;
	let isTrusted = false;
	/** What this burst has had: nothing yet, text, text and a line end, several lines. */
	let had: 'nothing' | 'text' | 'line' | 'lines' = 'nothing';
	const next = (action: KeyAction): KeyAction => {
		switch (action.type) {
			case 'text-typed':
				had = had === 'nothing' || had === 'text' ? 'text' : 'lines';
				return action;
			case 'text-pasted':
				had = 'lines';
				return action;
			case 'submit-requested':
				if (had === 'lines') return {type: 'edit-requested', edit: 'insert-newline'};
				if (had === 'nothing') return action;
				had = 'line';
				return {...action, inBurst: true};
			default:
				had = 'nothing';
				return action;
		}
	};
	return {
		read(actions, at) {
			if (isTrusted) return actions;
			if (at - lastAt > (had === 'lines' ? linesGapMs : burstGapMs)) had = 'nothing';
			lastAt = at;
			return actions.map(next);
		},
		trust() {
			isTrusted = true;
		},
	};
}
