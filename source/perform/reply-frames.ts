import type {TransportEvent} from '../gateway/transport.js';
import type {Clock} from './clock.js';

/**
 * Milliseconds between two dispatches of an answer's text. Each one draws a frame: measured, 10 ms a frame costs 27 % of a core,
 * 33 ms 10 %, 66 ms 6 %. Over HTTP the text comes in strides of `readingRestMs` anyway, so fewer frames are drawn.
 */
export const frameMs = 33;

/**
 * Gathers what a transport reports into frames. The first text of an answer and what changes its course go out at once, text after that,
 * thoughts and tool runs with the next frame: a gateway may send thousands of them. Neighbours that can be one become one.
 *
 * @returns Takes the next event.
 */
export function createReplyFrames(clock: Clock, deliver: (events: readonly TransportEvent[]) => void): (event: TransportEvent) => void {
	let held: TransportEvent[] = [];
	let callOff: (() => void) | undefined;
	let streaming: string | undefined;

	const flush = () => {
		callOff?.();
		callOff = undefined;
		if (held.length === 0) return;
		const events = held;
		held = [];
		deliver(events);
	};
	return event => {
		const joined = joinedWith(held.at(-1), event);
		if (joined === undefined) held.push(event);
		else held[held.length - 1] = joined;
		const isFirstText = event.type === 'delta' && streaming !== event.questionId;
		if (event.type === 'delta') streaming = event.questionId;
		if (isFirstText || !frequent.has(event.type)) flush();
		else callOff ??= clock.after(frameMs, flush);
	};
}

/** What may come many times a second. */
const frequent: ReadonlySet<TransportEvent['type']> = new Set(['delta', 'thinking', 'tool', 'usage']);

/** Two events that say no less as one. */
function joinedWith(last: TransportEvent | undefined, event: TransportEvent): TransportEvent | undefined {
	if (last === undefined || last.questionId !== event.questionId) return undefined;
	if (event.type === 'delta' && last.type === 'delta') return {...last, text: last.text + event.text};
	if (event.type === 'thinking' && last.type === 'thinking') return {...last, text: last.text + event.text};
	if (event.type !== 'tool' || last.type !== 'tool' || last.call.id !== event.call.id) return undefined;
	const isMore = event.call.phase === 'updated' && (last.call.phase === 'started' || last.call.phase === 'updated');
	return isMore ? {...last, call: {...last.call, ...event.call, phase: last.call.phase}} : undefined;
}

/** Milliseconds for which a transport that can do so leaves what comes to the kernel: about 16 reads a second. */
export const readingRestMs = 58;
