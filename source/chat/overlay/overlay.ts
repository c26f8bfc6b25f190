import type {Runs} from '../answer/runs-overlay.js';
import type {ApprovalOverlay} from '../approval/approval.js';
import type {HistorySearch} from '../composer/history-search.js';
import type {Event} from '../event.js';
import type {Help} from '../help.js';
import type {State} from '../state.js';
import {without} from '../step.js';
import type {Confirmation} from './confirmation.js';
import type {Picker} from './picker.js';

/** What stands above the composer and has the keys, one at a time. The composer keeps its text meanwhile. */
export type Overlay = Picker | Confirmation | Help | HistorySearch | Runs | ApprovalOverlay;

export function openOverlay(state: State, overlay: Overlay): State {
	return {...without(state, 'overlay', 'completion'), overlay};
}

export function closeOverlay(state: State): State {
	return state.overlay === undefined ? state : without(state, 'overlay');
}

/** Keys, as meaning. */
export type KeyEvent = Extract<
	Event,
	{
		readonly type:
			| 'text-typed'
			| 'text-pasted'
			| 'edit-requested'
			| 'submit-requested'
			| 'cancel-requested'
			| 'interrupt-requested'
			| 'end-of-input'
			| 'completion-requested'
			| 'history-search-requested'
			| 'editor-requested'
			| 'code-blocks-requested'
			| 'unfold-requested'
			| 'raw-requested'
			| 'redraw-requested'
			| 'scroll-requested';
	}
>;
