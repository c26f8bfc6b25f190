import type {Edit} from './event.js';
import {boundaries, boundaryFrom, nextBoundary, previousBoundary} from './graphemes.js';
import {wordEndAfter, wordStartBefore} from './words.js';

/** The text being typed. `caret` is an index in UTF-16 code units and always stands on a grapheme boundary. */
export interface Draft {
	readonly text: string;
	readonly caret: number;
}

export const emptyDraft: Draft = {text: '', caret: 0};

/** A draft with the caret at its end. */
export function draftOf(text: string): Draft {
	return {text, caret: text.length};
}

export interface Edited {
	readonly draft: Draft;
	/** What this edit killed, for `yank`; absent when it killed nothing. */
	readonly killed?: string;
	/** `previous-line` on the first line, or `next-line` on the last: the caret did not move. */
	readonly atEdge?: true;
}

/**
 * Puts text at the caret. Line ends become `\n`; other control characters but tabs are left out, because a prompt has no use for
 * them and a terminal would obey them.
 */
export function insert(draft: Draft, text: string): Draft {
	const clean = text.replace(/\r\n?/g, '\n').replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '');
	return replace(draft, draft.caret, draft.caret, clean);
}

/** Carries out one motion or deletion; `killed` is what `yank` inserts. */
export function edit(draft: Draft, name: Edit, killed = ''): Edited {
	const {text, caret} = draft;
	switch (name) {
		case 'backward-char':
			return moved(draft, previousBoundary(text, caret));
		case 'forward-char':
			return moved(draft, nextBoundary(text, caret));
		case 'backward-word':
			return moved(draft, wordStartBefore(text, caret));
		case 'forward-word':
			return moved(draft, wordEndAfter(text, caret));
		case 'beginning-of-line':
			return moved(draft, lineStart(text, caret));
		case 'end-of-line':
			return moved(draft, lineEnd(text, caret));
		case 'previous-line':
			return lineUp(draft);
		case 'next-line':
			return lineDown(draft);
		case 'backward-delete-char':
			return {draft: replace(draft, previousBoundary(text, caret), caret, '')};
		case 'delete-char':
			return {draft: replace(draft, caret, nextBoundary(text, caret), '')};
		case 'backward-kill-word':
			return kill(draft, wordStartBefore(text, caret), caret);
		case 'kill-word':
			return kill(draft, caret, wordEndAfter(text, caret));
		case 'kill-line':
			return kill(draft, caret, text[caret] === '\n' ? caret + 1 : lineEnd(text, caret));
		case 'unix-line-discard':
			return kill(draft, lineStart(text, caret), caret);
		case 'yank':
			return {draft: insert(draft, killed)};
		case 'insert-newline':
			return {draft: insert(draft, '\n')};
	}
}

function moved({text}: Draft, caret: number): Edited {
	return {draft: {text, caret: boundaryFrom(text, caret)}};
}

/** Replaces a range; the caret stands after the new text, or after the grapheme that the edit made of its neighbours. */
function replace({text}: Draft, from: number, to: number, by: string): Draft {
	const changed = text.slice(0, from) + by + text.slice(to);
	return {text: changed, caret: boundaryFrom(changed, from + by.length)};
}

function kill(draft: Draft, from: number, to: number): Edited {
	const start = boundaryFrom(draft.text, from);
	const end = Math.max(start, boundaryFrom(draft.text, to));
	if (start === end) return {draft};
	return {draft: replace(draft, start, end, ''), killed: draft.text.slice(start, end)};
}

function lineUp(draft: Draft): Edited {
	const start = lineStart(draft.text, draft.caret);
	if (start === 0) return {draft, atEdge: true};
	return moveToLine(draft, start, lineStart(draft.text, start - 1));
}

function lineDown(draft: Draft): Edited {
	const end = lineEnd(draft.text, draft.caret);
	if (end === draft.text.length) return {draft, atEdge: true};
	return moveToLine(draft, lineStart(draft.text, draft.caret), end + 1);
}

/** Keeps the column, counted in graphemes. */
function moveToLine({text, caret}: Draft, currentStart: number, targetStart: number): Edited {
	const column = boundaries(text.slice(currentStart, caret)).length - 1;
	const places = boundaries(text.slice(targetStart, lineEnd(text, targetStart)));
	return {draft: {text, caret: targetStart + (places[Math.min(column, places.length - 1)] ?? 0)}};
}

function lineStart(text: string, caret: number): number {
	return caret === 0 ? 0 : text.lastIndexOf('\n', caret - 1) + 1;
}

function lineEnd(text: string, caret: number): number {
	const end = text.indexOf('\n', caret);
	return end === -1 ? text.length : end;
}
