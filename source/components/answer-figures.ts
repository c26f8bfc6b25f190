import stringWidth from 'string-width';
import {sanitizeLine} from '../terminal/sanitize.js';
import {wrapProse} from '../terminal/wrap.js';
import type {AnswerEnd} from './answer-end.js';
import type {Drawing} from './drawing.js';
import {duration} from './duration.js';

/** One thing that is known of an answer; those of a low rank stay longest where the line is narrow. */
interface Figure {
	readonly rank: number;
	readonly text: string;
}

/** Time, agent, model, durations and tokens of an answer in one quiet line of at most `width` cells: what does not fit is left out. */
export function figuresLine(end: AnswerEnd, width: number, {palette, clock}: Drawing): string {
	let figures = figuresOf(end, clock);
	while (figures.length > 1 && stringWidth(joined(figures)) > width) {
		const last = Math.max(...figures.map(({rank}) => rank));
		figures = figures.filter(({rank}) => rank !== last);
	}
	return palette.dim(wrapProse(joined(figures), width)[0] ?? '');
}

function joined(figures: readonly Figure[]): string {
	return figures.map(({text}) => text).join(' · ');
}

/** In the order of the line. Tokens are said only where the gateway counted them. */
function figuresOf(end: AnswerEnd, clock: Drawing['clock']): readonly Figure[] {
	const {at, agent, model, totalMs, firstTokenMs, usage, toolRuns = 0} = end;
	const tokens = usage?.completionTokens ?? 0;
	const rate = tokensPerSecond(tokens, totalMs, firstTokenMs);
	return [
		...figure(2, at !== undefined && clock(at)),
		...figure(4, agent !== undefined && sanitizeLine(agent)),
		...figure(5, model !== undefined && sanitizeLine(model)),
		...figure(1, totalMs !== undefined && duration(totalMs, true)),
		...figure(7, firstTokenMs !== undefined && firstTokenMs >= shownFromMs && `first text ${duration(firstTokenMs, true)}`),
		...figure(3.5, toolRuns > 0 && (toolRuns === 1 ? '1 tool run' : `${toolRuns} tool runs`)),
		...figure(3, tokens > 0 && `${tokens} tokens`),
		...figure(6, rate !== undefined && `${rate} tokens/s`),
	];
}

function figure(rank: number, text: string | false): readonly Figure[] {
	return text === false ? [] : [{rank, text}];
}

/** An answer that begins sooner begins at once. */
const shownFromMs = 100;

/** Shorter streams say nothing of a pace: they came in one piece. */
const shortestStreamMs = 200;

function tokensPerSecond(tokens: number, totalMs: number | undefined, firstTokenMs: number | undefined): number | undefined {
	if (tokens < 2 || totalMs === undefined || firstTokenMs === undefined) return undefined;
	const streamedMs = totalMs - firstTokenMs;
	const rate = Math.round((tokens * 1000) / streamedMs);
	// None comes out where the machine slept meanwhile: the text did not take that long.
	return streamedMs < shortestStreamMs || rate === 0 ? undefined : rate;
}
