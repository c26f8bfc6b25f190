import {cutBlock, emptyScan, endBlocks, scanBlocks, settleBlocks} from '../../chat/answer/blocks.js';
import type {ColourLevel} from '../../terminal/colour.js';
import type {PaletteTheme} from '../../terminal/palette.js';
import {
	type AnswerPrinter,
	type BlockSplitter,
	createExactPrinter,
	createMarkdownPrinter,
	createPlainPrinter,
	type MarkdownBlock,
} from '../../terminal/stream-printer.js';
import {endOfWholeRows} from '../../terminal/whole-rows.js';

export interface AnswerPrinterOptions {
	readonly stdout: {write(text: string): unknown};
	readonly isTTY: boolean;
	/** No markdown on a terminal either. */
	readonly raw: boolean;
	/** The terminal shows OSC 8 links. */
	readonly hyperlinks: boolean;
	/** Cells of the terminal. */
	readonly width: number;
	readonly colour: ColourLevel;
	readonly theme: PaletteTheme;
}

/**
 * How an answer goes to stdout. A pipe or file gets the text as it came, unfiltered; a terminal gets it without foreign control
 * sequences, as light markdown unless `raw`. The markdown parser and the languages of code are loaded only when they are used.
 */
export async function createAnswerPrinter({
	stdout,
	isTTY,
	raw,
	width,
	colour,
	theme,
	hyperlinks,
}: AnswerPrinterOptions): Promise<AnswerPrinter> {
	const write = (text: string) => stdout.write(text);
	if (!isTTY) return createExactPrinter(write);
	if (raw) return createPlainPrinter(write);
	const [{renderMarkdown}, {createHighlighter}] = await Promise.all([
		import('../../terminal/markdown.js'),
		import('../../terminal/highlight.js'),
	]);
	const {highlight, load} = createHighlighter();
	const render = (markdown: string) => renderMarkdown(markdown, {width, colour, theme, hyperlinks, highlight});
	const printer = createMarkdownPrinter(write, createBlockSplitter(width, render), render);
	return {...printer, expect: () => void (colour === 'none' ? undefined : load())};
}

/** A long paragraph would be a long silence: its rows come as they are full. */
function createBlockSplitter(width: number, render: (markdown: string) => string): BlockSplitter {
	const rowsOf = (markdown: string) => render(markdown).split('\n').length;
	let scan = emptyScan;
	return {
		push(text) {
			const blocks: MarkdownBlock[] = [];
			let scanned = scanBlocks(scan, text);
			for (;;) {
				scan = scanned.scan;
				blocks.push(...scanned.blocks);
				const at = scan.fence === undefined ? endOfWholeRows(scan.pending, width, rowsOf) : undefined;
				if (at === undefined) return blocks;
				scanned = cutBlock(scan, at);
			}
		},
		settle() {
			const {scan: next, blocks} = settleBlocks(scan);
			scan = next;
			return blocks;
		},
		end() {
			const rest = endBlocks(scan);
			scan = emptyScan;
			return rest;
		},
	};
}
