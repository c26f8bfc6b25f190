import type {KeyAction} from './keys.js';

/** What arrives within this time of text before it came with it in one go: from a paste or a program, not from fingers. Milliseconds. */
const burstGapMs = 30;
/** The same, in a burst that has had several lines: chunks of a paste over a slow line. Nobody reads a paste and presses Enter that soon. */
const linesGapMs = 120;

/**
 * Knows a paste that the terminal did not mark, also when it arrives in several chunks: a line end that comes in one go with text is
 * marked, because more may follow; one in a burst that has had several lines is a new line. A terminal that marked one paste says nothing
 * of the next: tmux does for `paste-buffer -p` and not for `paste-buffer`, and a program that types for somebody (`send-keys`) never does.
 */
export interface InputBurst {
	/**
	 * What one chunk of input means.
	 *
	 * @param at When it arrived, in milliseconds.
	 */
	read(actions: readonly KeyAction[], at: number): readonly KeyAction[];
}

export function createInputBurst(): InputBurst {
	let lastAt = Number.NEGATIVE_INFINITY;
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
			if (at - lastAt > (had === 'lines' ? linesGapMs : burstGapMs)) had = 'nothing';
			lastAt = at;
			return actions.map(next);
		},
	};
}
