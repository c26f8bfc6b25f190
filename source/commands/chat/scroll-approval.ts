import type {Scrolling} from '../../components/overlay-view.js';
import type {KeyAction} from '../../terminal/keys.js';

/**
 * The line that a key brings to the top of a request for approval; undefined when the key does something else. A page at most at a time, and
 * no way to jump to the end: what was passed over was on the screen.
 */
export function approvalTopAfter(action: KeyAction, top: number, {last, page}: Scrolling): number | undefined {
	const to = target(action, Math.min(top, last), Math.max(1, page - 1));
	return to === undefined ? undefined : Math.max(0, Math.min(to, last));
}

function target(action: KeyAction, top: number, leap: number): number | undefined {
	switch (action.type) {
		case 'scroll-requested':
			return action.direction === 'up' ? top - leap : top + leap;
		case 'text-typed':
			return action.text === ' ' ? top + leap : undefined;
		case 'edit-requested':
			if (action.edit === 'previous-line') return top - 1;
			return action.edit === 'next-line' ? top + 1 : undefined;
		default:
			return undefined;
	}
}
