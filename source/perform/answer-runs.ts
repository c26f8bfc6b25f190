import type {Evidence} from '../diagnosis/evidence.js';
import type {Outcome, Question, Transport, TransportEvent} from '../gateway/transport.js';
import type {Clock} from './clock.js';
import {createReplyFrames} from './reply-frames.js';

/** Questions under way, each with the way to stop it. */
export interface AnswerRuns {
	/** Sends a question once. `deliver` gets what comes back, in frames. */
	send(transport: Transport, question: Question, deliver: (events: readonly TransportEvent[]) => void): void;
	/** Stops one, if it is still under way; its end is delivered all the same. */
	stop(questionId: string): void;
	stopAll(): void;
}

/** @param endedBadly Called when an answer ended in a way that puts the connection in doubt, with what was observed. */
export function createAnswerRuns(clock: Clock, endedBadly: (evidence: Evidence) => void): AnswerRuns {
	const controllers = new Map<string, AbortController>();
	return {
		send(transport, question, deliver) {
			const controller = new AbortController();
			controllers.set(question.id, controller);
			const push = createReplyFrames(clock, deliver);
			void transport.send(question, controller.signal, event => {
				push(event);
				if (event.type !== 'ended') return;
				controllers.delete(question.id);
				if (doubtful.has(event.outcome.kind)) endedBadly(event.evidence);
			});
		},
		stop: questionId => controllers.get(questionId)?.abort('user'),
		stopAll() {
			for (const controller of controllers.values()) controller.abort('user');
		},
	};
}

const doubtful: ReadonlySet<Outcome['kind']> = new Set(['refused', 'unreachable', 'cut', 'abandoned']);
