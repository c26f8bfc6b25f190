import type {Help} from '../../chat/help.js';
import type {Scrolling} from '../../components/overlay-view.js';
import type {KeyAction} from '../../terminal/keys.js';

/** The line that a key brings to the top of the help; undefined when the key does something else. */
export function helpTopAfter(action: KeyAction, {top, query}: Help, scroll: Scrolling): number | undefined {
	const to = target(action, Math.min(top, scroll.last), scroll, query.text === '');
	return to === undefined ? undefined : Math.max(0, Math.min(to, scroll.last));
}

/** The same for the list of tool runs, which is not narrowed by typing. */
export function runsTopAfter(action: KeyAction, scroll: Scrolling): number | undefined {
	const to = target(action, scroll.top ?? 0, scroll, true);
	return to === undefined ? undefined : Math.max(0, Math.min(to, scroll.last));
}

function target(action: KeyAction, top: number, {last, page}: Scrolling, isUnfiltered: boolean): number | undefined {
	// One line of the page before stays, so that the eye finds where to go on.
	const leap = Math.max(1, page - 1);
	if (action.type === 'scroll-requested') return action.direction === 'up' ? top - leap : top + leap;
	if (action.type === 'text-typed') return isUnfiltered && /^ +$/.test(action.text) ? top + leap * action.text.length : undefined;
	if (action.type !== 'edit-requested') return undefined;
	if (action.edit === 'previous-line') return top - 1;
	if (action.edit === 'next-line') return top + 1;
	if (!isUnfiltered) return undefined;
	if (action.edit === 'beginning-of-line') return 0;
	return action.edit === 'end-of-line' ? last : undefined;
}
