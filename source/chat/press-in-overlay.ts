import {answerConfirmation} from './confirmation.js';
import {pressInHelp} from './help.js';
import {pressInHistorySearch} from './history-search.js';
import type {KeyEvent, Overlay} from './overlay.js';
import {pressInPicker} from './picker.js';
import {pressInApproval} from './press-in-approval.js';
import {pressInRuns} from './runs-overlay.js';
import type {State} from './state.js';
import type {Step} from './step.js';

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
