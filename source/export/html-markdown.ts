import {lexer, type Token, type Tokens} from 'marked';
import {codeLanguage, escapeHtml, escapeText, linkTarget} from './html-escape.js';
import {isParseable} from './parseable.js';

/**
 * Markdown of somebody who is not trusted as HTML. Every tag and attribute in it is one of ours (the list is in the test); HTML in the
 * text is shown as text, links lead to web and mail addresses only, pictures are links.
 */
export function markdownToHtml(markdown: string): string {
	if (!isParseable(markdown)) return verbatim(markdown);
	try {
		return blocks(lexer(markdown));
	} catch (error) {
		// Thousands of nested quotes exhaust the parser's stack; the text itself is still worth showing.
		if (error instanceof RangeError) return verbatim(markdown);
		throw error;
	}
}

/** Text as it stands, with its line ends. */
export function verbatim(text: string): string {
	return `<div class="verbatim" dir="auto">${escapeHtml(text.trimEnd())}</div>\n`;
}

function blocks(tokens: readonly Token[]): string {
	return tokens.map(block).join('');
}

function block(token: Token): string {
	switch (token.type) {
		case 'space':
		case 'def':
		case 'checkbox':
			return '';
		case 'heading':
			return headingBlock(token as Tokens.Heading);
		case 'code':
			return codeBlock(token as Tokens.Code);
		case 'blockquote':
			return `<blockquote>\n${blocks(token.tokens ?? [])}</blockquote>\n`;
		case 'list':
			return listBlock(token as Tokens.List);
		case 'table':
			return tableBlock(token as Tokens.Table);
		case 'hr':
			return '<hr>\n';
		case 'paragraph':
			return `<p dir="auto">${inlines(token.tokens ?? [])}</p>\n`;
		case 'text':
			return `${token.tokens ? inlines(token.tokens) : escapeText(token['text'] as string)}\n`;
		default:
			return verbatim(token.raw);
	}
}

/** Two levels lower than written: the page and each question have the levels above. */
function headingBlock({depth, tokens}: Tokens.Heading): string {
	const level = Math.min(6, depth + 2);
	return `<h${level} dir="auto">${inlines(tokens)}</h${level}>\n`;
}

function codeBlock({lang, text}: Tokens.Code): string {
	const language = codeLanguage(lang);
	const caption = language === '' ? '' : `<figcaption>${escapeHtml(language)}</figcaption>`;
	return `<figure class="code">${caption}<pre tabindex="0"><code>${escapeHtml(text)}</code></pre></figure>\n`;
}

function listBlock({ordered, start, items}: Tokens.List): string {
	const [tag, first] = ordered ? ['ol', typeof start === 'number' && start !== 1 ? ` start="${Math.trunc(start)}"` : ''] : ['ul', ''];
	const rows = items.map(item => {
		const box = item.task ? `<span class="box">${item.checked ? '☑' : '☐'}</span> ` : '';
		return `<li${item.task ? ' class="task"' : ''} dir="auto">${box}${blocks(item.tokens).trimEnd()}</li>\n`;
	});
	return `<${tag}${first}>\n${rows.join('')}</${tag}>\n`;
}

function tableBlock({header, rows}: Tokens.Table): string {
	const cells = (row: readonly Tokens.TableCell[], tag: 'td' | 'th') =>
		`<tr>${row.map(({tokens, align}) => `<${tag}${align ? ` class="${align}"` : ''} dir="auto">${inlines(tokens)}</${tag}>`).join('')}</tr>\n`;
	const body = rows.map(row => cells(row, 'td')).join('');
	return `<div class="table" tabindex="0"><table>\n<thead>${cells(header, 'th')}</thead>\n<tbody>${body}</tbody>\n</table></div>\n`;
}

function inlines(tokens: readonly Token[], isInLink = false): string {
	return tokens.map(token => inline(token, isInLink)).join('');
}

function inline(token: Token, isInLink: boolean): string {
	switch (token.type) {
		case 'text':
			return token.tokens ? inlines(token.tokens, isInLink) : escapeText(token['text'] as string);
		case 'escape':
			return escapeText(token['text'] as string);
		case 'strong':
		case 'em':
		case 'del':
			return `<${token.type}>${inlines(token.tokens ?? [], isInLink)}</${token.type}>`;
		case 'codespan':
			return `<code>${escapeHtml(token['text'] as string)}</code>`;
		case 'br':
			return '<br>';
		case 'checkbox':
			return '';
		case 'link':
			return link(inlines(token.tokens ?? [], true), token['href'] as string, isInLink);
		case 'image':
			return link(`${escapeText((token['text'] as string) || 'picture')} (picture)`, token['href'] as string, isInLink);
		default:
			return escapeHtml(token.raw);
	}
}

/** An address that is none of the web or of mail is shown, not linked. A picture in a link is text of the link. */
function link(content: string, href: string, isInLink: boolean): string {
	if (isInLink) return content;
	const target = linkTarget(href);
	if (target === undefined) return `${content} <span class="address">(${escapeHtml(href)})</span>`;
	return `<a href="${escapeHtml(target)}" rel="noopener noreferrer nofollow">${content}</a>`;
}
