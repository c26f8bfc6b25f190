import {closesFence, fenceMark, opensFence} from './fence.js';

/** A fenced code block of an answer. */
export interface CodeBlock {
	/** The code, with the line end after its last line. */
	readonly code: string;
	/** The first word of the info string: the language, or nothing. */
	readonly language: string;
}

/** The code blocks of an answer, in their order; one that is not closed reaches to the end. */
export function codeBlocks(markdown: string): readonly CodeBlock[] {
	const blocks: CodeBlock[] = [];
	let opening: string | undefined;
	let lines: string[] = [];
	const end = () => {
		if (opening !== undefined) blocks.push({code: codeOf(lines, opening), language: languageOf(opening)});
		opening = undefined;
		lines = [];
	};
	for (const line of markdown.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n')) {
		if (opening === undefined) {
			if (opensFence(line)) opening = line;
		} else if (closesFence(line, opening)) end();
		else lines.push(line);
	}
	end();
	return blocks;
}

/** The indentation of the fence, as in a list item, is no part of the code (CommonMark 0.31 §4.5). */
function codeOf(lines: readonly string[], opening: string): string {
	const indentation = /^[ \t]*/.exec(opening)?.[0].length ?? 0;
	const own = new RegExp(`^[ \\t]{0,${indentation}}`);
	return lines.map(line => `${line.replace(own, '')}\n`).join('');
}

function languageOf(opening: string): string {
	const info = opening.slice(opening.indexOf(fenceMark(opening)) + fenceMark(opening).length).trim();
	return /^[\w+#.-]{1,20}/.exec(info)?.[0] ?? '';
}
