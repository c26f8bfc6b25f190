import type {Edit} from '../event.js';
import {showHelp} from '../help.js';
import type {State} from '../state.js';
import {notice, type Step, stay} from '../step.js';
import {cleaned, type Draft, emptyDraft, insert, moveCaret, replaceRange, typedText} from './draft.js';
import {changed, editNow} from './editing.js';
import {addLine, stashed, walkBack, walkForward} from './input-history.js';
import {insertPaste} from './large-paste.js';
import {takeLastBack} from './queue.js';

/** Typed text. A single `?` in an empty composer asks for the tables of keys and commands. */
export function typeText(state: State, text: string): State {
	if (text === '?' && state.draft.text === '') return showHelp(state, 'keys');
	return changeDraft(state, insert(state.draft, text), text.includes('\n') ? 'other' : 'typing');
}

export function pasteText(state: State, text: string): State {
	return changeDraft(state, insertPaste(state.draft, text));
}

/** Another draft in place of this one, which undo brings back. */
export function changeDraft(state: State, draft: Draft, kind: 'typing' | 'other' = 'other'): State {
	return {...state, draft, editing: changed(state.editing, state.draft, draft, kind, state.now)};
}

/**
 * A motion or deletion; ↑ on the first line takes back what is queued, else it walks through the input history, as ↓ does on the last.
 *
 * @param place Where ↑ or ↓ leads within the draft, when the screen said so.
 */
export function editDraft(state: State, name: Edit, place?: number): State {
	if (place !== undefined) return changeDraft(state, moveCaret(state.draft, place, name === 'previous-line' ? 'start' : 'end'));
	const {draft, editing, atEdge} = editNow(state.editing, state.draft, name, state.now);
	if (atEdge === undefined) return {...state, draft, editing};
	const isWalking = state.inputHistory.position !== undefined;
	if (name === 'previous-line' && state.queue.length > 0 && !isWalking) return takeLastBack(state);
	const walk = name === 'previous-line' ? walkBack : walkForward;
	const walked = walk(state.inputHistory, state.draft);
	return {...state, draft: walked.draft, inputHistory: walked.history};
}

/** Takes the text out of the composer into the input history; what was typed before a walk through the history comes back. */
export function rememberDraft(state: State): Step {
	const line = typedText(state.draft);
	const stash = stashed(state.inputHistory);
	const draft = stash === undefined || stash.text === state.draft.text ? emptyDraft : stash;
	return [{...state, draft, inputHistory: addLine(state.inputHistory, line)}, [{type: 'remember-input', line}]];
}

/** Takes a command out of the composer into the input history. @param from Where it begins; the files before it stay in the draft. */
export function rememberCommand(state: State, from: number): Step {
	if (from === 0) return rememberDraft(state);
	const {draft} = state;
	const line = draft.text.slice(from);
	const files = replaceRange(draft, from, draft.text.length, '');
	return [{...changeDraft(state, files), inputHistory: addLine(state.inputHistory, line)}, [{type: 'remember-input', line}]];
}

/** A draft of an earlier run; when something was typed meanwhile it goes to the input history. */
export function restoreDraft(state: State, draft: Draft): Step {
	if (state.draft.text === '') return stay({...state, draft});
	const text = typedText(draft);
	const kept = {...state, inputHistory: {...state.inputHistory, lines: [...state.inputHistory.lines, text]}};
	return [notice(kept, 'What was not sent last time is in the input history: ↑ brings it back.'), [{type: 'remember-input', line: text}]];
}

/** Lines of earlier runs go before those of this one. */
export function loadHistory(state: State, lines: readonly string[]): State {
	const {position, edits} = state.inputHistory;
	const further = (place: number | string) => Number(place) + lines.length;
	const moved = {
		...(position !== undefined && {position: further(position)}),
		...(edits && {edits: Object.fromEntries(Object.entries(edits).map(([place, draft]) => [further(place), draft]))}),
	};
	return {...state, inputHistory: {...state.inputHistory, ...moved, lines: [...lines.map(cleaned), ...state.inputHistory.lines]}};
}
