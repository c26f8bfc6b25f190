import type {Token, Tokens} from 'marked';
import type {Palette} from './palette.js';
import {sanitize} from './sanitize.js';

/** Running text with styles. Line feeds are forced breaks. */
export function renderInline(tokens: readonly Token[] | undefined, palette: Palette): string {
	return (tokens ?? []).map(token => renderToken(token, palette)).join('');
}

function renderToken(token: Token, palette: Palette): string {
	switch (token.type) {
		case 'strong':
			return palette.bold(renderInline(token.tokens, palette));
		case 'em':
			return palette.italic(renderInline(token.tokens, palette));
		case 'del':
			return palette.plain ? sanitize(token.raw) : palette.strike(renderInline(token.tokens, palette));
		case 'codespan':
			return palette.plain ? sanitize(token.raw) : palette.code(sanitize(token['text']));
		case 'link':
			return renderLink(token as Tokens.Link, palette);
		case 'image':
			return withAddress(readText(token['text'] || 'image'), token['href'], palette);
		case 'br':
			return '\n';
		case 'escape':
			return sanitize(token['text']);
		case 'checkbox':
			return token['checked'] ? '[x] ' : '[ ] ';
		case 'text':
			return token.tokens ? renderInline(token.tokens, palette) : joinLines(readText(token['text']));
		default:
			return joinLines(sanitize(token.raw));
	}
}

function renderLink(link: Tokens.Link, palette: Palette): string {
	const address = link.href.replace(/^mailto:/, '');
	if (link.autolink || link.text === link.href || link.text === address) return palette.underline(sanitize(link.text));
	return withAddress(palette.underline(renderInline(link.tokens, palette)), link.href, palette);
}

function withAddress(text: string, address: string, palette: Palette): string {
	return address ? `${text} ${palette.dim(`(${readText(address)})`)}` : text;
}

/** A line end inside a paragraph is a space to markdown. */
function joinLines(text: string): string {
	return text.replace(/ *\n */g, ' ');
}

const named: ReadonlyMap<string, string> = new Map(Object.entries({amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0'}));

/**
 * Text of a token, safe again: marked 18 resolves numeric character references by itself, so that `&#27;` comes back as the escape
 * that was filtered out before. Named references are left to us; those of XML and the no-break space are what models write.
 */
function readText(text: string): string {
	const resolved = text.includes('&') ? text.replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(\w{2,5}));/g, resolve) : text;
	return sanitize(resolved);
}

function resolve(whole: string, decimal?: string, hex?: string, name?: string): string {
	if (name) return named.get(name) ?? whole;
	const code = decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16);
	return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : '\uFFFD';
}
