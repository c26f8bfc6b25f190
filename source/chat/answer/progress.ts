import type {ProviderRetry, TransportEvent} from '../../gateway/transport.js';

/** What a run is doing while no text comes. */
export interface Progress {
	/** The gateway's word, e.g. `starting_model`. */
	readonly phase: string;
	readonly message: string;
	/** The gateway tries its provider again; `until` is when, where that was told. */
	readonly retry?: ProviderRetry & {readonly until?: number};
}

export function progressOf({phase, message, retry}: TransportEvent & {type: 'progress'}, now: number): Progress {
	if (retry === undefined) return {phase, message};
	return {phase, message, retry: {...retry, ...(retry.delayMs !== undefined && {until: now + retry.delayMs})}};
}
