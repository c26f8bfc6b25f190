import {draftOf, edit, emptyDraft, insert} from './draft.js';
import type {Edit} from './event.js';
import {addLine, stashed, walkBack, walkForward} from './input-history.js';
import type {State} from './state.js';
import {notice, type Step, stay, tell} from './step.js';

/** Typed text. A single `?` in an empty composer asks for the tables of keys and commands. */
export function typeText(state: State, text: string): State {
	if (text === '?' && state.draft.text === '') return tell(state, {kind: 'help'});
	return {...state, draft: insert(state.draft, text)};
}

export function pasteText(state: State, text: string): State {
	return {...state, draft: insert(state.draft, text)};
}

/** A motion or deletion; ↑ on the first line and ↓ on the last walk through the input history. */
export function editDraft(state: State, name: Edit): State {
	const {draft, killed = state.killed, atEdge} = edit(state.draft, name, state.killed);
	if (atEdge === undefined) return {...state, draft, killed};
	const walk = name === 'previous-line' ? walkBack : walkForward;
	const walked = walk(state.inputHistory, state.draft);
	return {...state, draft: walked.draft, inputHistory: walked.history};
}

/** Takes the text out of the composer into the input history; what was typed before a walk through the history comes back. */
export function rememberDraft(state: State): Step {
	const line = state.draft.text;
	const stash = stashed(state.inputHistory);
	const draft = stash === '' || stash === line ? emptyDraft : draftOf(stash);
	return [{...state, draft, inputHistory: addLine(state.inputHistory, line)}, [{type: 'remember-input', line}]];
}

/** A draft of an earlier run; when something was typed meanwhile it goes to the input history. */
export function restoreDraft(state: State, text: string): Step {
	if (state.draft.text === '') return stay({...state, draft: draftOf(text)});
	const kept = {...state, inputHistory: {...state.inputHistory, lines: [...state.inputHistory.lines, text]}};
	return [notice(kept, 'What was not sent last time is in the input history: ↑ brings it back.'), [{type: 'remember-input', line: text}]];
}

/** Lines of earlier runs go before those of this one. */
export function loadHistory(state: State, lines: readonly string[]): State {
	const {inputHistory} = state;
	const moved = inputHistory.position === undefined ? {} : {position: inputHistory.position + lines.length};
	return {...state, inputHistory: {...inputHistory, ...moved, lines: [...lines, ...inputHistory.lines]}};
}
