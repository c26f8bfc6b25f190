import type {Tokens} from 'marked';
import stringWidth from 'string-width';
import {renderInline} from './markdown-inline.js';
import type {Palette} from './palette.js';
import {pad, wrapProse} from './wrap.js';

/** Narrower columns than this cannot be read; the table is then shown as a list of its rows. */
const minColumnWidth = 6;

/** A table of at most `width` cells: columns as wide as their text, the widest ones made narrower and wrapped when they must be. */
export function renderTable(table: Tokens.Table, width: number, palette: Palette): readonly string[] {
	const header = table.header.map(cell => palette.bold(renderInline(cell.tokens, palette)));
	const rows = table.rows.map(row => row.map(cell => renderInline(cell.tokens, palette)));
	const natural = header.map((_, column) => Math.max(1, ...[header, ...rows].map(row => widthOf(row[column] ?? ''))));
	const widths = fit(natural, width - 3 * (natural.length - 1));
	if (!widths) return renderAsList(header, rows, width, palette);
	const draw = (cells: readonly string[]) => drawRow(cells, widths, table.align, palette);
	const rule = palette.dim(widths.map(cells => '─'.repeat(cells)).join('─┼─'));
	return [...draw(header), rule, ...rows.flatMap(draw)];
}

/** Takes cells from the widest columns until the sum fits; undefined when the columns would become unreadable. */
function fit(natural: readonly number[], available: number): readonly number[] | undefined {
	const total = natural.reduce((sum, cells) => sum + cells, 0);
	if (total <= available) return natural;
	if (available < natural.reduce((sum, cells) => sum + Math.min(cells, minColumnWidth), 0)) return undefined;
	let limit = Math.max(...natural);
	const capped = () => natural.map(cells => Math.min(cells, Math.max(limit, Math.min(cells, minColumnWidth))));
	while (capped().reduce((sum, cells) => sum + cells, 0) > available) limit--;
	return capped();
}

function drawRow(cells: readonly string[], widths: readonly number[], align: Tokens.Table['align'], palette: Palette): readonly string[] {
	const wrapped = widths.map((cellWidth, column) => wrapProse(cells[column] ?? '', cellWidth));
	const height = Math.max(...wrapped.map(lines => lines.length));
	return Array.from({length: height}, (_, line) =>
		widths
			.map((cellWidth, column) => pad(wrapped[column]?.[line] ?? '', cellWidth, align[column] ?? 'left'))
			.join(palette.dim(' │ '))
			.trimEnd(),
	);
}

function renderAsList(header: readonly string[], rows: readonly (readonly string[])[], width: number, palette: Palette): readonly string[] {
	return rows.flatMap((row, index) => [
		...(index > 0 ? [palette.dim('─'.repeat(Math.min(width, 10)))] : []),
		...row.flatMap((cell, column) => wrapProse(`${header[column] ?? ''}: ${cell}`, width)),
	]);
}

function widthOf(text: string): number {
	return Math.max(...text.split('\n').map(line => stringWidth(line)));
}
