import type {Event} from '../../chat/event.js';
import type {State} from '../../chat/state.js';
import {sanitizeLine} from '../../terminal/sanitize.js';
import {createSpokenPrinter} from '../../terminal/spoken-printer.js';
import {createConnectionNotices} from '../ask/ask-notices.js';
import {type Addition, createStandingText} from '../standing-text.js';
import {createSpokenRuns} from './spoken-runs.js';

/**
 * Answers for a screen reader, by the sentence, and what becomes of them meanwhile: tools, another try of the provider, a connection that
 * is gone or back.
 *
 * @param say Says a line of its own. @param write Goes on with the answer.
 */
export function speakAnswers(say: (line: string) => void, write: (text: string) => unknown): (event: Event, state: State) => void {
	let printer: ReturnType<typeof createSpokenPrinter> | undefined;
	// A sentence that was begun is said first.
	const runs = createSpokenRuns(line => {
		printer?.end();
		say(line);
	});
	const connection = createConnectionNotices();
	const begin = (agent: string | undefined) => {
		if (printer === undefined) say(`Agent (${sanitizeLine(agent ?? 'default')}):`);
		printer ??= createSpokenPrinter(write);
		return printer;
	};
	let standing = createStandingText();
	const speak = (added: Addition | undefined, agent: string | undefined) => {
		if (added === undefined) return;
		if (added.isAnew) {
			printer?.end();
			say('The answer begins anew.');
		}
		begin(agent).push(added.isAnew ? `\n${added.text}` : added.text);
	};
	return (event, {answer, agent}) => {
		if (event.type !== 'reply-received') return;
		for (const reply of event.events) {
			if (reply.questionId !== answer?.questionId) continue;
			if (reply.type === 'accepted') say('Waiting: the agent has your message.');
			speak(standing.take(reply), agent);
			if (reply.type === 'ended') {
				if (reply.outcome.kind === 'complete') speak(standing.settle(), agent);
				printer?.end();
				printer = undefined;
				standing = createStandingText();
			}
			const news = connection(reply);
			if (news !== undefined) {
				printer?.pause?.();
				say(`Notice: ${news}`);
			}
			runs.hear(reply, event.at);
		}
	};
}
