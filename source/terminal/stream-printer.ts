import {createSanitizer} from './sanitize.js';

/** Writes one answer to a stream while it arrives. */
export interface AnswerPrinter {
	/** The gateway has the question: what drawing the answer takes can be loaded while it thinks. */
	expect?(): void;
	push(text: string): void;
	/** Something else is about to be written: what came so far is written out, and its line ended. Absent where the text goes out as it is. */
	pause?(): void;
	/** Writes what was held back and the final line feed, if the answer has text and lacks one. */
	end(): void;
}

/** Finished blocks of markdown out of text in pieces; `continues`: no empty line belongs before it. */
export interface BlockSplitter {
	push(text: string): readonly MarkdownBlock[];
	/** What has come so far, as blocks; the text goes on behind them. */
	settle(): readonly MarkdownBlock[];
	end(): readonly MarkdownBlock[];
}

export interface MarkdownBlock {
	readonly markdown: string;
	readonly continues: boolean;
}

type Write = (text: string) => unknown;

/**
 * The answer exactly as it came, for pipes and files: a script wants the text itself, and whoever shows it later is the one to filter
 * it. Only a missing final line feed is added.
 */
export function createExactPrinter(write: Write): AnswerPrinter {
	let last = '';
	return {
		push(text) {
			if (text === '') return;
			write(text);
			last = text.slice(-1);
		},
		end() {
			if (last !== '' && last !== '\n') write('\n');
		},
	};
}

/** The text without markdown for a terminal: control sequences of others are removed. */
export function createPlainPrinter(write: Write): AnswerPrinter {
	const sanitizer = createSanitizer();
	let exact = createExactPrinter(write);
	return {
		push: text => exact.push(sanitizer.push(text)),
		pause() {
			exact.end();
			exact = createExactPrinter(write);
		},
		end() {
			exact.push(sanitizer.end());
			exact.end();
		},
	};
}

/** Markdown for a terminal, each block as soon as it is finished; nothing is ever drawn twice, so no cursor is moved. */
export function createMarkdownPrinter(write: Write, splitter: BlockSplitter, render: (markdown: string) => string): AnswerPrinter {
	const sanitizer = createSanitizer();
	let begun = false;
	const print = (blocks: readonly MarkdownBlock[]) => {
		for (const {markdown, continues} of blocks) {
			if (markdown.trim() === '') continue;
			write(`${begun && !continues ? '\n' : ''}${render(markdown)}\n`);
			begun = true;
		}
	};
	return {
		push: text => print(splitter.push(sanitizer.push(text))),
		pause: () => print(splitter.settle()),
		end() {
			print(splitter.push(sanitizer.end()));
			print(splitter.end());
		},
	};
}
