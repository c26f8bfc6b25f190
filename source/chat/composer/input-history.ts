import type {InputHistory} from '../state.js';
import {type Draft, draftOf, joinDrafts} from './draft.js';

/** Lines kept in memory. */
const maxHistoryLines = 500;

interface Walked {
	readonly draft: Draft;
	readonly history: InputHistory;
}

/** Adds a line that was sent, unless it repeats the one before; ends a walk. */
export function addLine(history: InputHistory, line: string): InputHistory {
	const lines = history.lines.at(-1) === line ? history.lines : [...history.lines, line].slice(-maxHistoryLines);
	return {lines};
}

/** The line before the one shown. What was typed, and what was changed on the way, comes back when the walk passes it again. */
export function walkBack(history: InputHistory, draft: Draft): Walked {
	const position = (history.position ?? history.lines.length) - 1;
	return position < 0 ? {draft, history} : show(keep(history, draft), position);
}

/** The line after the one shown; after the newest comes what was typed before the walk. */
export function walkForward(history: InputHistory, draft: Draft): Walked {
	if (history.position === undefined) return {draft, history};
	const kept = keep(history, draft);
	if (history.position + 1 < history.lines.length) return show(kept, history.position + 1);
	const {lines, edits, stash = draftOf('')} = kept;
	return {draft: atEnd(stash), history: edits === undefined ? {lines} : {lines, edits}};
}

/** A line found otherwise: the walk goes on from there. */
export function walkTo(history: InputHistory, draft: Draft, position: number): Walked {
	return show(keep(history, draft), position);
}

/** What was typed before the walk, if a walk is on and anything was. */
export function stashed(history: InputHistory): Draft | undefined {
	const stash = history.position === undefined ? undefined : history.stash;
	return stash === undefined || stash.text === '' ? undefined : atEnd(stash);
}

/** What the user has typed, though a walk may show another line: that one counts only when it was changed. */
export function typedDraft(history: InputHistory, draft: Draft): Draft {
	const stash = stashed(history);
	if (stash === undefined) return draft;
	return history.position !== undefined && draft.text === history.lines[history.position] ? stash : joinDrafts([stash, draft]);
}

function show(history: InputHistory, position: number): Walked {
	const draft = history.edits?.[position] ?? draftOf(history.lines[position] ?? '');
	return {draft: atEnd(draft), history: {...history, position}};
}

function atEnd(draft: Draft): Draft {
	return {...draft, caret: draft.text.length};
}

function keep(history: InputHistory, draft: Draft): InputHistory {
	const {position} = history;
	if (position === undefined) return {...history, stash: draft};
	if (draft.text === (history.edits?.[position]?.text ?? history.lines[position])) return history;
	return {...history, edits: {...history.edits, [position]: draft}};
}
