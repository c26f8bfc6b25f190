import {type Draft, draftOf, type Fragment} from './draft.js';
import type {Piece} from './piece.js';

/** A draft as a file has it; what is read back may be anything. */
export interface StoredDraft {
	readonly text: string;
	readonly pieces?: readonly unknown[];
}

/** What is kept of a draft. The content of images is nowhere on disk: their labels stay as words. */
export function storedDraft({text, pieces = []}: Fragment): StoredDraft {
	const kept = pieces.filter(({kind}) => kind !== 'image');
	return kept.length === 0 ? {text} : {text, pieces: kept};
}

/** A draft that was kept, its labels standing for what they stood for; pieces that are not whole are left out. */
export function restoredDraft({text, pieces = []}: StoredDraft): Draft {
	const draft = draftOf(text);
	const known = pieces.filter(isKept).filter(({label}) => label !== '' && draft.text.includes(label));
	return known.length === 0 ? draft : {...draft, pieces: known};
}

function isKept(value: unknown): value is Piece {
	const {kind, label, text, path, bytes} = (value ?? {}) as Readonly<Record<string, unknown>>;
	if (typeof label !== 'string' || typeof text !== 'string') return false;
	return kind === 'paste' || (kind === 'text-file' && typeof path === 'string' && typeof bytes === 'number');
}
