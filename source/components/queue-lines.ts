import type {State} from '../chat/state.js';
import {sanitizeLine} from '../terminal/sanitize.js';
import {wrapProse} from '../terminal/wrap.js';
import {type Drawing, withKeys} from './drawing.js';

const editing = 'edits your last message · Esc: a new one';

/** Questions that wait for their turn, one line each; or that the last one is being edited. */
export function queueLines({queue, queueHeld, conversation}: State, width: number, drawing: Drawing): readonly string[] {
	const {palette} = drawing;
	if (conversation.replacing !== undefined && queue.length === 0)
		return [palette.dim(wrapProse(withKeys(editing, drawing), Math.max(1, width - 1))[0] ?? '')];
	const word = queueHeld ? 'held' : 'next';
	return queue.map(({text}) => {
		const [first = '', ...more] = wrapProse(`${word}: ${sanitizeLine(text)}`, Math.max(1, width - 1));
		return palette.dim(more.length > 0 ? `${first}…` : first);
	});
}
