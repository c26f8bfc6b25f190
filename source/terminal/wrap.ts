import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** Text as lines of at most `width` cells, broken between words where possible. Indentation stays; styles go on over line ends. */
export function wrapLines(text: string, width: number): readonly string[] {
	return wrapAnsi(expandTabs(text), Math.max(1, width), {hard: true, trim: false}).split('\n').map(trimEnd);
}

/** As `wrapLines`, for running text: white space at a break is dropped. */
export function wrapProse(text: string, width: number): readonly string[] {
	return wrapAnsi(expandTabs(text), Math.max(1, width), {hard: true}).split('\n');
}

/** For code and other text whose every space counts: broken at the width only, never between words. */
export function wrapVerbatim(text: string, width: number): readonly string[] {
	return wrapAnsi(expandTabs(text), Math.max(1, width), {hard: true, trim: false, wordWrap: false}).split('\n');
}

/** Filled with spaces to `width` cells. */
export function pad(text: string, width: number, align: 'left' | 'right' | 'center' = 'left'): string {
	const missing = Math.max(0, width - stringWidth(text));
	const before = align === 'right' ? missing : align === 'center' ? Math.floor(missing / 2) : 0;
	return ' '.repeat(before) + text + ' '.repeat(missing - before);
}

/** A tab has no width of its own; four-column stops are what readers of code expect. */
export function expandTabs(text: string): string {
	if (!text.includes('\t')) return text;
	return text
		.split('\n')
		.map(line => line.split('\t').reduce((before, after) => before + ' '.repeat(4 - (stringWidth(before) % 4)) + after))
		.join('\n');
}

/** Spaces at a soft break are neither seen nor wanted in a selection. */
function trimEnd(line: string): string {
	return line.endsWith(' ') ? line.trimEnd() : line;
}
