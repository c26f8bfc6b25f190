import {sanitize, sanitizeLine} from '../terminal/sanitize.js';
import {answerParts} from './answer-parts.js';
import {aboutAnswer, aboutConversation, asideWords, endingWords, moment} from './entry-words.js';
import type {ExportedConversation, ExportedEntry} from './exported-conversation.js';

/** A conversation as plain text, not wrapped. Control sequences are taken out: such files meet terminals. */
export function textExport(conversation: ExportedConversation): string {
	const title = sanitizeLine(conversation.title) || conversation.id;
	const head = [title, aboutConversation(conversation).join(' · ')].join('\n');
	return `${[head, ...conversation.entries.flatMap(entryText)].join('\n\n')}\n`;
}

function entryText(entry: ExportedEntry): readonly string[] {
	if (entry.kind !== 'turn') {
		const aside = asideWords(entry);
		return aside === undefined ? [] : [`(${sanitize(aside).trim()})`];
	}
	const {at, question, attachments, answer} = entry;
	const files = attachments === undefined ? [] : [`Attached: ${attachments.map(sanitizeLine).join(', ')}`];
	const ending = endingWords(answer);
	return [
		[`You · ${moment(at)}`, sanitize(question).trimEnd(), ...files].join('\n'),
		[
			sanitizeLine(aboutAnswer(entry, answer)),
			...answerParts(answer).flatMap(({text, tools}) => [
				...(text.trim() === '' ? [] : [sanitize(text).trimEnd()]),
				...tools.map(tool => `(${tool})`),
			]),
			...(ending === undefined ? [] : [`(${sanitizeLine(ending)})`]),
		].join('\n'),
	];
}
