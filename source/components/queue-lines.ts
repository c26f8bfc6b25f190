import type {State} from '../chat/state.js';
import {sanitizeLine} from '../terminal/sanitize.js';
import {wrapProse} from '../terminal/wrap.js';
import type {Drawing} from './drawing.js';

/** Questions that wait for their turn, one line each. */
export function queueLines({queue, queueHeld}: State, width: number, {palette}: Drawing): readonly string[] {
	const word = queueHeld ? 'held' : 'next';
	return queue.map(({text}) => {
		const [first = '', ...more] = wrapProse(`${word}: ${sanitizeLine(text)}`, Math.max(1, width - 1));
		return palette.dim(more.length > 0 ? `${first}…` : first);
	});
}
