import {draftOf, emptyDraft, insert} from './draft.js';
import type {State} from './state.js';
import {notice, type Step, stay} from './step.js';

/** What came of an edit outside. */
export type EditorResult =
	| {readonly kind: 'changed'; readonly text: string}
	/** Nothing changed, or nothing usable came back; `problem` says why in a line. */
	| {readonly kind: 'kept'; readonly problem?: string};

export interface EditorEvent {
	readonly type: 'editor-closed';
	readonly result: EditorResult;
}

/** Sends the draft to the user's own editor, labels replaced by what they stand for. The chat goes on meanwhile. */
export function openEditor(state: State): Step {
	if (!state.hasScreen || state.inEditor !== undefined) return stay(state);
	const {text} = state.draft;
	return [{...state, inEditor: text}, [{type: 'open-editor', text}]];
}

/** What comes back replaces the draft. A draft that was put there meanwhile goes to the input history. */
export function hearEditor(state: State, {result}: EditorEvent): Step {
	const {inEditor, ...rest} = state;
	if (inEditor === undefined) return stay(state);
	const back: State = rest;
	if (result.kind === 'kept') return stay(result.problem === undefined ? back : notice(back, result.problem));
	const draft = insert(emptyDraft, result.text);
	if (state.draft.text === inEditor || state.draft.text === '') return stay({...back, draft: draftOf(draft.text)});
	const line = state.draft.text;
	const kept = {...back, draft, inputHistory: {...back.inputHistory, lines: [...back.inputHistory.lines, line]}};
	return [kept, [{type: 'remember-input', line}]];
}
