import type {Look} from './gateway-look.js';

/** A process that was killed is gone by then, milliseconds: its port refuses. */
export const secondLookAfterMs = 300;

const closedCodes: ReadonlySet<string | undefined> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ECONNABORTED']);

/**
 * A gateway that was well at the last look, and takes the connection now and closes it without a word. One that is being ended does so
 * for a moment; so does a tunnel whose far end is dead, for longer.
 */
export function isEndingNow(known: Look | undefined, found: Look): boolean {
	if (known?.kind !== 'usable' || found.kind !== 'away') return false;
	const failure = found.evidence.observations.findLast(({kind}) => kind === 'network-failure');
	return failure?.kind === 'network-failure' && failure.phase !== 'body' && failure.attempts.some(({code}) => closedCodes.has(code));
}
