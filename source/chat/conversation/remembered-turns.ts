import type {Message} from '../../gateway/transport.js';
import type {StoredTurn} from '../../transcripts/stored.js';

/** Characters of a conversation that are kept in memory, and told to a fresh session. About 50,000 tokens: a model has to read them. */
const mostRemembered = 200_000;

/** The newest turns, whole ones, up to what is kept in memory, and at least the last one. A question and its answer follow each other. */
export function newestMessages(messages: readonly Message[]): readonly Message[] {
	let length = 0;
	let from = messages.length;
	while (from >= 2) {
		length += (messages[from - 1]?.text.length ?? 0) + (messages[from - 2]?.text.length ?? 0);
		if (length > mostRemembered && from < messages.length) break;
		from -= 2;
	}
	return from === 0 ? messages : messages.slice(from);
}

/** What the model is told when the conversation goes on in a fresh session: questions that were answered, without those that were asked anew. */
export function messagesOf(turns: readonly StoredTurn[]): readonly Message[] {
	const replaced = new Set(turns.flatMap(({replaces}) => (replaces === undefined ? [] : [replaces])));
	const kept = turns.filter(({questionId, answer}) => !replaced.has(questionId) && answer !== undefined && answer.text !== '');
	return newestMessages(
		kept.flatMap(({question, answer}): readonly Message[] => [
			{role: 'user', text: question},
			{role: 'assistant', text: answer?.text ?? ''},
		]),
	);
}
