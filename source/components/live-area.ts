import type {State} from '../chat/state.js';
import {type ComposerView, composerView} from './composer.js';
import type {Drawing} from './drawing.js';
import {maxComposerHeight, planLayout} from './layout.js';
import {liveAnswerLines} from './live-answer.js';
import {queueLines} from './queue-lines.js';
import {statusLine} from './status-line.js';

export interface LiveArea {
	readonly lines: readonly string[];
	/** Where the terminal's cursor belongs, counted from the first of `lines`. */
	readonly caret: ComposerView['caret'];
}

/** All that is drawn anew with each frame: the last lines of the unfinished block, the queue, the composer, the status line. */
export function liveArea(state: State, columns: number, rows: number, drawing: Drawing): LiveArea {
	const tail = state.answer ? liveAnswerLines(state.answer, columns, drawing) : [];
	const queue = queueLines(state, columns, drawing);
	const composer = composerView(state.draft, columns, maxComposerHeight(rows), drawing.palette);
	// An empty line keeps the composer apart from the text above it.
	const above = tail.length > 0 || queue.length > 0 ? [...tail, '', ...queue] : [''];
	const height = planLayout(rows, {tail: above.length - queue.length, queue: queue.length, composer: composer.lines.length, status: 1});
	const shownTail = height.tail > 0 ? above.slice(0, above.length - queue.length).slice(-height.tail) : [];
	const shownQueue = queue.slice(0, height.queue);
	const status = height.status > 0 ? [statusLine(state, columns, drawing)] : [];
	return {
		lines: [...shownTail, ...shownQueue, ...composer.lines.slice(0, height.composer), ...status],
		caret: {x: composer.caret.x, y: shownTail.length + shownQueue.length + composer.caret.y},
	};
}
