import {Lexer, lexer, type MarkedOptions, type Token, type TokenizerExtensionFunction} from 'marked';

/**
 * The tokens of markdown (CommonMark with GitHub's tables, strike-through and task lists). Formulas between dollars (with Pandoc's
 * rule for single ones: no space inside the dollars, no digit after them, so that prices stay prices), `\(…\)` and `\[…\]` are tokens
 * of the type `math`: their stars, underscores and backslashes are no markup.
 */
export function lexMarkdown(text: string): Token[] {
	return mayHoldMath.test(text) ? new Lexer(withMath).lex(text) : lexer(text);
}

const mayHoldMath = /\$|\\[([]/;
/** Lengths are bounded: what is never closed is looked for once, not up to the end of the text each time. */
const inline =
	/^(?:\$\$[^$]{1,4000}\$\$|\$(?![\s$])(?:[^$\\\n]|\\[^\n]){1,1000}(?<!\s)\$(?!\d)|\\\([^\n]{1,1000}?\\\)|\\\[[\s\S]{1,4000}?\\\](?!\())/;
const block = /^ {0,3}(?:\$\$[^$]{1,4000}\$\$|\\\[[ \t]*\n[\s\S]{1,4000}?\n[ \t]*\\\])[ \t]*(?:\n|$)/;

const take =
	(pattern: RegExp): TokenizerExtensionFunction =>
	source => {
		const raw = pattern.exec(source)?.[0];
		return raw === undefined ? undefined : {type: 'math', raw};
	};

function indexOf(pattern: RegExp): (source: string) => number | undefined {
	return source => {
		const index = source.search(pattern);
		return index === -1 ? undefined : index;
	};
}

const withMath: MarkedOptions = {
	gfm: true,
	extensions: {
		renderers: {},
		childTokens: {},
		inline: [take(inline)],
		startInline: [indexOf(mayHoldMath)] as never,
		block: [take(block)],
		startBlock: [indexOf(/(?<=\n) {0,3}(?:\$\$|\\\[[ \t]*\n)/)] as never,
	},
};
