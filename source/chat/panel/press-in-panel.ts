import {pasteText} from '../composer/update-draft.js';
import type {KeyEvent} from '../overlay/overlay.js';
import {redraw} from '../screen-requests.js';
import type {State} from '../state.js';
import {type Step, stay} from '../step.js';
import {confirmInPanel, endInputInPanel, interruptInPanel, leavePanel, moveInPanel, pressPanelKeys} from './update-panel.js';

/** A key while the connection panel has them. A paste is meant for the composer all the same. */
export function pressInPanel(state: State, event: KeyEvent): Step {
	switch (event.type) {
		case 'text-typed':
			return pressPanelKeys(state, event.text);
		case 'text-pasted':
			return stay(pasteText(state, event.text));
		case 'edit-requested':
			return stay(moveInPanel(state, event.edit));
		case 'submit-requested':
			return confirmInPanel(state);
		case 'cancel-requested':
			return leavePanel(state);
		case 'interrupt-requested':
			return interruptInPanel(state);
		case 'end-of-input':
			return endInputInPanel(state);
		case 'redraw-requested':
			return redraw(state);
		case 'completion-requested':
		case 'history-search-requested':
		case 'editor-requested':
		case 'code-blocks-requested':
		case 'unfold-requested':
		case 'raw-requested':
		case 'scroll-requested':
			return stay(state);
	}
}
