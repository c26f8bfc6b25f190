import stringWidth from 'string-width';
import type {FoundLine, HistorySearch} from '../chat/composer/history-search.js';
import {cutLine, firstThatFits, oneLine} from './cut-line.js';
import {type Drawing, withKeys} from './drawing.js';
import type {OverlayView} from './overlay-view.js';

const mark = 'history: ';
/** Lines of the selected text that are shown at most. */
const maxContext = 6;

/** What was found, newest first: the selected text with its lines around the match, the others with the line of theirs. */
export function historySearchView(
	search: HistorySearch,
	lines: readonly string[],
	width: number,
	height: number,
	drawing: Pick<Drawing, 'palette' | 'foundLines' | 'keysNamed'>,
): OverlayView {
	const {palette, foundLines} = drawing;
	const query = search.query.text;
	const found = foundLines?.(query, lines) ?? [];
	const current = found[search.selected];
	const room = Math.max(1, height - 2);
	const context = current === undefined ? [] : contextLines(current, query, width, Math.min(maxContext, room), palette);
	const above = Math.min(search.selected, Math.floor((room - context.length) / 3));
	const newer = found.slice(search.selected - above, search.selected);
	const older = found.slice(search.selected + 1, search.selected + 1 + room - context.length - above);
	const other = (line: FoundLine) => palette.dim(`  ${lineOfMatch(line, width - 2)}`);
	const empty = lines.length === 0 ? '  Nothing was sent before.' : '  Nothing matches.';
	const count = found.length === 0 ? '' : palette.dim(`  ${search.selected + 1} of ${found.length}`);
	const keys = firstThatFits(
		[
			'Enter puts it into the composer · Ctrl+R ↑↓ older, newer · Esc leaves',
			'Enter takes it · ↑↓ choose · Esc leaves',
			'Enter · ↑↓ · Esc',
		].map(hint => withKeys(hint, drawing)),
		width,
	);
	const all = [
		cutLine(`${palette.bold(mark)}${oneLine(query)}${count}`, width),
		...newer.map(other),
		...(current === undefined ? [palette.dim(empty)] : context),
		...older.map(other),
		palette.dim(keys),
	];
	const before = oneLine(query.slice(0, search.query.caret));
	return {lines: all.slice(0, height), caret: {x: Math.min(width - 1, stringWidth(mark + before)), y: 0}};
}

/** Lines of the text around the one with the match; cut ones are marked. */
function contextLines(
	{text, at = 0}: FoundLine,
	query: string,
	width: number,
	most: number,
	palette: Drawing['palette'],
): readonly string[] {
	const lines = text.split('\n');
	const matched = text.slice(0, at).split('\n').length - 1;
	const first = Math.max(0, Math.min(matched - Math.floor(most / 3), lines.length - most));
	const shown = lines.slice(first, first + most);
	const startOfMatched = text.lastIndexOf('\n', at - 1) + 1;
	return shown.map((line, index) => {
		const isCut = (index === 0 && first > 0) || (index === shown.length - 1 && first + most < lines.length);
		const sign = index === 0 ? palette.accent('❯ ') : palette.dim(isCut ? '⋮ ' : '  ');
		const column = first + index === matched ? at - startOfMatched : undefined;
		return `${sign}${column === undefined ? cutLine(oneLine(line), width - 2) : marked(line, column, query, width - 2, palette)}`;
	});
}

/** One line with the match set off; moved to the left when the match stands far to the right. */
function marked(line: string, column: number, query: string, width: number, {bold, underline, dim}: Drawing['palette']): string {
	const isFound = query !== '' && line.slice(column, column + query.length).toLowerCase() === query.toLowerCase();
	if (!isFound) return cutLine(oneLine(line), width);
	const match = oneLine(line.slice(column, column + query.length));
	const lead = oneLine(line.slice(0, column));
	const isFar = stringWidth(lead + match) > width - 1;
	const before = isFar ? `${dim('…')}${[...lead].slice(-Math.floor(width / 4)).join('')}` : lead;
	return cutLine(`${before}${underline(bold(match))}${oneLine(line.slice(column + query.length))}`, width);
}

function lineOfMatch({text, at}: FoundLine, width: number): string {
	const lines = text.split('\n');
	const index = at === undefined ? lines.findIndex(line => line.trim() !== '') : text.slice(0, at).split('\n').length - 1;
	const more = lines.length > 1 && width > 24 ? `  (${lines.length} lines)` : '';
	return `${cutLine(oneLine(lines[Math.max(0, index)] ?? ''), Math.max(1, width - stringWidth(more)))}${more}`;
}
