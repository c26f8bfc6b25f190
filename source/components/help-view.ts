import stringWidth from 'string-width';
import type {Help} from '../chat/help.js';
import {sanitizeLine} from '../terminal/sanitize.js';
import {wrapProse, wrapRows} from '../terminal/wrap.js';
import {cutLine, firstThatFits, oneLine} from './cut-line.js';
import {type Drawing, type HelpRows, withKeys} from './drawing.js';
import type {OverlayView} from './overlay-view.js';

const mark = 'Help · search: ';

/** The tables of keys and commands, as many lines of them as have room. */
export function helpView(
	help: Help,
	width: number,
	height: number,
	drawing: Pick<Drawing, 'palette' | 'helpRows' | 'keysNamed'>,
): OverlayView {
	const {palette, helpRows} = drawing;
	const rows = helpRows?.(width) ?? {keys: [], commands: []};
	const all = helpLines(help, rows, width, palette.bold);
	const page = Math.max(1, height - 2);
	const last = Math.max(0, all.length - page);
	const top = Math.min(help.top, last);
	const shown = all.slice(top, top + page);
	const seen = last === 0 ? '' : ` · ${top + 1}–${top + shown.length} of ${all.length}`;
	const keys = firstThatFits(
		[
			`↑↓ PgUp PgDn Space scroll · typing narrows · Esc q ? close${seen}`,
			`↑↓ Space scroll · Esc closes${seen}`,
			`↑↓ scroll · Esc closes${seen}`,
			'Esc closes',
		].map(hint => withKeys(hint, drawing)),
		width,
	);
	const query = oneLine(help.query.text);
	const before = oneLine(help.query.text.slice(0, help.query.caret));
	const lines = [
		cutLine(`${palette.bold('Help')}${palette.dim(' · search: ')}${query}`, width),
		...(shown.length > 0 ? shown : ['Nothing matches.']),
		palette.dim(keys),
	];
	return {lines: lines.slice(0, height), caret: {x: Math.min(width - 1, stringWidth(mark + before)), y: 0}, scroll: {last, page}};
}

function helpLines(
	{first, query, gateway = []}: Help,
	{keys, commands}: HelpRows,
	width: number,
	heading: (text: string) => string,
): readonly string[] {
	const tables = [
		{name: 'keys', title: 'Keys', rows: keys},
		{name: 'commands', title: 'Commands', rows: commands},
		{name: 'commands', title: 'Commands of the gateway', rows: gateway.map(row => row.map(sanitizeLine) as [string, string])},
	];
	const words = query.text.toLowerCase().split(/\s+/).filter(Boolean);
	return tables
		.toSorted((a, b) => Number(b.name === first) - Number(a.name === first))
		.flatMap(({title, rows}) => {
			const matching = rows.filter(row => words.every(word => row.join(' ').toLowerCase().includes(word)));
			return matching.length === 0 ? [] : [heading(title), ...tableLines(matching, width)];
		});
}

/** Columns that a description needs beside its name; with fewer it goes below. */
const leastDescription = 16;

function tableLines(rows: HelpRows['keys'], width: number): readonly string[] {
	const nameWidth = Math.max(...rows.map(([name]) => stringWidth(name)));
	if (width - nameWidth - 2 >= leastDescription) return wrapRows(rows, width);
	return rows.flatMap(([name, description]) => [cutLine(name, width), ...wrapProse(description, width - 2).map(line => `  ${line}`)]);
}
