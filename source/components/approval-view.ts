import type {ApprovalOverlay, WaitingApproval} from '../chat/approval/approval.js';
import type {State} from '../chat/state.js';
import {wrapProse, wrapVerbatim} from '../terminal/wrap.js';
import {cutLine} from './cut-line.js';
import type {Drawing} from './drawing.js';
import type {OverlayView} from './overlay-view.js';

/** What a request says, ready for the screen; made by the chat's core. */
export interface ApprovalTexts {
	readonly title: string;
	readonly facts: ReadonlyArray<readonly [label: string, text: string]>;
}

/** An overlay whose end may be on the screen or not. */
export interface ApprovalView extends OverlayView {
	readonly approval: {readonly id: string; readonly isAtEnd: boolean};
}

/** Before each row of the command: what stands behind it is the command, and nothing else is. */
const gutter = '│ ';
const labelWidth = 11;

/**
 * One request for approval in at most `height` lines: the whole command, broken at the width and nowhere cut, what is known of it, and
 * what the keys do. What does not fit scrolls.
 */
export function approvalView(state: State, overlay: ApprovalOverlay, width: number, height: number, drawing: Drawing): ApprovalView {
	const {palette} = drawing;
	const waiting = state.approvals?.waiting.find(({request}) => request.id === overlay.id);
	if (waiting === undefined || drawing.approval === undefined) return {lines: [], approval: {id: overlay.id, isAtEnd: false}};
	const {title, facts} = drawing.approval(state, waiting);
	const body = bodyOf(waiting, facts, width);
	const problem = waiting.problem === undefined ? [] : wrapProse(waiting.problem, width).map(palette.error);
	const hintRows = (scrolls: string) => wrapProse(hintsOf(state, overlay, waiting, scrolls), width);
	const page =
		height - 1 - problem.length - hintRows(body.length > height - 3 ? scrollHint(body.length, body.length, body.length) : '').length;
	const last = Math.max(0, body.length - Math.max(1, page));
	const top = Math.min(overlay.top, last);
	const shown = body.slice(top, top + Math.max(0, page));
	const hints =
		page < 1
			? wrapProse('Make the window higher: it cannot be read like this.', width)
			: hintRows(last > 0 ? scrollHint(top + 1, top + shown.length, body.length) : '');
	return {
		lines: [
			palette.warning(palette.bold(cutLine(title, width))),
			...shown.map(row => styled(row, palette)),
			...problem,
			...hints.map(overlay.armed ? line => palette.warning(palette.bold(line)) : palette.dim),
		].slice(0, Math.max(0, height)),
		...(last > 0 && {scroll: {last, page: Math.max(1, page)}}),
		approval: {id: overlay.id, isAtEnd: page > 0 && top + shown.length >= body.length},
	};
}

function scrollHint(first: number, end: number, all: number): string {
	return ` · ↑↓ Space scroll (${first}–${end} of ${all})`;
}

function bodyOf({request}: WaitingApproval, facts: ApprovalTexts['facts'], width: number): readonly string[] {
	const room = Math.max(1, width - gutter.length);
	return [...wrapped(request.command, room).map(row => gutter + row), ...facts.flatMap(([label, text]) => factRows(label, text, width))];
}

let last: {readonly text: string; readonly width: number; readonly rows: readonly string[]} = {text: '', width: 0, rows: ['']};

/** A long command is broken into rows once, not with every key. */
function wrapped(text: string, width: number): readonly string[] {
	if (last.text !== text || last.width !== width) last = {text, width, rows: wrapVerbatim(text.replaceAll(lineEnd, `${lineEnd}\n`), width)};
	return last.rows;
}

/** A line end, as it was made visible; the text goes on in a row of its own. */
const lineEnd = '\\u{A}';

/** Facts that are told in our words, or the gateway's; every space of the others counts. */
const sentences: ReadonlySet<string> = new Set(['Session', 'Why', 'When', 'Always', 'Cut']);

function factRows(label: string, text: string, width: number): readonly string[] {
	if (width < labelWidth * 3) return wrapVerbatim(`${label}: ${text}`, width);
	const wrap = sentences.has(label) ? wrapProse : wrapVerbatim;
	return wrap(text, width - labelWidth).map((row, index) => (index === 0 ? label : '').padEnd(labelWidth) + row);
}

/** Escapes stand out: they are what somebody may have wanted to hide. */
function styled(row: string, palette: Drawing['palette']): string {
	if (!row.startsWith(gutter)) return row;
	return palette.dim(gutter) + row.slice(gutter.length).replace(/\\u\{[0-9A-F]{1,6}\}/g, palette.warning);
}

function hintsOf(state: State, {armed, refusal}: ApprovalOverlay, {request}: WaitingApproval, scrolls: string): string {
	if (state.approvals?.isAway) return `Not connected: it cannot be answered now. Esc: later${scrolls}`;
	if (state.draft.text !== '') return `Your message comes first: send it or clear it, then answer${scrolls}`;
	if (armed?.decision === 'allow-once') return 'y: run it ONCE · any other key: no';
	if (armed?.decision === 'allow-always') return 'y: STORE THE RULE above under “Always”, and run it · any other key: no';
	if (refusal === 'not-seen') return `First read it to its end, then allow${scrolls}`;
	if (refusal === 'not-offered') return `That is not offered for this one${scrolls}`;
	const keys = [
		...(request.decisions.includes('allow-once') ? ['1 then y: allow once'] : []),
		...(request.decisions.includes('allow-always') ? ['2 then y: always'] : []),
		'3: deny',
		'Esc: later',
	];
	return keys.join(' · ') + scrolls;
}
