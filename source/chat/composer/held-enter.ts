import type {KeyEvent} from '../overlay/overlay.js';
import {panelHasKeys} from '../panel/update-panel.js';
import type {State} from '../state.js';
import {type Step, stay, then, without} from '../step.js';
import {insert} from './draft.js';
import {changeDraft} from './update-draft.js';

/** Enter came in one go with text: it waits a moment whether more follows, as in a paste that the terminal did not mark. */
export interface HeldEnter {
	/** Of the last one; the end of its wait counts. */
	readonly id: number;
	/** How many came, without text between them. */
	readonly count: number;
}

type Press = (state: State, event: KeyEvent) => Step;

/** A key of a burst: text makes line ends of the Enters before it, any other key lets the message be sent first. */
export function pressInBurst(state: State, event: KeyEvent, press: Press): Step {
	if (event.type === 'submit-requested' && event.inBurst && composerHasKeys(state)) return hold(state);
	const {enterHeld} = state;
	if (enterHeld === undefined) return press(state, event);
	const free = without(state, 'enterHeld');
	if (event.type !== 'text-typed' && event.type !== 'text-pasted')
		return then(press(free, {type: 'submit-requested', at: state.now}), current => press(current, event));
	return press(changeDraft(free, insert(free.draft, '\n'.repeat(enterHeld.count))), event);
}

/** Nothing followed: the Enter was meant, for the composer and nothing that came above it. */
export function endBurst(state: State, id: number, press: Press): Step {
	if (state.enterHeld?.id !== id) return stay(state);
	const free = without(state, 'enterHeld');
	return composerHasKeys(free) ? press(free, {type: 'submit-requested', at: state.now}) : stay(free);
}

function hold(state: State): Step {
	const {id, count} = state.enterHeld ?? {id: state.entersHeld ?? 0, count: 0};
	const enterHeld = {id: id + 1, count: count + 1};
	return [{...state, enterHeld, entersHeld: enterHeld.id}, [{type: 'await-burst-end', id: enterHeld.id}]];
}

function composerHasKeys(state: State): boolean {
	// Beside a request for approval the composer goes on.
	return (state.overlay === undefined || state.overlay.kind === 'approval') && !panelHasKeys(state);
}
