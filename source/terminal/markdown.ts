import type {Token, Tokens} from 'marked';
import {cellWidth} from './cell-width.js';
import type {ColourLevel} from './colour.js';
import {renderInline} from './markdown-inline.js';
import {lexMarkdown} from './markdown-lexer.js';
import type {Highlight, Pen} from './markdown-pen.js';
import {renderTable, renderTableInProgress} from './markdown-table.js';
import {steadyTail} from './markdown-tail.js';
import {createPalette, type Palette, type PaletteTheme} from './palette.js';
import {sanitize} from './sanitize.js';
import {pad, wrapProse, wrapVerbatim} from './wrap.js';

export interface MarkdownOptions {
	/** Cells; no line is wider. */
	readonly width: number;
	readonly colour: ColourLevel;
	readonly theme: PaletteTheme;
	/** The terminal shows OSC 8 links; without, addresses are written out. */
	readonly hyperlinks?: boolean;
	/** Colours code; without, it is plain. */
	readonly highlight?: Highlight;
	/** More text will come: drawn so that it moves as little as possible when it does. */
	readonly inProgress?: boolean;
}

/** Beyond this a block is no prose any more, and parsing it would cost more than it shows; it is wrapped as it is. */
const maxParsedLength = 16 * 1024;
/** Nesting deeper than this is an attack on the parser, whose work grows with the square of it. */
const tooDeep = /^[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]*){40}/m;
/** Nesting deeper than this is shown without further indentation. */
const minContentWidth = 8;

/**
 * Markdown (see `lexMarkdown`) as lines for a terminal. Every control sequence in the result is ours: SGR, and OSC 8 where links are
 * wanted, whatever the text holds. HTML, formulas and footnotes are text. With colour `none` the result is plain text. No final line feed.
 */
export function renderMarkdown(block: string, options: MarkdownOptions): string {
	const {colour, theme, hyperlinks = false, highlight = code => code, inProgress = false} = options;
	const palette = paletteOf(colour, theme);
	const pen: Pen = {palette, hyperlinks: hyperlinks && !palette.plain, highlight, inProgress};
	return renderLines(sanitize(block), Math.max(1, options.width), pen).join('\n');
}

let lastPalette: {readonly colour: ColourLevel; readonly theme: PaletteTheme; readonly palette: Palette} | undefined;

/** The same object for the same wishes, block after block: the highlighter knows by it that nothing has changed. */
function paletteOf(colour: ColourLevel, theme: PaletteTheme): Palette {
	if (lastPalette?.colour !== colour || lastPalette.theme !== theme) lastPalette = {colour, theme, palette: createPalette(colour, theme)};
	return lastPalette.palette;
}

/** The source of markdown as lines for a terminal: safe, and wrapped. */
export function renderSource(block: string, width: number): string {
	return wrapVerbatim(sanitize(block).replace(/^\n+|\n+$/g, ''), Math.max(1, width)).join('\n');
}

function renderLines(block: string, width: number, pen: Pen): readonly string[] {
	if (block.length > maxParsedLength || tooDeep.test(block)) return wrapVerbatim(block, width);
	try {
		return renderBlocks(lexMarkdown(pen.inProgress ? steadyTail(block) : block), width, pen, true);
	} catch (error) {
		// Nesting exhausts the parser's stack; the text itself is still worth showing.
		if (error instanceof RangeError) return wrapVerbatim(block, width);
		throw error;
	}
}

/** Blocks one after the other; `spaced` puts an empty line between them. */
function renderBlocks(tokens: readonly Token[], width: number, pen: Pen, spaced: boolean): string[] {
	const lines: string[] = [];
	const last = tokens.at(-1);
	for (const token of tokens) {
		if (token.type === 'space' || token.type === 'checkbox') continue;
		if (spaced && lines.length > 0) lines.push('');
		lines.push(...renderBlock(token, width, pen.inProgress && token !== last ? {...pen, inProgress: false} : pen));
	}
	return lines;
}

function renderBlock(token: Token, width: number, pen: Pen): readonly string[] {
	const {palette} = pen;
	switch (token.type) {
		case 'heading':
			return renderHeading(token as Tokens.Heading, width, pen);
		case 'code':
			return renderCode(token as Tokens.Code, width, pen);
		case 'blockquote':
			return prefix(palette.plain ? '> ' : palette.dim('│ '), width, inner => renderBlocks(token.tokens ?? [], inner, pen, true));
		case 'list':
			return renderList(token as Tokens.List, width, pen);
		case 'table':
			return (pen.inProgress ? renderTableInProgress : renderTable)(token as Tokens.Table, width, pen);
		case 'hr':
			return [palette.dim((palette.plain ? '-' : '─').repeat(Math.min(width, 40)))];
		case 'paragraph':
		case 'text':
			return wrapProse(renderInline(token.tokens ?? [token], pen), width);
		default:
			return wrapVerbatim(sanitize(token.raw).replace(/\n+$/, ''), width);
	}
}

function renderHeading(heading: Tokens.Heading, width: number, pen: Pen): readonly string[] {
	const {palette} = pen;
	const text = renderInline(heading.tokens, pen);
	if (palette.plain) return wrapProse(`${'#'.repeat(heading.depth)} ${text}`, width);
	const style = heading.depth === 1 ? palette.underline : heading.depth > 2 ? palette.italic : (line: string) => line;
	return wrapProse(palette.heading(palette.bold(style(text))), width);
}

/** Set off by its indentation; without styles it is not indented, so that it can be copied as it is. */
function renderCode({text, lang = ''}: Tokens.Code, width: number, {palette, highlight, inProgress}: Pen): readonly string[] {
	const by = palette.plain || width < minContentWidth ? '' : '  ';
	const code = sanitize(text);
	// A line gets its colours when it is whole: words that change them with each letter are restless, and cost more.
	const whole = inProgress ? code.lastIndexOf('\n') + 1 : code.length;
	const styled = palette.plain || whole === 0 ? code : highlight(code.slice(0, whole), lang, palette) + code.slice(whole);
	return wrapVerbatim(styled, width - by.length).map(line => line && by + line);
}

function renderList(list: Tokens.List, width: number, pen: Pen): readonly string[] {
	const {palette} = pen;
	const first = typeof list.start === 'number' ? list.start : 1;
	const bullets = list.items.map((_, index) => (list.ordered ? `${first + index}. ` : '• '));
	const bulletWidth = Math.max(0, ...bullets.map(bullet => bullet.length));
	const lines: string[] = [];
	for (const [index, item] of list.items.entries()) {
		if (list.loose && index > 0) lines.push('');
		const marker = pad(bullets[index] ?? '', bulletWidth) + checkbox(item);
		const inside = index < list.items.length - 1 ? {...pen, inProgress: false} : pen;
		const body = prefix(' '.repeat(marker.length), width, inner => renderBlocks(item.tokens, inner, inside, item.loose));
		lines.push(...withMarker(palette.plain ? marker : palette.accent(marker), marker.length, body, width));
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
	const inner = width - cellWidth(by);
	if (inner < minContentWidth) return render(width);
	return render(inner).map(line => (by.trim() === '' && line === '' ? '' : by + line));
}
