import {sanitize} from '../terminal/sanitize.js';

/** What text from outside becomes before it stands in a page. */

const entities: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'};

/** Text as text, in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, character => entities[character] ?? '');
}

/**
 * Text of markdown as marked gives it: numeric character references decoded, also those of characters that hide or reorder text; named ones
 * (`&eacute;`) as they are, which mean in a page what they mean in markdown.
 */
export function escapeText(text: string): string {
	return sanitize(text).replace(
		/&[A-Za-z][\dA-Za-z]{1,31};|[&<>"']/g,
		found => entities[found] ?? (hidden.test(found) ? escapeHtml(found) : found),
	);
}

/** References to characters that hide or reorder text are shown as they were written. */
const hidden = /^&(?:lrm|rlm|shy|NoBreak|ZeroWidthSpace|Negative\w+Space|ApplyFunction|af|InvisibleTimes|it|InvisibleComma|ic);$/;

/** The address a link may lead to, in its normal form; undefined for every scheme but http, https and mailto, and for relative ones. */
export function linkTarget(href: string): string | undefined {
	const url = URL.parse(href.replace(/&amp;/g, '&').trim());
	return url && ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : undefined;
}

/** The language that an info string names: its first word, when it is one. */
export function codeLanguage(info: string | undefined): string {
	return /^[\w+#.-]{1,30}/.exec(info?.trim() ?? '')?.[0] ?? '';
}
