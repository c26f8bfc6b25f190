import {exitCodes} from '../../exit-codes.js';
import {here} from '../fixes.js';
import type {ControlPart} from './control-part.js';

/** W21. */
export function stillStarting(reason: string, retryAfterMs?: number): ControlPart {
	return {
		id: 'W21',
		slug: 'control.starting',
		confidence: reason.startsWith('gateway starting') ? 'certain' : 'likely',
		title: `The gateway is still starting${reason === '' ? '' : `: ${reason}`}`,
		explanation: 'It asks to try again later. It takes 7–15 seconds as a rule.',
		fixes: [here('wait until it is there, then ask', 'clawtalk ask --wait 2m QUESTION', 'has-placeholders')],
		exitCode: exitCodes.temporary,
		transient: true,
		...(retryAfterMs === undefined ? {} : {retryAfterMs}),
	};
}
