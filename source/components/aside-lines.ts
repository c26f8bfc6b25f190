import type {State} from '../chat/state.js';
import type {Drawing} from './drawing.js';
import {entryLines} from './entry-lines.js';

/** What was said during an answer, from its top; it goes to the scrollback whole when the answer has ended. */
export function asideLines({asides}: State, width: number, drawing: Drawing): readonly string[] {
	return asides.flatMap(aside => entryLines({...aside, id: ''}, width, drawing)).flatMap(text => text.split('\n'));
}

/** As many of the lines as there is room for; that some are hidden is seen. */
export function shownAsides(lines: readonly string[], height: number, {palette}: Drawing): readonly string[] {
	if (lines.length <= height) return lines;
	return height === 0 ? [] : [...lines.slice(0, height - 1), palette.dim('⋮ the rest follows the answer')];
}
