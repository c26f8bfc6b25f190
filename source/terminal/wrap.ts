import stringWidth from 'string-width';
import {wrapStyled} from './wrap-styled.js';

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
	return wrapStyled(expandTabs(text), Math.max(1, width), 'words');
}

/** For code and other text whose every space counts: broken at the width only, never between words. */
export function wrapVerbatim(text: string, width: number): readonly string[] {
	return wrapStyled(expandTabs(text), Math.max(1, width), 'cells');
}

/** Filled with spaces to `width` cells, measured by `measure`. */
export function pad(
	text: string,
	width: number,
	align: 'left' | 'right' | 'center' = 'left',
	measure: (text: string) => number = stringWidth,
): string {
	const missing = Math.max(0, width - measure(text));
	const before = align === 'right' ? missing : align === 'center' ? Math.floor(missing / 2) : 0;
	return ' '.repeat(before) + text + ' '.repeat(missing - before);
}

/** A tab has no width of its own; four-column stops are what readers of code expect. */
function expandTabs(text: string): string {
	if (!text.includes('\t')) return text;
	return text
		.split('\n')
		.map(line => (line.includes('\t') ? expandLine(line) : line))
		.join('\n');
}

/** Counts on from tab to tab: a line of many tabs costs its length, not its square. */
function expandLine(line: string): string {
	let column = 0;
	const [first = '', ...others] = line.split('\t');
	const parts = [first];
	column = stringWidth(first);
	for (const part of others) {
		const spaces = 4 - (column % 4);
		parts.push(' '.repeat(spaces), part);
		column += spaces + stringWidth(part);
	}
	return parts.join('');
}
