import {createHash} from 'node:crypto';
import {sanitize, sanitizeLine} from '../terminal/sanitize.js';
import {type AnswerPart, answerParts} from './answer-parts.js';
import {aboutAnswer, aboutConversation, asideWords, endingWords, moment} from './entry-words.js';
import type {ExportedConversation, ExportedEntry} from './exported-conversation.js';
import {escapeHtml} from './html-escape.js';
import {markdownToHtml, verbatim} from './html-markdown.js';
import {pageStyle} from './html-style.js';

/**
 * A conversation as one page that needs no network and no script. The policy in its head allows its own style, by its hash, and nothing
 * else: not even a mistake of ours in escaping could run or load anything.
 */
export function htmlExport(conversation: ExportedConversation): string {
	const title = escapeHtml(sanitizeLine(conversation.title) || conversation.id);
	const about = aboutConversation(conversation).map(escapeHtml).join(' · ');
	const hash = createHash('sha256').update(pageStyle).digest('base64');
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="clawtalk">
<title>${title}</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1 dir="auto">${title}</h1>
${about}
</header>
<main>
${conversation.entries.map(entryHtml).join('')}</main>
<footer>Exported by clawtalk</footer>
</body>
</html>
`;
}

function entryHtml(entry: ExportedEntry): string {
	if (entry.kind !== 'turn') {
		const aside = asideWords(entry);
		return aside === undefined ? '' : `<p class="note" dir="auto">${escapeHtml(sanitize(aside).trim())}</p>\n`;
	}
	const {at, question, attachments, answer} = entry;
	const files = attachments === undefined ? '' : line('note', `Attached: ${attachments.join(', ')}`);
	const ending = endingWords(answer);
	return [
		`<section class="question">\n<h2>You · ${moment(at)}</h2>\n`,
		verbatim(sanitize(question)),
		files,
		`</section>\n<section class="answer">\n<h2>${escapeHtml(sanitizeLine(aboutAnswer(entry, answer)))}</h2>\n`,
		...answerParts(answer).map(partHtml),
		ending === undefined ? '' : line('ending', ending),
		'</section>\n',
	].join('');
}

function partHtml({text, tools}: AnswerPart): string {
	const written = sanitize(text).trimEnd();
	return `${written.trim() === '' ? '' : markdownToHtml(written)}${tools.map(tool => line('note', tool)).join('')}`;
}

function line(name: 'note' | 'ending', text: string): string {
	return `<p class="${name}" dir="auto">${escapeHtml(sanitizeLine(text))}</p>\n`;
}
