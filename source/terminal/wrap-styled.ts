import {cellWidth} from './cell-width.js';
import {createStyleTrack, type StyleTrack} from './style-track.js';

/** `words`: broken at white space, which goes, and between ideographs. `cells`: broken where the line is full, and every space stays. */
type Breaking = 'words' | 'cells';

/**
 * Text as lines of at most `width` cells on any terminal (see `cellWidth`); only a character that is wider than the width stands alone
 * and wider. The control sequences of the text are our own styles and links: they end with each line and are opened anew in the next,
 * so a wrapped link is one link.
 */
export function wrapStyled(text: string, width: number, breaking: Breaking): string[] {
	const rows = createRows(width);
	for (const [index, line] of text.split('\n').entries()) {
		if (index > 0) rows.breakLine();
		if (breaking === 'cells') rows.addVerbatim(line);
		else for (const token of line.match(tokens) ?? []) rows.addToken(token);
	}
	return rows.end();
}

/** A control sequence, spaces, one ideograph with the punctuation that may not begin a line, or the rest of a word. */
const tokens =
	/\u001B(?:\[[\d;]*m|\]8;[^\u0007\u001B]*(?:\u0007|\u001B\\))| +|[\u2E80-\u2FDF\u3040-\u30FF\u3400-\u9FFF\uF900-\uFAFF][\u3001-\u3003\u3005\u3009\u300B\u300D\u300F\u3011\u30FC\uFF01\uFF09\uFF0C\uFF0E\uFF1A\uFF1B\uFF1F]*|[^\u001B \u2E80-\u2FDF\u3040-\u30FF\u3400-\u9FFF\uF900-\uFAFF]+/g;
const sequence = /\u001B(?:\[[\d;]*m|\]8;[^\u0007\u001B]*(?:\u0007|\u001B\\))/g;
const ideograph = /^[\u2E80-\u2FDF\u3040-\u30FF\u3400-\u9FFF\uF900-\uFAFF]/;

interface Rows {
	addToken(token: string): void;
	addVerbatim(line: string): void;
	breakLine(): void;
	end(): string[];
}

interface Word {
	/** Texts and control sequences in their order. */
	parts: string[];
	width: number;
}

function createRows(width: number): Rows {
	const rows: string[] = [];
	const styles = createStyleTrack();
	let row = createRow(styles);
	let spaces = '';
	let word: Word = {parts: [], width: 0};
	const endRow = () => {
		rows.push(row.end());
		row = createRow(styles);
	};
	const addParts = (parts: readonly string[]) => {
		for (const part of parts) {
			if (part.startsWith('\u001B')) row.style(part);
			else
				for (const piece of piecesOf(part, width - row.width(), width)) {
					if (row.width() > 0 && row.width() + piece.width > width) endRow();
					row.text(piece.text, piece.width);
				}
		}
	};
	const addFitting = (parts: readonly string[], cells: number) => {
		for (const part of parts) {
			if (part.startsWith('\u001B')) row.style(part);
			else row.text(part, 0);
		}
		if (cells > 0) row.text('', cells);
	};
	const endWord = () => {
		const {parts, width: cells} = word;
		word = {parts: [], width: 0};
		if (cells > 0) {
			if (row.width() > 0) {
				const room = width - row.width() - spaces.length;
				if (cells > width ? breaks(cells, width, width) < breaks(cells, room, width) : cells > room) endRow();
				else if (spaces !== '') row.text(spaces, spaces.length);
			}
			spaces = '';
		}
		if (cells <= width - row.width()) addFitting(parts, cells);
		else addParts(parts);
	};
	return {
		addToken(token) {
			if (token.startsWith(' ')) {
				endWord();
				if (row.width() > 0) spaces += token;
			} else if (token.startsWith('\u001B')) {
				word.parts.push(token);
			} else {
				if (ideograph.test(token) && word.width > 0) endWord();
				word.parts.push(token);
				word.width += cellWidth(token);
				if (ideograph.test(token)) endWord();
			}
		},
		addVerbatim(line) {
			let from = 0;
			const parts: string[] = [];
			for (const match of line.matchAll(sequence)) {
				if (match.index > from) parts.push(line.slice(from, match.index));
				parts.push(match[0]);
				from = match.index + match[0].length;
			}
			addParts(from < line.length ? [...parts, line.slice(from)] : parts);
		},
		breakLine() {
			endWord();
			spaces = '';
			endRow();
		},
		end() {
			endWord();
			rows.push(row.end());
			return rows;
		},
	};
}

/** Line ends inside a word that begins with so much room left. */
function breaks(cells: number, room: number, width: number): number {
	return room <= 0 ? 1 + Math.ceil(cells / width) : Math.ceil((cells - room) / width);
}

interface Piece {
	readonly text: string;
	readonly width: number;
}

let segmenter: Intl.Segmenter | undefined;

/** A text in pieces that fit: the first into what is left of the row, all others into a row. Never cut inside a grapheme. */
function piecesOf(text: string, room: number, width: number): readonly Piece[] {
	const cells = cellWidth(text);
	if (cells <= room) return [{text, width: cells}];
	const pieces: Piece[] = [];
	const first = room > 0 ? room : width;
	if (printable.test(text)) {
		for (let at = 0; at < text.length; at += at === 0 ? first : width) {
			const piece = text.slice(at, at + (at === 0 ? first : width));
			pieces.push({text: piece, width: piece.length});
		}
		return pieces;
	}
	segmenter ??= new Intl.Segmenter('en', {granularity: 'grapheme'});
	let piece = {text: '', width: 0};
	let left = first;
	for (const {segment} of segmenter.segment(text)) {
		const next = cellWidth(segment);
		if (piece.text !== '' && piece.width + next > left) {
			pieces.push(piece);
			piece = {text: '', width: 0};
			left = width;
		}
		piece = {text: piece.text + segment, width: piece.width + next};
	}
	return [...pieces, piece];
}

const printable = /^[\x20-\x7E]*$/;

interface Row {
	width(): number;
	style(sequence: string): void;
	text(text: string, width: number): void;
	end(): string;
}

/** One line under construction; what is open when it begins is opened again in it before its first text, and closed at its end. */
function createRow(styles: StyleTrack): Row {
	let line = '';
	let cells = 0;
	let begun = false;
	return {
		width: () => cells,
		style(code) {
			styles.take(code);
			if (begun) line += code;
		},
		text(text, width) {
			if (!begun) line += styles.open();
			begun = true;
			line += text;
			cells += width;
		},
		end: () => (begun ? line + styles.close() : ''),
	};
}
