import type {TransportEvent} from '../gateway/transport.js';

/** What goes on behind the text that stands; `isAnew`: the answer says something else now, whole, and what stands before is no part of it. */
export interface Addition {
	readonly text: string;
	readonly isAnew: boolean;
}

/** An answer on a stream, where nothing can be taken back. */
export interface StandingText {
	/** What an event adds; undefined when it says nothing, or nothing that does not stand there already. */
	take(event: TransportEvent): Addition | undefined;
	/** The answer is whole: one that is shorter than what an attempt before it said has not been told yet. */
	settle(): Addition | undefined;
}

/**
 * A gateway that tries its provider again takes the text back (`replace` with none) and says it from the start, once for each attempt
 * (2026.9.6, over the control plane): what is said again is not printed again.
 */
export function createStandingText(): StandingText {
	let standing = '';
	/** How much of it the answer has said, this time. */
	let length = 0;
	const beginAnew = (text: string): Addition => {
		standing = text;
		length = text.length;
		return {text, isAnew: true};
	};
	const goOn = (text: string): Addition | undefined => {
		const again = Math.min(text.length, standing.length - length);
		if (!standing.startsWith(text.slice(0, again), length)) return beginAnew(standing.slice(0, length) + text);
		const more = text.slice(again);
		standing += more;
		length += text.length;
		return more === '' ? undefined : {text: more, isAnew: false};
	};
	return {
		take(event) {
			if (event.type === 'replace') length = 0;
			return event.type === 'delta' || event.type === 'replace' ? goOn(event.text) : undefined;
		},
		settle: () => (length === 0 || length === standing.length ? undefined : beginAnew(standing.slice(0, length))),
	};
}

/** Said of an addition that is anew, before it. */
export const saidAnew = 'The gateway began its answer anew, in other words than stand above: the new answer follows whole, on a new line.';
