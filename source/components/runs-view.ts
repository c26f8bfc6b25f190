import type {Runs} from '../chat/answer/runs-overlay.js';
import type {State} from '../chat/state.js';
import {cutLine, firstThatFits} from './cut-line.js';
import {type Drawing, withKeys} from './drawing.js';
import type {OverlayView} from './overlay-view.js';
import {runningLine, type ThoughtEntry, type ToolEntry, thoughtLine, toolLines, unfoldedThought, unfoldedTool} from './run-lines.js';

type RunsDrawing = Pick<Drawing, 'palette' | 'keysNamed'>;
type RunEntry = ToolEntry | ThoughtEntry;

/** Where they stand in the state. */
export type KnownRuns = Pick<State, 'entries' | 'answer' | 'now'>;

/** Older ones are not listed: their lines are made with every frame. */
const mostRuns = 100;

/** Tool runs and thoughts of this conversation, oldest first, in at most `height` lines. */
export function runsView(
	overlay: Runs,
	{entries, answer, now}: KnownRuns,
	width: number,
	height: number,
	drawing: RunsDrawing,
): OverlayView {
	const runs = entries.filter((entry): entry is RunEntry => (entry.kind === 'tool' && !entry.isUnfolded) || entry.kind === 'thought');
	const shownRuns = runs.slice(-mostRuns);
	const running = answer?.tools ?? [];
	const linesOf = (entry: RunEntry, index: number) =>
		overlay.unfolded === 'all' || index === shownRuns.length - 1 ? unfolded(entry, width, drawing) : folded(entry, width, drawing);
	const parts = [...shownRuns.map(linesOf), ...running.slice(-mostRuns).map(tool => [runningLine(tool, now, width, drawing)])];
	const all = parts.flat();
	const page = Math.max(1, height - 2);
	const last = Math.max(0, all.length - page);
	const lastRun = parts.slice(0, Math.max(0, shownRuns.length - 1)).reduce((sum, {length}) => sum + length, 0);
	const top = Math.min(overlay.top ?? lastRun, last);
	const shown = all.slice(top, top + page);
	const count = runs.length + running.length;
	const title = `${count === 1 ? 'One run' : `${count} runs`}${runs.length > mostRuns ? `, the last ${mostRuns} shown` : ''}`;
	const lines = [
		drawing.palette.bold(cutLine(title, width)),
		...shown,
		drawing.palette.dim(hint(overlay, {top, page, all: all.length}, width, drawing)),
	];
	return {lines: lines.slice(0, height), scroll: {last, page, top}};
}

function folded(entry: RunEntry, width: number, drawing: RunsDrawing): readonly string[] {
	return entry.kind === 'tool' ? toolLines(entry.run, width, drawing) : [thoughtLine(entry, width, drawing)];
}

interface Drawn {
	readonly width: number;
	readonly palette: Drawing['palette'];
	readonly lines: readonly string[];
}

/** An entry does not change: what was made of it is made once while the overlay is open. */
const drawn = new WeakMap<RunEntry, Drawn>();

function unfolded(entry: RunEntry, width: number, drawing: RunsDrawing): readonly string[] {
	const {palette} = drawing;
	const before = drawn.get(entry);
	if (before?.width === width && before.palette === palette) return before.lines;
	const lines = entry.kind === 'tool' ? unfoldedTool(entry.run, width, drawing) : unfoldedThought(entry, width, drawing);
	drawn.set(entry, {width, palette, lines});
	return lines;
}

function hint(
	{unfolded: which}: Runs,
	{top, page, all}: {top: number; page: number; all: number},
	width: number,
	drawing: RunsDrawing,
): string {
	const seen = all <= page ? '' : ` · ${top + 1}–${Math.min(all, top + page)} of ${all}`;
	const other = which === 'last' ? 'Ctrl+O unfolds all' : 'Ctrl+O folds';
	return firstThatFits(
		[
			`${all > page ? '↑↓ PgUp PgDn Space scroll · ' : ''}${other} · Esc closes${seen}`,
			`${other} · Esc closes${seen}`,
			`${other} · Esc closes`,
			'Esc closes',
		].map(text => withKeys(text, drawing)),
		width,
	);
}
