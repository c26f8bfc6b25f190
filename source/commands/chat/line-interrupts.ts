import type {ChatSession} from './chat-session.js';
import {takeInterrupts} from './interrupts.js';

/** Ctrl+C in a chat that reads lines. */
export interface LineInterrupts {
	/** Aborted when the chat was left with Ctrl+C: a line that is awaited does not come. */
	readonly left: AbortSignal;
	/** A line was entered: the next Ctrl+C is a first one. */
	entered(): void;
	/** Gives Ctrl+C back. */
	release(): void;
}

/**
 * Ctrl+C, where the terminal makes a signal of it, stops an answer; else it quits, the second time. What was typed of a line is dropped by the
 * terminal itself. No time ends the wait for the second one: who listens to a screen reader has first to hear of it.
 */
export function stopWithInterrupt(session: ChatSession, say: (line: string) => void): LineInterrupts {
	const left = new AbortController();
	let isArmed = false;
	const release = takeInterrupts(passOn => {
		const {answer, phase} = session.store.getState();
		// Quitting takes as long as the disk does: who cannot wait for it is not held.
		if (phase === 'quitting') return passOn();
		if (answer !== undefined && answer.phase !== 'cancelling') return session.happened({type: 'cancel-requested'});
		if (!isArmed) {
			isArmed = true;
			return say('Ctrl+C again quits.');
		}
		session.happened({type: 'quit-requested'});
		left.abort();
	});
	return {
		left: left.signal,
		entered() {
			isArmed = false;
		},
		release,
	};
}
