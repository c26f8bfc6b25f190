import type {Tokens} from 'marked';
import stringWidth from 'string-width';
import {cellWidth} from './cell-width.js';
import {renderInline} from './markdown-inline.js';
import type {Pen} from './markdown-pen.js';
import {sanitize} from './sanitize.js';
import {pad, wrapProse} from './wrap.js';

/** Narrower columns than this cannot be read; the table is then shown as a list of its rows. */
const minColumnWidth = 6;

/** A table of at most `width` cells: columns as wide as their text, the widest ones made narrower and wrapped when they must be. */
export function renderTable(table: Tokens.Table, width: number, pen: Pen): readonly string[] {
	const {palette} = pen;
	const header = table.header.map(cell => palette.bold(renderCell(cell, pen)));
	const rows = rowsOf(table, pen);
	const natural = header.map((_, column) => Math.max(1, ...[header, ...rows].map(row => widthOf(row[column] ?? ''))));
	const widths = fit(natural, width - 3 * (natural.length - 1));
	if (!widths) return renderAsRecords(header, rows, width, pen);
	const drawn = rows.map(cells => drawRow(cells, widths, table.align, width, pen));
	const rule = palette.dim(widths.map(cells => '─'.repeat(cells)).join('─┼─'));
	// Where a row takes several lines, only a rule says where the next one begins.
	const between = drawn.some(lines => lines.length > 1) ? [rule] : [];
	return [
		...drawRow(header, widths, table.align, width, pen),
		rule,
		...drawn.flatMap((lines, index) => (index > 0 ? [...between, ...lines] : lines)),
	];
}

/**
 * A table that is still being received: each row as soon as it is there, its cells side by side. No width can be known before the last
 * row, and columns that grow with each row would make the whole table jump.
 */
export function renderTableInProgress(table: Tokens.Table, width: number, pen: Pen): readonly string[] {
	const {palette} = pen;
	const join = (cells: readonly string[]) => wrapProse(cells.join(palette.dim(' │ ')).replaceAll('\n', ' '), width);
	const header = join(table.header.map(cell => palette.bold(renderCell(cell, pen))));
	const rule = palette.dim('─'.repeat(Math.min(width, 40)));
	return [...header, rule, ...rowsOf(table, pen).flatMap(join)];
}

/** The cells of the rows. Those beyond the header's, which markdown leaves out, go into the last one: nobody sees else that they are missing. */
function rowsOf(table: Tokens.Table, pen: Pen): readonly (readonly string[])[] {
	const sources = table.raw.split('\n').slice(2);
	return table.rows.map((row, index) => {
		const cells = row.map(cell => renderCell(cell, pen));
		const beyond = cellSources(sources[index] ?? '').slice(row.length);
		return beyond.length === 0 ? cells : [...cells.slice(0, -1), [cells.at(-1), ...beyond].join(' | ')];
	});
}

/** A row's source in cells, as marked splits it. */
function cellSources(row: string): readonly string[] {
	const inner = row
		.trim()
		.replace(/^\|/, '')
		.replace(/(?<!\\)\|$/, '');
	return inner.split(/(?<!\\)\|/).map(cell => sanitize(cell.trim()));
}

/** A cell has no other way to hold several lines than HTML's. */
function renderCell({tokens}: Tokens.TableCell, pen: Pen): string {
	const broken = tokens.map(token => (token.type === 'html' && /^<br\s*\/?>$/i.test(token.raw) ? {type: 'br', raw: token.raw} : token));
	return renderInline(broken, pen);
}

/** Takes cells from the widest columns until the sum fits; undefined when the columns would become unreadable. */
function fit(natural: readonly number[], available: number): readonly number[] | undefined {
	const sumOf = (widths: readonly number[]) => widths.reduce((sum, cells) => sum + cells, 0);
	if (sumOf(natural) <= available) return natural;
	const least = natural.map(cells => Math.min(cells, minColumnWidth));
	if (available < sumOf(least)) return undefined;
	const capped = (limit: number) => natural.map((cells, column) => Math.min(cells, Math.max(limit, least[column] ?? 1)));
	// The largest limit that fits.
	let [fits, tooWide] = [0, Math.max(...natural)];
	while (tooWide - fits > 1) {
		const middle = Math.floor((fits + tooWide) / 2);
		if (sumOf(capped(middle)) <= available) fits = middle;
		else tooWide = middle;
	}
	return capped(fits);
}

function drawRow(
	cells: readonly string[],
	widths: readonly number[],
	align: Tokens.Table['align'],
	width: number,
	{palette}: Pen,
): readonly string[] {
	const wrapped = widths.map((columnWidth, column) => wrapProse(cells[column] ?? '', columnWidth));
	const height = Math.max(...wrapped.map(lines => lines.length));
	const draw = (line: number, measure: (text: string) => number) =>
		widths
			.map((columnWidth, column) => pad(wrapped[column]?.[line] ?? '', columnWidth, align[column] ?? 'left', measure))
			.join(palette.dim(' │ '))
			.trimEnd();
	return Array.from({length: height}, (_, line) => {
		// Aligned as most terminals count; where another one would overflow, as that one counts.
		const aligned = draw(line, stringWidth);
		return cellWidth(aligned) <= width ? aligned : draw(line, cellWidth);
	});
}

function renderAsRecords(
	header: readonly string[],
	rows: readonly (readonly string[])[],
	width: number,
	{palette}: Pen,
): readonly string[] {
	if (rows.length === 0) return header.flatMap(cell => wrapProse(cell, width));
	return rows.flatMap((row, index) => [
		...(index > 0 ? [palette.dim('─'.repeat(Math.min(width, 10)))] : []),
		...header.flatMap((name, column) => wrapProse(`${name}: ${(row[column] ?? '').replaceAll('\n', ' ')}`, width)),
	]);
}

function widthOf(text: string): number {
	return Math.max(...text.split('\n').map(line => cellWidth(line)));
}
