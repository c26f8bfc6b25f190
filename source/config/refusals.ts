import type {RefusalLedger} from '../gateway/gateway.js';
import type {Locations} from './location.js';

/** The refusals that all clawtalk processes of this user share, in `~/.clawtalk/refusals.json` (0600). `now` is milliseconds. */
export function openRefusals(locations: Locations, now: () => number = Date.now): RefusalLedger {
	return {
		find: () => Promise.reject(new Error(`not built yet: ${locations.refusalsFile} ${now()}`)),
		record: () => Promise.reject(new Error('not built yet')),
		clear: () => Promise.reject(new Error('not built yet')),
	};
}
