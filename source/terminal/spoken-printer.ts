import {createSanitizer} from './sanitize.js';
import type {AnswerPrinter} from './stream-printer.js';

/** The marks of a fence with its language, and of a heading. */
const fence = /^\s*(?:`{3,}|~{3,})\s*([\w+#.-]*)/;
const tableRule = /^\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?$/;
/** A line that is longer is no prose: what is done to its words would take the square of its length. It is said in pieces. */
const maxLineLength = 4_000;
/** The end of a sentence, with what closes it. A digit before the dot is a number or a list. */
const sentenceEnd = /[^\d\s][.!?…]["'”’)\]]*\s+/g;

/**
 * An answer for a screen reader: whole sentences or lines at a time, so that nothing is read twice or in halves; marks of markdown as
 * words or not at all, no signs that draw. Control sequences of others are removed.
 */
export function createSpokenPrinter(write: (text: string) => unknown): AnswerPrinter {
	const sanitizer = createSanitizer();
	let rest = '';
	let inCode = false;
	let isLineBegun = false;
	const say = (text: string) => {
		if (text.trim() !== '') write(`${text.trimEnd()}\n`);
	};
	const sayLine = (line: string) => {
		const [mark, language] = fence.exec(line) ?? [];
		if (mark !== undefined && !isLineBegun) {
			inCode = !inCode;
			say(inCode ? `Code${language ? `, ${language}` : ''}:` : 'End of code.');
		} else if (inCode) say(line);
		else if (!tableRule.test(line.trimStart())) say(inWords(line, isLineBegun));
		isLineBegun = false;
	};
	/** Says as much of a line as is too long to be said at once; gives the rest. */
	const sayBeginning = (line: string): string => {
		let left = line;
		while (left.length > maxLineLength) {
			const space = left.lastIndexOf(' ', maxLineLength);
			const end = space > 0 ? space + 1 : maxLineLength;
			if (inCode) say(left.slice(0, end));
			else say(inWords(left.slice(0, end), isLineBegun));
			isLineBegun = true;
			left = left.slice(end);
		}
		return left;
	};
	const sayPieces = (line: string) => sayLine(sayBeginning(line));
	const saySentences = () => {
		// Code, tables and headings are read by the line.
		if (inCode || /^\s*[|#`~]/.test(rest)) return;
		const last = [...rest.matchAll(sentenceEnd)].at(-1);
		if (last === undefined) return;
		const end = last.index + last[0].length;
		say(inWords(rest.slice(0, end), isLineBegun));
		isLineBegun = true;
		rest = rest.slice(end);
	};
	const take = (text: string) => {
		const lines = (rest + text).split('\n');
		rest = lines.pop() ?? '';
		for (const line of lines) sayPieces(line);
		rest = sayBeginning(rest);
		saySentences();
	};
	return {
		push: text => take(sanitizer.push(text)),
		pause() {
			// A row of a table and a mark of code say nothing in halves.
			if (rest === '' || /^\s*[|`~]/.test(rest)) return;
			say(inCode ? rest : inWords(rest, isLineBegun));
			isLineBegun = true;
			rest = '';
		},
		end() {
			take(sanitizer.end());
			if (rest !== '') sayLine(rest);
			rest = '';
			if (inCode) say('End of code.');
			inCode = false;
		},
	};
}

/** A line of markdown outside of code. */
function inWords(line: string, isContinued: boolean): string {
	const text = isContinued ? line : lineStart(line);
	return text
		.replace(/!?\[([^\]]*)\]\(([^)\s]+)(?:\s[^)]*)?\)/g, (_all, label: string, address: string) =>
			label === address ? address : `${label} (${address})`,
		)
		.replace(/(\*\*|__|~~)(?=\S)(.*?\S)\1/g, '$2')
		.replace(/(^|[\s("'])[*_](?=\S)([^*_]*\S)[*_](?=[\s.,;:!?)"']|$)/g, '$1$2')
		.replace(/`+([^`]+)`+/g, '$1');
}

function lineStart(line: string): string {
	if (/^\s*(?:[-*_]\s*){3,}$/.test(line)) return '';
	if (/^\s*\|.*\|\s*$/.test(line))
		return line
			.trim()
			.slice(1, -1)
			.split('|')
			.map(cell => cell.trim())
			.join('; ');
	return line
		.replace(/^\s*#{1,6}\s+/, 'Heading: ')
		.replace(/^(?:\s*>)+\s?/, 'Quote: ')
		.replace(/^(\s*)[-*+]\s+\[ \]\s+/, '$1Open: ')
		.replace(/^(\s*)[-*+]\s+\[[xX]\]\s+/, '$1Done: ')
		.replace(/^(\s*)[-*+]\s+/, '$1- ');
}
