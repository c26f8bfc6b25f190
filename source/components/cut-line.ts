import {cellWidth} from '../terminal/cell-width.js';
import {sanitize} from '../terminal/sanitize.js';
import {wrapVerbatim} from '../terminal/wrap.js';

/** Foreign text for one line; unlike `sanitizeLine` it keeps every space, so that a caret or a match stays where it is. */
export function oneLine(text: string): string {
	return sanitize(text).replace(/[\n\t]/g, ' ');
}

/** Before the ends of styles. */
const spacesAtEnd = / +((?:\u001B\[[\d;]*m)*)$/;

/** One line of at most `width` cells; what is cut off is seen to be missing. */
export function cutLine(text: string, width: number): string {
	if (cellWidth(text) <= width) return text;
	if (width < 2) return '…'.slice(0, Math.max(0, width));
	return `${(wrapVerbatim(text, width - 1)[0] ?? '').replace(spacesAtEnd, '$1')}…`;
}

/** The first of these texts that fits; the last one, cut, when none does. */
export function firstThatFits(texts: readonly string[], width: number): string {
	return texts.find(text => cellWidth(text) <= width) ?? cutLine(texts.at(-1) ?? '', width);
}
