import type {Draft} from './draft.js';
import {pieceSpans} from './piece.js';

/** Where a draft begins behind the labels of files that stand at its beginning, in UTF-16 code units: a command there is a command. */
export function afterFiles({text, pieces}: Draft): number {
	let at = 0;
	for (const {piece, start, end} of pieceSpans(text, pieces)) {
		if (piece.kind === 'paste' || text.slice(at, start).trim() !== '') break;
		at = end;
	}
	return at === 0 ? 0 : at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
}
