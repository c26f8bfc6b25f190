import {lexer} from 'marked';
import {sanitize, sanitizeLine} from '../terminal/sanitize.js';
import {answerParts} from './answer-parts.js';
import {aboutAnswer, aboutConversation, asideWords, endingWords, moment} from './entry-words.js';
import type {ExportedConversation, ExportedEntry} from './exported-conversation.js';
import {isParseable} from './parseable.js';

/**
 * A conversation as markdown: questions and answers as they were written, each under a heading. Control sequences are taken out, and a
 * block that a text leaves open is closed: it would swallow what follows.
 */
export function markdownExport(conversation: ExportedConversation): string {
	const title = sanitizeLine(conversation.title) || conversation.id;
	const head = [`# ${escapeInline(title)}`, aboutConversation(conversation).join(' · ')];
	return `${[...head, ...conversation.entries.flatMap(entryMarkdown)].join('\n\n')}\n`;
}

function entryMarkdown(entry: ExportedEntry): readonly string[] {
	if (entry.kind !== 'turn') {
		const aside = asideWords(entry);
		return aside === undefined ? [] : [quoted(sanitize(aside).trim())];
	}
	const {at, question, attachments, answer} = entry;
	const files = (attachments ?? []).map(name => `- Attached: ${escapeInline(sanitizeLine(name))}`).join('\n');
	const ending = endingWords(answer);
	return [
		`## You · ${moment(at)}`,
		closed(sanitize(question).trimEnd()),
		files,
		`## ${escapeInline(sanitizeLine(aboutAnswer(entry, answer)))}`,
		...answerParts(answer).flatMap(({text, tools}) => [
			closed(sanitize(text).trimEnd()),
			tools.map(tool => `> ${escapeInline(tool)}`).join('\n>\n'),
		]),
		ending === undefined ? '' : quoted(sanitizeLine(ending)),
	].filter(part => part !== '');
}

/** Nothing in it is markup, nor begins a block. */
function escapeInline(line: string): string {
	return line.replace(/[\\`*_[\]<>#|~&!]/g, '\\$&').replace(/^([-+]|\d+[.)])(?=\s|$)/, '\\$1');
}

function quoted(text: string): string {
	return text
		.split('\n')
		.map(line => `> ${escapeInline(line)}`.trimEnd())
		.join('\n');
}

/**
 * The text, with an end to the code block or HTML block that it leaves open. Found by what a heading after it would become. A text that
 * would take too long to read is fenced as a whole.
 */
function closed(text: string): string {
	const state = endOf(text);
	if (state === 'closed') return text;
	const closers = state === 'open' ? [...fenceClosers(text), ...htmlClosers] : [];
	for (const closer of closers) {
		const attempt = `${text}\n${closer}`;
		if (endOf(attempt) === 'closed') return attempt;
	}
	const fence = '`'.repeat(1 + longestRun(text));
	return `${fence}\n${text}\n${fence}`;
}

const htmlClosers = ['-->', '?>', ']]>', '>', '</script>', '</style>', '</pre>', '</textarea>'];

function fenceClosers(text: string): readonly string[] {
	const runs = [...text.matchAll(/^[ \t>]*(`{3,}|~{3,})/gm)].map(([, run = '']) => run);
	return [...new Set(runs)].sort((a, b) => b.length - a.length).slice(0, 8);
}

function endOf(text: string): 'closed' | 'open' | 'not-read' {
	if (!isParseable(text)) return 'not-read';
	try {
		const last = lexer(`${text}\n\n${sentinel}`).at(-1);
		return last?.type === 'heading' && last.raw === sentinel ? 'closed' : 'open';
	} catch (error) {
		// Thousands of nested quotes exhaust the parser's stack.
		if (error instanceof RangeError) return 'not-read';
		throw error;
	}
}

const sentinel = '## end of the text';

function longestRun(text: string): number {
	return Array.from(text.matchAll(/`+/g), ([run]) => run.length).reduce((longest, length) => Math.max(longest, length), 2);
}
