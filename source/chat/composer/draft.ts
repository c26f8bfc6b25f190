import type {Edit} from '../event.js';
import {nextPlace, placeNear, previousPlace} from './caret-place.js';
import {lineDown, lineEnd, lineStart, lineUp} from './lines.js';
import {expand, freeLabel, type Outgoing, type Piece, pieceSpans, replaceSpans} from './piece.js';
import {wordEndAfter, wordStartBefore} from './words.js';

/** The text being typed. `caret` is an index in UTF-16 code units; it stands on a grapheme boundary, never within the label of a piece. */
export interface Draft {
	readonly text: string;
	readonly caret: number;
	/** What labels in the text stand for; each label is in the text. */
	readonly pieces?: readonly Piece[];
}

/** Text with what its labels stand for, cut out of a draft. */
export type Fragment = Omit<Draft, 'caret'>;

export const emptyDraft: Draft = {text: '', caret: 0};

/** A draft with the caret at its end; what a draft may not hold is left out. */
export function draftOf(text: string): Draft {
	return insert(emptyDraft, text);
}

/** What the draft comes to when it is sent, its pieces written out. */
export function outgoingOf({text, pieces}: Fragment): Outgoing {
	return expand(text, pieces);
}

/** The draft as it would have to be typed without labels; a message that begins with a slash only because of one must not become a command. */
export function typedText(draft: Fragment): string {
	const {text} = outgoingOf(draft);
	return text.startsWith('/') && !draft.text.startsWith('/') ? `/${text}` : text;
}

export interface Edited {
	readonly draft: Draft;
	/** What this edit killed, for `yank`; absent when it killed nothing. */
	readonly killed?: Fragment;
	/** `previous-line` on the first line, or `next-line` on the last: the caret did not move. */
	readonly atEdge?: true;
}

/**
 * Puts text at the caret. Line ends become `\n`; other control characters but tabs are left out, because a prompt has no use for
 * them and a terminal would obey them; so are characters that reorder text or hide in it.
 */
export function insert(draft: Draft, text: string): Draft {
	return replaceRange(draft, draft.caret, draft.caret, cleaned(text));
}

/** Text as a draft may hold it. */
export function cleaned(text: string): string {
	return text
		.replace(/\r\n?/g, '\n')
		.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g, '')
		.toWellFormed();
}

/** Puts the label of a piece at the caret, with another number where the draft has that label already. */
export function insertPiece(draft: Draft, piece: Piece): Draft {
	return insertFragment(draft, {text: piece.label, pieces: [piece]});
}

/** Puts text with pieces at the caret; labels that the draft has already get another number. */
export function insertFragment(draft: Draft, fragment: Fragment): Draft {
	return replaceRange(draft, draft.caret, draft.caret, ...relabelled(fragment, draft.text));
}

/** Several drafts as one, an empty line between them; those without text are left out. The caret stands at the end. */
export function joinDrafts(drafts: readonly Draft[]): Draft {
	return drafts
		.filter(({text}) => text !== '')
		.reduce((whole, next) => insertFragment(whole.text === '' ? whole : insert(whole, '\n\n'), next), emptyDraft);
}

/** Replaces a range, and the whole of what it touches a part of; the caret stands after the new text. */
export function replaceRange(draft: Draft, from: number, to: number, by: string, more: readonly Piece[] = []): Draft {
	const text = draft.text.slice(0, from) + by + draft.text.slice(to);
	const pieces = [...(draft.pieces ?? []), ...more].filter(({label}) => text.includes(label));
	const written = pieces.length === 0 ? {text} : {text, pieces};
	return {...written, caret: placeNear(written, from + by.length, 'end')};
}

/** Carries out one motion or deletion. What depends on edits before it (yank, undo) is done in `editing.ts`. */
export function edit(draft: Draft, name: Edit): Edited {
	const {text, caret} = draft;
	switch (name) {
		case 'backward-char':
			return moved(draft, previousPlace(draft, caret), 'start');
		case 'forward-char':
			return moved(draft, nextPlace(draft, caret), 'end');
		case 'backward-word':
			return moved(draft, wordStartBefore(text, caret), 'start');
		case 'forward-word':
			return moved(draft, wordEndAfter(text, caret), 'end');
		case 'beginning-of-line':
			return moved(draft, lineStart(text, caret), 'start');
		case 'end-of-line':
			return moved(draft, lineEnd(text, caret), 'end');
		case 'beginning-of-buffer':
			return moved(draft, 0, 'start');
		case 'end-of-buffer':
			return moved(draft, text.length, 'end');
		case 'previous-line':
			return movedOrAtEdge(draft, lineUp(text, caret), 'start');
		case 'next-line':
			return movedOrAtEdge(draft, lineDown(text, caret), 'end');
		case 'backward-delete-char':
			return {draft: replaceRange(draft, previousPlace(draft, caret), caret, '')};
		case 'delete-char':
			return {draft: replaceRange(draft, caret, nextPlace(draft, caret), '')};
		case 'backward-kill-word':
			return kill(draft, wordStartBefore(text, caret), caret);
		case 'kill-word':
			return kill(draft, caret, wordEndAfter(text, caret));
		case 'kill-line':
			return kill(draft, caret, text[caret] === '\n' ? caret + 1 : lineEnd(text, caret));
		case 'unix-line-discard':
			return kill(draft, text[caret - 1] === '\n' ? caret - 1 : lineStart(text, caret), caret);
		case 'insert-newline':
			return {draft: insert(draft, '\n')};
		case 'yank':
		case 'yank-pop':
		case 'undo':
		case 'redo':
			return {draft};
	}
}

/** Moves the caret to `index`, or the nearest place where it may stand. */
export function moveCaret(draft: Draft, index: number, toward: 'start' | 'end'): Draft {
	return {...draft, caret: placeNear(draft, index, toward)};
}

function moved(draft: Draft, index: number, toward: 'start' | 'end'): Edited {
	return {draft: moveCaret(draft, index, toward)};
}

function movedOrAtEdge(draft: Draft, index: number | undefined, toward: 'start' | 'end'): Edited {
	return index === undefined ? {draft, atEdge: true} : moved(draft, index, toward);
}

/** A piece that stands partly in the range is killed as a whole. */
function kill(draft: Draft, from: number, to: number): Edited {
	const start = placeNear(draft, from, 'start');
	const end = placeNear(draft, to, 'end');
	if (start === end) return {draft};
	return {draft: replaceRange(draft, start, end, ''), killed: cut(draft, start, end)};
}

function cut(draft: Draft, start: number, end: number): Fragment {
	const text = draft.text.slice(start, end);
	const pieces = pieceSpans(text, draft.pieces).map(({piece}) => piece);
	return pieces.length === 0 ? {text} : {text, pieces};
}

function relabelled({text, pieces = []}: Fragment, taken: string): [text: string, pieces: readonly Piece[]] {
	const given: Piece[] = [];
	const renamed = replaceSpans(text, pieceSpans(text, pieces), ({piece}) => {
		const isTaken = (label: string) => taken.includes(label) || given.some(other => other.label === label);
		const label = freeLabel(piece.label, isTaken);
		given.push(label === piece.label ? piece : {...piece, label});
		return label;
	});
	return [renamed, given];
}
