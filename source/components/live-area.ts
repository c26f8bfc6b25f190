import type {State} from '../chat/state.js';
import {type ApprovalView, approvalView} from './approval-view.js';
import {asideLines, shownAsides} from './aside-lines.js';
import {attachmentLines} from './attachment-lines.js';
import {completionLines} from './completion-lines.js';
import {type ComposerView, composerView} from './composer.js';
import type {Drawing} from './drawing.js';
import {listRoom, maxComposerHeight, panelRoom, planLayout} from './layout.js';
import {type LiveMoment, liveAnswerLines, otherRunLines} from './live-answer.js';
import {type OverlayView, overlayView, type Scrolling} from './overlay-view.js';
import {queueLines} from './queue-lines.js';
import {statusLine} from './status-line.js';

export interface LiveArea {
	readonly lines: readonly string[];
	/** Where the terminal's cursor belongs, counted from the first of `lines`. */
	readonly caret: ComposerView['caret'];
	/** Scrolling on in the panel would show nothing more. */
	readonly isPanelAtEnd: boolean;
	/** How far the overlay scrolls, where it does. */
	readonly scroll?: Scrolling;
	/** The request for approval that is on the screen, and whether its end is. */
	readonly approval?: ApprovalView['approval'];
}

/**
 * All that is drawn anew with each frame: the unfinished block, what was said meanwhile, the queue, the composer, the status line.
 * @param mostTail Rows that the unfinished block may have at most.
 */
export function liveArea(state: State, columns: number, rows: number, drawing: Drawing, mostTail = Number.POSITIVE_INFINITY): LiveArea {
	const {answer: underWay} = state;
	const answer = underWay
		? liveAnswerLines(underWay, columns, drawing, state.raw, momentOf(state))
		: otherRunLines(state, columns, drawing);
	const asides = asideLines(state, columns, drawing);
	const queue = [...attachmentLines(state, columns, drawing), ...queueLines(state, columns, drawing)];
	const composer = composerView(state.draft, columns, maxComposerHeight(rows), drawing.palette);
	const room = panelRoom(rows, composer.lines.length, state.answer !== undefined);
	// A question is shown whole: what it would do must not be hidden.
	const overlayRoom = state.overlay?.kind === 'confirmation' || state.overlay?.kind === 'approval' ? room : listRoom(rows, room);
	const overlay = drawnOverlay(state, columns, overlayRoom, drawing);
	const drawn = overlay ? undefined : drawing.panel?.(state, columns, room);
	const typed = overlay ? [] : completionLines(state, columns, room, drawing);
	const shown = overlay?.lines ?? (typed.length > 0 ? typed : (drawn?.lines ?? []));
	const panel = shown.length === 0 ? [] : ['', ...shown];
	const height = planLayout(rows, {
		tail: Math.min(answer.length, mostTail),
		asides: asides.length,
		panel: panel.length,
		// An empty line keeps the composer apart from the text above it, and the queue, which belongs to the composer, too.
		queue: queue.length + 1,
		composer: composer.lines.length,
		status: 1,
	});
	const above = [
		...(height.tail > 0 ? answer.slice(-height.tail) : []),
		...shownAsides(asides, height.asides, drawing),
		...panel.slice(0, height.panel),
		...['', ...queue].slice(0, height.queue),
	];
	const overlayTop = above.length - Math.min(queue.length + 1, height.queue) - height.panel + 1;
	const status = height.status > 0 ? [statusLine(state, columns, drawing)] : [];
	return {
		lines: [...above, ...composer.lines.slice(0, height.composer), ...status],
		caret: overlay?.caret
			? {x: overlay.caret.x, y: overlayTop + overlay.caret.y}
			: {x: composer.caret.x, y: above.length + composer.caret.y},
		isPanelAtEnd: drawn?.isAtEnd !== false,
		...(overlay?.scroll && {scroll: overlay.scroll}),
		...(overlay &&
			'approval' in overlay && {approval: {...overlay.approval, isAtEnd: overlay.approval.isAtEnd && height.panel >= panel.length}}),
	};
}

function drawnOverlay(state: State, columns: number, room: number, drawing: Drawing): OverlayView | ApprovalView | undefined {
	const {overlay} = state;
	if (overlay?.kind === 'approval') return approvalView(state, overlay, columns, room, drawing);
	return overlay && overlayView(overlay, columns, room, drawing, state.inputHistory.lines, state);
}

function momentOf({now, entries}: State): LiveMoment {
	const kind = entries.at(-1)?.kind;
	return {now, follows: kind === 'tool' || kind === 'thought'};
}
