import type {Usage} from '../transport.js';
import {countIn, type Fields, fieldsOf, isName, objectsIn, textIn} from './fields.js';

/** The text of a message: a string, or blocks of which the text ones count. Undefined when there is no message. */
export function messageText(message: unknown): string | undefined {
	const content = typeof message === 'string' ? message : fieldsOf(message)['content'];
	if (typeof content === 'string') return content;
	if (!Array.isArray(content)) return textIn(fieldsOf(message), 'text');
	const texts = objectsIn(content).flatMap(block => (block['type'] === 'text' ? (textIn(block, 'text') ?? []) : []));
	return texts.join('\n\n');
}

/** The id of the run that a message of a history is of (2026.9.6). */
export function runOf(message: Fields): string | undefined {
	const id = fieldsOf(message['__openclaw'])['runId'];
	return isName(id) ? id : undefined;
}

/** Counted tokens of a message (`input`, `output`, `totalTokens`); undefined when none is above zero. */
export function usageIn(usage: unknown): Usage | undefined {
	const fields = fieldsOf(usage);
	const [promptTokens, completionTokens] = [countIn(fields, 'input') ?? 0, countIn(fields, 'output') ?? 0];
	const totalTokens = countIn(fields, 'totalTokens') ?? promptTokens + completionTokens;
	return promptTokens + completionTokens + totalTokens === 0 ? undefined : {promptTokens, completionTokens, totalTokens};
}
