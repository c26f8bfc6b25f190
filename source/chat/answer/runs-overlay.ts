import {pasteText, typeText} from '../composer/update-draft.js';
import type {KeyEvent} from '../overlay/overlay.js';
import {closeOverlay, openOverlay} from '../overlay/overlay.js';
import type {State} from '../state.js';
import {append, notice, type Step, stay} from '../step.js';
import {runsIn} from './tool-runs.js';

/** What the agent's tools did, in full: what stands in the scrollback stays folded there. It scrolls; nothing of it stays. */
export interface Runs {
	readonly kind: 'runs';
	/** The others are one line each. */
	readonly unfolded: 'last' | 'all';
	/** The first line that is shown; absent = that of the last run. */
	readonly top?: number;
}

/** Where there is no screen to draw anew, the runs of the last answer are printed as entries. */
export function showRuns(state: State): State {
	if (runsIn(state).length === 0 && (state.answer?.tools ?? []).length === 0) {
		return notice(state, 'No tool run is in memory: the agent used none in this conversation, or this connection does not show them.');
	}
	return state.hasScreen ? openOverlay(state, {kind: 'runs', unfolded: 'last'}) : printRuns(state);
}

function printRuns(state: State): State {
	const {entries} = state;
	const last = entries.slice(entries.findLastIndex(({kind}) => kind === 'question') + 1);
	const runs = runsIn({entries: last}).length > 0 ? runsIn({entries: last}) : runsIn(state);
	return append(
		state,
		...runs.flatMap(entry => (entry.kind === 'tool' ? [{kind: 'tool' as const, run: entry.run, isUnfolded: true as const}] : [])),
	);
}

/** The same key unfolds all, and folds them again; Esc, `q` and Enter close; what else is typed belongs to the composer. */
export function pressInRuns(state: State, runs: Runs, event: KeyEvent): Step {
	switch (event.type) {
		case 'unfold-requested':
			return stay(openOverlay(state, {kind: 'runs', unfolded: runs.unfolded === 'last' ? 'all' : 'last'}));
		case 'text-typed':
			return stay(/^q$/.test(event.text) ? closeOverlay(state) : typeText(closeOverlay(state), event.text));
		case 'text-pasted':
			return stay(pasteText(closeOverlay(state), event.text));
		case 'cancel-requested':
		case 'interrupt-requested':
		case 'submit-requested':
		case 'end-of-input':
			return stay(closeOverlay(state));
		default:
			return stay(state);
	}
}
