import type {Answer, State} from '../chat/state.js';
import {sanitizeLine} from '../terminal/sanitize.js';
import {wrapProse} from '../terminal/wrap.js';
import {cutLine, oneLine} from './cut-line.js';
import type {Drawing} from './drawing.js';
import {runningLine} from './run-lines.js';
import {retryWords} from './run-words.js';

/** So many running tools are shown, the newest; the others are counted. */
const mostTools = 4;

export interface LiveMoment {
	/** Milliseconds since the epoch. */
	readonly now: number;
	/** The last line of the scrollback is a tool run or a thought: others stand below it without an empty line. */
	readonly follows: boolean;
}

/**
 * The part of an answer that is not in the scrollback yet: the unfinished block (`raw`: as it came), and what the run does meanwhile.
 */
export function liveAnswerLines(
	answer: Answer,
	width: number,
	drawing: Drawing,
	raw = false,
	{now, follows}: LiveMoment = {now: 0, follows: false},
): readonly string[] {
	const source = raw ? answer.scan.pending : drawing.tail(answer.scan);
	const drawn = source.trim() === '' ? '' : drawing.markdown(source, width, raw ? 'source' : 'in-progress');
	const text = drawn === '' ? [] : [...(answer.scan.continues ? [] : ['']), ...drawn.split('\n')];
	const doing = doingLines(answer, width, drawing, now);
	if (doing.length === 0) return text;
	return text.length === 0 && follows ? doing : [...text, '', ...doing];
}

/** Another try of the provider, what the model thinks, the tools that are running. */
function doingLines({progress, thinking, tools}: Answer, width: number, drawing: Drawing, now: number): readonly string[] {
	const {palette} = drawing;
	const retry = progress?.retry === undefined ? [] : wrapProse(retryWords(progress.retry, now), width).map(palette.warning);
	const thought = thinking === undefined ? [] : [palette.dim(cutLine(`… thinking: ${lastWords(thinking.text, width)}`, width))];
	const hidden = tools.length - mostTools;
	const more = hidden > 0 ? [palette.dim(cutLine(`… and ${hidden} more tools are running`, width))] : [];
	return [...retry, ...thought, ...more, ...tools.slice(-mostTools).map(tool => runningLine(tool, now, width, drawing))];
}

/** What the agent says to others in this session meanwhile, in one line: it is shown in full when it has ended. */
export function otherRunLines(
	{conversation: {otherRun, sessionKey}, connection}: State,
	width: number,
	{palette}: Drawing,
): readonly string[] {
	const isTold = connection.state === 'online' && connection.via?.transport === 'ws';
	if (otherRun?.sessionKey !== sessionKey || !isTold) return [];
	const words = otherRun.text.trim() === '' ? '' : `: ${lastWords(otherRun.text, width, `${atWork}: …`)}`;
	return ['', palette.dim(cutLine(`${atWork}${words}`, width))];
}

/** Not for whom: it may be a question of ours that a restarted gateway takes up again. */
const atWork = '… the agent is at work in this session';

/** The end of a text, as much as one line holds behind its mark, from the beginning of a word. */
function lastWords(text: string, width: number, mark = thinkingMark): string {
	const end = sanitizeLine(oneLine(text.slice(-4 * width)));
	const room = Math.max(8, width - mark.length);
	if (end.length <= room) return end;
	const from = end.indexOf(' ', end.length - room);
	return `…${end.slice(from === -1 ? end.length - room : from)}`;
}

const thinkingMark = '… thinking: … ';
