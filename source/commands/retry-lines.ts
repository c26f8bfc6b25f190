import {retryWords} from '../components/run-words.js';
import type {TransportEvent} from '../gateway/transport.js';

/** Other tries of the provider in words, each once: a gateway tells of one in several ways, and only in one of them how long it waits (2026.9.6). */
export function createRetryLines(): (event: TransportEvent) => string | undefined {
	let said = 0;
	return event => {
		if (event.type !== 'progress' || event.retry?.delayMs === undefined || event.retry.attempt === said) return undefined;
		said = event.retry.attempt;
		return `${retryWords(event.retry)}.`;
	};
}
