import {lexer, type Token, type Tokens} from 'marked';
import stringWidth from 'string-width';
import type {ColourLevel} from './colour.js';
import {renderInline} from './markdown-inline.js';
import {renderTable} from './markdown-table.js';
import {createPalette, type Palette, type PaletteTheme} from './palette.js';
import {sanitize} from './sanitize.js';
import {pad, wrapProse, wrapVerbatim} from './wrap.js';

export interface MarkdownOptions {
	/** Cells; no line is wider. */
	readonly width: number;
	readonly colour: ColourLevel;
	readonly theme: PaletteTheme;
}

/** Beyond this a block is no prose any more, and parsing it would cost more than it shows; it is wrapped as it is. */
const maxParsedLength = 64 * 1024;
/** Nesting deeper than this is shown without further indentation. */
const minContentWidth = 8;

/**
 * Markdown (CommonMark with GitHub's tables, strike-through and task lists) as lines for a terminal. Every
 * control sequence in the result is ours and an SGR one, whatever the text holds. With colour `none` the result is plain text. No
 * final line feed.
 */
export function renderMarkdown(block: string, {width, colour, theme}: MarkdownOptions): string {
	const palette = createPalette(colour, theme);
	return renderLines(sanitize(block), Math.max(1, width), palette).join('\n');
}

function renderLines(block: string, width: number, palette: Palette): readonly string[] {
	if (block.length > maxParsedLength) return wrapVerbatim(block, width);
	try {
		return renderBlocks(lexer(block), width, palette, true);
	} catch (error) {
		// Thousands of nested quotes exhaust the parser's stack; the text itself is still worth showing.
		if (error instanceof RangeError) return wrapVerbatim(block, width);
		throw error;
	}
}

/** Blocks one after the other; `spaced` puts an empty line between them. */
function renderBlocks(tokens: readonly Token[], width: number, palette: Palette, spaced: boolean): string[] {
	const lines: string[] = [];
	for (const token of tokens) {
		if (token.type === 'space' || token.type === 'checkbox') continue;
		if (spaced && lines.length > 0) lines.push('');
		lines.push(...renderBlock(token, width, palette));
	}
	return lines;
}

function renderBlock(token: Token, width: number, palette: Palette): readonly string[] {
	switch (token.type) {
		case 'heading':
			return renderHeading(token as Tokens.Heading, width, palette);
		case 'code':
			return indent(palette.plain || width < 8 ? '' : '  ', token['text'], width, palette);
		case 'blockquote':
			return prefix(palette.plain ? '> ' : palette.dim('│ '), width, inner => renderBlocks(token.tokens ?? [], inner, palette, true));
		case 'list':
			return renderList(token as Tokens.List, width, palette);
		case 'table':
			return renderTable(token as Tokens.Table, width, palette);
		case 'hr':
			return [palette.dim((palette.plain ? '-' : '─').repeat(Math.min(width, 40)))];
		case 'paragraph':
		case 'text':
			return wrapProse(renderInline(token.tokens ?? [token], palette), width);
		default:
			return wrapVerbatim(sanitize(token.raw).replace(/\n+$/, ''), width);
	}
}

function renderHeading(heading: Tokens.Heading, width: number, palette: Palette): readonly string[] {
	const text = renderInline(heading.tokens, palette);
	if (palette.plain) return wrapProse(`${'#'.repeat(heading.depth)} ${text}`, width);
	const style = heading.depth === 1 ? palette.underline : heading.depth > 2 ? palette.italic : (line: string) => line;
	return wrapProse(palette.bold(style(text)), width);
}

function indent(by: string, code: string, width: number, palette: Palette): readonly string[] {
	return wrapVerbatim(sanitize(code), width - by.length).map(line => by + palette.code(line));
}

function renderList(list: Tokens.List, width: number, palette: Palette): readonly string[] {
	const first = typeof list.start === 'number' ? list.start : 1;
	const markers = list.items.map((item, index) => (list.ordered ? `${first + index}. ` : '• ') + checkbox(item));
	const markerWidth = Math.max(0, ...markers.map(marker => stringWidth(marker)));
	const lines: string[] = [];
	for (const [index, item] of list.items.entries()) {
		if (list.loose && index > 0) lines.push('');
		const marker = pad(markers[index] ?? '', markerWidth);
		const body = prefix(' '.repeat(markerWidth), width, inner => renderBlocks(item.tokens, inner, palette, item.loose));
		lines.push(...withMarker(palette.plain ? marker : palette.accent(marker), markerWidth, body, width));
	}
	return lines;
}

function checkbox(item: Tokens.ListItem): string {
	return item.task ? (item.checked ? '[x] ' : '[ ] ') : '';
}

function withMarker(marker: string, markerWidth: number, body: readonly string[], width: number): readonly string[] {
	const [head = ' '.repeat(markerWidth), ...rest] = body;
	if (head.startsWith(' '.repeat(markerWidth)) && width - markerWidth >= minContentWidth)
		return [marker + head.slice(markerWidth), ...rest];
	return [...wrapProse(marker.trimEnd(), width), ...body];
}

/** Puts the same text before every line, unless that would leave too little room for the lines themselves. */
function prefix(by: string, width: number, render: (inner: number) => readonly string[]): readonly string[] {
	const inner = width - stringWidth(by);
	if (inner < minContentWidth) return render(width);
	return render(inner).map(line => (by.trim() === '' && line === '' ? '' : by + line));
}
