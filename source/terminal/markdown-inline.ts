import type {Token, Tokens} from 'marked';
import {addressShown, hyperlink, linkTarget} from './markdown-link.js';
import type {Pen} from './markdown-pen.js';
import {sanitize} from './sanitize.js';

/** Running text with styles. Line feeds are forced breaks. */
export function renderInline(tokens: readonly Token[] | undefined, pen: Pen): string {
	return (tokens ?? []).map(token => renderToken(token, pen)).join('');
}

function renderToken(token: Token, pen: Pen): string {
	const {palette} = pen;
	switch (token.type) {
		case 'strong':
			return palette.bold(renderInline(token.tokens, within(pen, 'bold')));
		case 'em':
			return palette.italic(renderInline(token.tokens, within(pen, 'italic')));
		case 'del':
			return palette.plain ? sanitize(token.raw) : palette.strike(renderInline(token.tokens, within(pen, 'strike')));
		case 'codespan':
			return palette.plain ? joinLines(sanitize(token.raw)) : palette.code(sanitize(token['text']));
		case 'link':
			return renderLink(token as Tokens.Link, pen);
		case 'image':
			return withAddress(readText(token['text'] || 'image'), readText(token['href']), titleOf(token), pen);
		case 'br':
			return '\n';
		case 'escape':
			return sanitize(token['text']);
		case 'checkbox':
			return token['checked'] ? '[x] ' : '[ ] ';
		case 'text':
			return token.tokens ? renderInline(token.tokens, pen) : joinLines(readText(token['text']));
		case 'math':
			return sanitize(token.raw);
		default:
			return joinLines(sanitize(token.raw));
	}
}

/** Inside of a style the same one changes nothing; a thousand of them, one in the other, would cost the square of it. */
function within(pen: Pen, style: 'bold' | 'italic' | 'strike'): Pen {
	return {...pen, palette: {...pen.palette, [style]: (text: string) => text}};
}

/** What browsers show over a link. */
function titleOf(token: Token): string {
	return 'title' in token && token.title ? ` "${readText(String(token.title))}"` : '';
}

function renderLink(link: Tokens.Link, pen: Pen): string {
	const {palette, hyperlinks} = pen;
	const href = readText(link.href);
	const isAddress = link.autolink || link.text === link.href || link.text === link.href.replace(/^mailto:/, '');
	const text = palette.underline(isAddress ? sanitize(link.text) : renderInline(link.tokens, pen));
	const target = hyperlinks ? linkTarget(href) : undefined;
	if (target === undefined) return isAddress ? text : withAddress(text, href, titleOf(link), pen);
	const shown = addressShown(target, plainText(link.tokens));
	const linked = hyperlink(target, palette.link(text));
	const behind = `${shown ?? ''}${titleOf(link)}`.trim();
	return behind === '' ? linked : `${linked} ${palette.dim(`(${behind})`)}`;
}

/** What a reader takes a link's text for. */
function plainText(tokens: readonly Token[]): string {
	return tokens
		.map(token => (token.type !== 'escape' && 'tokens' in token && token.tokens ? plainText(token.tokens) : textOf(token)))
		.join('');
}

function textOf(token: Token): string {
	return readText('text' in token ? String(token.text) : token.raw);
}

/** More of a picture that stands in the text itself tells nobody anything. */
const maxDataAddress = 60;

function withAddress(text: string, address: string, title: string, {palette, hyperlinks}: Pen): string {
	if (address === '') return text + title;
	const shown = address.startsWith('data:') && address.length > maxDataAddress ? `${address.slice(0, maxDataAddress)}…` : address;
	const target = hyperlinks ? linkTarget(address) : undefined;
	return `${text} ${palette.dim(`(${target ? hyperlink(target, shown) : shown}${title})`)}`;
}

/** A line end inside a paragraph is a space to markdown. */
function joinLines(text: string): string {
	return text.includes('\n') ? text.replace(/ *\n */g, ' ') : text;
}

const named: ReadonlyMap<string, string> = new Map(
	Object.entries({
		...{amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0', copy: '©', reg: '®', trade: '™', deg: '°', times: '×'},
		...{hellip: '…', mdash: '—', ndash: '–', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', laquo: '«', raquo: '»', bull: '•'},
		...{middot: '·', rarr: '→', larr: '←', harr: '↔', rArr: '⇒', ne: '≠', le: '≤', ge: '≥', plusmn: '±', minus: '−', euro: '€'},
	}),
);

/**
 * Text of a token, safe again: marked 18 resolves numeric character references by itself, so that `&#27;` comes back as the escape
 * that was filtered out before. Named references are left to us; those of XML and of common signs are what models write.
 */
function readText(text: string): string {
	const resolved = text.includes('&') ? text.replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(\w{2,6}));/g, resolve) : text;
	return sanitize(resolved);
}

function resolve(whole: string, decimal?: string, hex?: string, name?: string): string {
	if (name) return named.get(name) ?? whole;
	const code = decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16);
	return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : '\uFFFD';
}
