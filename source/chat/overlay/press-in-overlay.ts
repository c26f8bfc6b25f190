import {pressInRuns} from '../answer/runs-overlay.js';
import {pressInApproval} from '../approval/press-in-approval.js';
import {pressInHistorySearch} from '../composer/history-search.js';
import {pressInHelp} from '../help.js';
import type {State} from '../state.js';
import type {Step} from '../step.js';
import {answerConfirmation} from './confirmation.js';
import type {KeyEvent, Overlay} from './overlay.js';
import {pressInPicker} from './picker.js';

/** A key while the overlay has them. */
export function pressInOverlay(state: State, overlay: Overlay, event: KeyEvent): Step {
	switch (overlay.kind) {
		case 'picker':
			return pressInPicker(state, overlay, event);
		case 'confirmation':
			return answerConfirmation(state, overlay, event);
		case 'help':
			return pressInHelp(state, overlay, event);
		case 'history-search':
			return pressInHistorySearch(state, overlay, event);
		case 'approval':
			return pressInApproval(state, overlay, event);
		case 'runs':
			return pressInRuns(state, overlay, event);
	}
}
