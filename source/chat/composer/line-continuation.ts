import {type Draft, replaceRange} from './draft.js';

/** Enter right behind a backslash, also within a text: a line end in its place. Undefined where Enter means what it always means; `\\` stays. */
export function continuedLine(draft: Draft): Draft | undefined {
	const {text, caret} = draft;
	const backslashes = /\\*$/.exec(text.slice(Math.max(0, caret - maxBackslashes), caret))?.[0].length ?? 0;
	return backslashes % 2 === 0 ? undefined : replaceRange(draft, caret - 1, caret, '\n');
}

/** Code units that are looked at: nobody types more backslashes. */
const maxBackslashes = 100;
