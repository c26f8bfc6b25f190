import {chooseCodeBlock} from '../answer/copy.js';
import {cancel, endOfInput, interrupt} from '../answer/interrupt.js';
import {toggleRaw} from '../answer/raw.js';
import {showRuns} from '../answer/runs-overlay.js';
import type {KeyEvent} from '../overlay/overlay.js';
import {leavePanel} from '../panel/update-panel.js';
import {redraw} from '../screen-requests.js';
import type {State} from '../state.js';
import {type Step, stay} from '../step.js';
import {completeAfter, pressInCompletion} from './complete.js';
import {openEditor} from './external-editor.js';
import {openHistorySearch} from './history-search.js';
import {unfoldPiece} from './large-paste.js';
import {submit} from './submit.js';
import {changeDraft, editDraft, pasteText, typeText} from './update-draft.js';

/** A key while the composer has them, and the list of what could be typed next with it. */
export function pressInComposer(state: State, event: KeyEvent): Step {
	return pressInCompletion(state, event) ?? completeAfter(state, press(state, event), event);
}

function press(state: State, event: KeyEvent): Step {
	switch (event.type) {
		case 'text-typed':
			return stay(typeText(state, event.text));
		case 'text-pasted':
			return stay(pasteText(state, event.text));
		case 'edit-requested':
			return stay(editDraft(state, event.edit, event.place));
		case 'submit-requested':
			return submit(state);
		case 'cancel-requested':
			return state.panel ? leavePanel(state) : cancel(state);
		case 'interrupt-requested':
			return interrupt(state);
		case 'end-of-input':
			return endOfInput(state);
		case 'code-blocks-requested':
			return chooseCodeBlock(state);
		case 'raw-requested':
			return stay(toggleRaw(state));
		case 'redraw-requested':
			return redraw(state);
		case 'history-search-requested':
			return stay(openHistorySearch(state));
		case 'editor-requested':
			return openEditor(state);
		case 'unfold-requested':
			return stay(unfold(state));
		case 'completion-requested':
		case 'scroll-requested':
			return stay(state);
	}
}

/** A label beside the caret becomes what it stands for; else what the tools did is shown in full. */
function unfold(state: State): State {
	const draft = unfoldPiece(state.draft);
	return draft === state.draft ? showRuns(state) : changeDraft(state, draft);
}
