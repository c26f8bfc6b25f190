import type {FaultName, FaultOptions} from './faults.js';
import {type Ending, type Reply, upstreamError} from './reply.js';

/** The reply as a fault of the `stream` stage spoils it; other faults leave it alone. */
export function replyUnderFault(reply: Reply, fault: FaultName | undefined, options: FaultOptions): Reply {
	const head = reply.pieces.slice(0, options.afterPieces ?? 3);
	const struck = (ending: Ending): Reply => ({...reply, pieces: head, ending});
	switch (fault) {
		case 'cut':
			return struck({kind: 'cut'});
		case 'closed-early':
			return struck({kind: 'closed-early'});
		case 'stall':
			return struck({kind: 'stalled'});
		case 'error-in-stream':
			return struck(upstreamError);
		case 'empty':
			return {...reply, pieces: [], ending: {kind: 'empty'}};
		case 'no-done':
			return {...reply, ending: {kind: 'without-mark'}};
		case 'length':
			return struck({kind: 'finished', finishReason: 'length'});
		case 'garbage':
			return {...reply, pieces: [], ending: {kind: 'garbage'}};
		case 'too-large-line':
			return struck({kind: 'too-large-line', bytes: options.lineBytes ?? 32 * 1024 * 1024});
		case 'slow':
			return {...reply, tokensPerSecond: 4, firstTokenMs: 2000};
		default:
			return reply;
	}
}
