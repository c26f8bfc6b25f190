import type {State} from '../state.js';
import {notice, without} from '../step.js';

/** Shows answers as they came from now on, or as markdown again. */
export function toggleRaw(state: State): State {
	return state.raw
		? notice(without(state, 'raw'), 'Markdown is drawn again from here on. /redraw draws what came before so, too.')
		: notice(
				{...state, raw: true},
				'Markdown is shown as it came from here on; /raw draws it again. /redraw shows what came before so, too.',
			);
}
