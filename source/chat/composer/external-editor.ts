import type {State} from '../state.js';
import {notice, type Step, stay} from '../step.js';
import {cleaned, type Draft, draftOf, joinDrafts, outgoingOf} from './draft.js';
import {changeDraft} from './update-draft.js';

/** What came of an edit outside. */
export type EditorResult =
	| {readonly kind: 'changed'; readonly text: string}
	/** Nothing changed, or nothing usable came back; `problem` says why in a line. */
	| {readonly kind: 'kept'; readonly problem?: string};

export interface EditorEvent {
	readonly type: 'editor-closed';
	readonly result: EditorResult;
}

/** Sends the draft to the user's own editor, with what its labels stand for; those of images stay. The chat goes on meanwhile. */
export function openEditor(state: State): Step {
	if (!state.hasScreen || state.inEditor !== undefined) return stay(state);
	return [{...state, inEditor: state.draft}, [{type: 'open-editor', text: outgoingOf(state.draft).text}]];
}

/** What comes back replaces the draft, which undo brings back. A draft that came meanwhile (a question that did not arrive) stays before it. */
export function hearEditor(state: State, {result}: EditorEvent): Step {
	const {inEditor, ...rest} = state;
	if (inEditor === undefined) return stay(state);
	const back: State = rest;
	if (result.kind === 'changed') {
		const after = edited(inEditor, cleaned(result.text));
		return stay(changeDraft(back, state.draft.text === inEditor.text ? after : joinDrafts([state.draft, after])));
	}
	return stay(result.problem === undefined ? back : notice(back, result.problem));
}

/** Pieces were written out for the editor, but for images, whose labels may still be there. */
function edited({pieces = []}: Draft, text: string): Draft {
	const kept = pieces.filter(({kind, label}) => kind === 'image' && text.includes(label));
	return kept.length === 0 ? draftOf(text) : {...draftOf(text), pieces: kept};
}
