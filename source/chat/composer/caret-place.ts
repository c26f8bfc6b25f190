import {boundaryFrom, boundaryUpTo, nextBoundary, previousBoundary} from './graphemes.js';
import {type Piece, type PieceSpan, pieceSpans} from './piece.js';

/** A text with pieces in it: the part of a draft that says where a caret may stand. */
interface Written {
	readonly text: string;
	readonly pieces?: readonly Piece[];
}

/** Places of the caret: between graphemes, and outside of the labels of pieces. */

/** The place after the grapheme or piece at `index`; the end of the text stays. */
export function nextPlace(written: Written, index: number): number {
	const span = pieceSpans(written.text, written.pieces).find(({start, end}) => start <= index && index < end);
	return placeNear(written, span?.end ?? nextBoundary(written.text, index), 'end');
}

/** The place before the grapheme or piece that ends at `index`; the start of the text stays. */
export function previousPlace(written: Written, index: number): number {
	const span = pieceSpans(written.text, written.pieces).find(({start, end}) => start < index && index <= end);
	return placeNear(written, span?.start ?? previousBoundary(written.text, index), 'start');
}

/** `index` itself when the caret may stand there, else the nearest place toward the start or the end of the text. */
export function placeNear({text, pieces}: Written, index: number, toward: 'start' | 'end'): number {
	const spans = pieceSpans(text, pieces);
	let place = index;
	for (;;) {
		const outside = outsideOf(spans, place, toward);
		const boundary = toward === 'end' ? boundaryFrom(text, outside) : boundaryUpTo(text, outside);
		if (boundary === place) return place;
		place = boundary;
	}
}

function outsideOf(spans: readonly PieceSpan[], index: number, toward: 'start' | 'end'): number {
	const span = spans.find(({start, end}) => start < index && index < end);
	return span?.[toward] ?? index;
}
