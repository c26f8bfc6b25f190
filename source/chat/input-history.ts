import {type Draft, draftOf} from './draft.js';
import type {InputHistory} from './state.js';

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
	const {lines, edits, stash = ''} = kept;
	return {draft: draftOf(stash), history: edits === undefined ? {lines} : {lines, edits}};
}

/** What was typed before the walk, if a walk is on and anything was. */
export function stashed(history: InputHistory): string {
	return history.position === undefined ? '' : (history.stash ?? '');
}

function show(history: InputHistory, position: number): Walked {
	const line = history.edits?.[position] ?? history.lines[position] ?? '';
	return {draft: draftOf(line), history: {...history, position}};
}

function keep(history: InputHistory, draft: Draft): InputHistory {
	const {position} = history;
	if (position === undefined) return {...history, stash: draft.text};
	if (draft.text === (history.edits?.[position] ?? history.lines[position])) return history;
	return {...history, edits: {...history.edits, [position]: draft.text}};
}
