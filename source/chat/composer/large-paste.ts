import {cleaned, type Draft, insert, insertPiece, replaceRange} from './draft.js';
import {type PieceSpan, pieceSpans, wordsOf} from './piece.js';

/** A paste that is longer stands in the draft as a label. */
const maxShownLines = 10;
const maxShownLength = 1_000;

/** Puts pasted text at the caret: short as it is, long as a piece that is sent in full. */
export function insertPaste(draft: Draft, text: string): Draft {
	const clean = cleaned(text);
	const lines = clean.replace(/\n$/, '').split('\n').length;
	if (lines <= maxShownLines && clean.length <= maxShownLength) return insert(draft, clean);
	const size = lines > 1 ? `+${lines} lines` : `${clean.length} characters`;
	return insertPiece(draft, {kind: 'paste', label: `[Pasted text #1 ${size}]`, text: clean});
}

/** The piece beside the caret, the one before it first, with its text in its place; the same draft when there is none that is text. */
export function unfoldPiece(draft: Draft): Draft {
	const spans = pieceSpans(draft.text, draft.pieces).filter(({piece}) => piece.kind !== 'image');
	const beside = spans.find(({end}) => end === draft.caret) ?? spans.find(({start}) => start === draft.caret);
	return beside === undefined ? draft : unfold(draft, beside);
}

function unfold(draft: Draft, {piece, start, end}: PieceSpan): Draft {
	return replaceRange(draft, start, end, cleaned(wordsOf(piece)));
}
