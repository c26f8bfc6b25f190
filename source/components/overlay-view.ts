import stringWidth from 'string-width';
import type {Confirmation} from '../chat/overlay/confirmation.js';
import type {Overlay} from '../chat/overlay/overlay.js';
import type {Picker, PickerItem} from '../chat/overlay/picker.js';
import {sanitizeLine} from '../terminal/sanitize.js';
import {wrapLines, wrapProse} from '../terminal/wrap.js';
import {cutLine, firstThatFits, oneLine} from './cut-line.js';
import {type Drawing, withKeys} from './drawing.js';
import {helpView} from './help-view.js';
import {historySearchView} from './history-search-view.js';
import {marksOf} from './item-marks.js';
import {type KnownRuns, runsView} from './runs-view.js';

export interface OverlayView {
	readonly lines: readonly string[];
	/** Where the terminal's cursor belongs; absent: it stays in the composer. */
	readonly caret?: {readonly x: number; readonly y: number};
	/** How far it scrolls, where it does. */
	readonly scroll?: Scrolling;
}

export interface Scrolling {
	/** The line that stands at the top, where the overlay leaves that to its view. */
	readonly top?: number;
	/** The last line that can stand at the top. */
	readonly last: number;
	/** Lines that are seen at once. */
	readonly page: number;
}

type OverlayDrawing = Pick<Drawing, 'palette' | 'narrowed' | 'helpRows' | 'foundLines' | 'keysNamed'>;

/** What stands above the composer and has the keys, in at most `height` lines; `sent` is the input history, `runs` what is known of tool runs. */
export function overlayView(
	overlay: Overlay,
	width: number,
	height: number,
	drawing: OverlayDrawing,
	sent: readonly string[] = [],
	runs: KnownRuns = {entries: [], now: 0},
): OverlayView {
	switch (overlay.kind) {
		case 'help':
			return helpView(overlay, width, height, drawing);
		case 'runs':
			return runsView(overlay, runs, width, height, drawing);
		case 'history-search':
			return historySearchView(overlay, sent, width, height, drawing);
		case 'picker':
			return pickerView(overlay, width, height, drawing);
		// It wants more of the state than its overlay: `approvalView`.
		case 'approval':
			return {lines: []};
		case 'confirmation':
			return {lines: confirmationLines(overlay, width, drawing).slice(0, height)};
	}
}

const searchMark = 'search: ';
const pickerHints = [
	'↑↓ choose · Enter takes it · typing narrows · Esc leaves',
	'↑↓ choose · Enter takes it · Esc leaves',
	'Enter · ↑↓ · Esc',
];

function pickerView(picker: Picker, width: number, height: number, drawing: OverlayDrawing): OverlayView {
	const {palette, narrowed} = drawing;
	const items = narrowed(picker);
	const title = cutLine(`${sanitizeLine(picker.title)} (${items.length})`, width);
	const preview = (items[picker.selected]?.preview ?? []).map(line => palette.dim(cutLine(`  ${oneLine(line)}`, width)));
	const room = Math.max(1, height - 3 - Math.min(preview.length, Math.max(0, height - 6)));
	const first = Math.max(0, Math.min(picker.selected - Math.floor(room / 2), items.length - room));
	const rows = items.slice(first, first + room).map((item, index) => itemLine(item, first + index === picker.selected, width, palette));
	const isComing = picker.order !== undefined || picker.sessionsOrder !== undefined;
	const empty = !isComing ? '  Nothing matches.' : '  …';
	const lines = [
		palette.bold(title),
		cutLine(`${palette.dim(searchMark)}${sanitizeLine(picker.query.text)}`, width),
		...(rows.length > 0 ? rows : [palette.dim(empty)]),
		...preview.slice(0, Math.max(0, height - 3 - rows.length)),
		palette.dim(
			firstThatFits(
				pickerHints.map(hint => withKeys(hint, drawing)),
				width,
			),
		),
	];
	const before = sanitizeLine(picker.query.text.slice(0, picker.query.caret));
	return {lines: lines.slice(0, height), caret: {x: Math.min(width - 1, searchMark.length + stringWidth(before)), y: 1}};
}

/** A detail that takes more than this part of a line leaves its title whole first, up to half of the line. */
const longDetail = 0.6;

function itemLine(item: PickerItem, selected: boolean, width: number, palette: Drawing['palette']): string {
	const {title, detail} = item;
	const mark = selected ? '❯ ' : '  ';
	const right = detail === undefined ? '' : `  ${[...marksOf(item), sanitizeLine(detail)].join(' · ')}`;
	const whole = `${mark}${sanitizeLine(title)}`;
	const beside = width - stringWidth(right);
	const isLong = stringWidth(right) > width * longDetail;
	const left = cutLine(whole, Math.max(8, beside, isLong ? Math.min(stringWidth(whole), Math.floor(width / 2)) : 0));
	const line = `${left}${palette.dim(cutLine(right, Math.max(0, width - stringWidth(left))))}`;
	return selected ? palette.accent(palette.bold(line)) : line;
}

function confirmationLines({question, details}: Confirmation, width: number, drawing: OverlayDrawing): readonly string[] {
	const {palette} = drawing;
	return [
		...wrapProse(sanitizeLine(question), width).map(line => palette.bold(line)),
		...details.flatMap(line => wrapLines(sanitizeLine(line), width)),
		palette.dim(cutLine(withKeys('y: yes · n, Esc: no', drawing), width)),
	];
}
