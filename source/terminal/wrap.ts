import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/**
 * Text as lines of at most `width` cells, broken between words where possible. A line's indentation stays, also below a break while
 * it leaves room; the space at a break goes. Styles go on over line ends.
 */
export function wrapLines(text: string, width: number): readonly string[] {
	return expandTabs(text)
		.split('\n')
		.flatMap(line => {
			const indentation = /^ */.exec(line)?.[0].slice(0, Math.floor(width / 2)) ?? '';
			return wrapProse(line, width - indentation.length).map(part => part && indentation + part);
		});
}

/** Rows of a name and a description, in two columns; a description goes on below its own beginning. */
export function wrapRows(rows: ReadonlyArray<readonly [name: string, description: string]>, width: number): readonly string[] {
	const nameWidth = Math.max(0, ...rows.map(([name]) => stringWidth(name))) + 2;
	return rows.flatMap(([name, description]) =>
		wrapProse(description, width - nameWidth).map((line, index) => pad(index === 0 ? name : '', nameWidth) + line),
	);
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
