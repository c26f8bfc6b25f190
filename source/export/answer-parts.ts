import {sanitizeLine} from '../terminal/sanitize.js';
import type {StoredTool} from '../transcripts/stored.js';
import type {ExportedAnswer} from './exported-conversation.js';

/** A piece of an answer: text, or the tool runs that stand behind it. */
export interface AnswerPart {
	readonly text: string;
	/** A line each. */
	readonly tools: readonly string[];
}

/** An answer cut where its tools ran. In readable exports a run is one line: what it printed may be large, and is no part of the talk. */
export function answerParts(answer: ExportedAnswer | undefined): readonly AnswerPart[] {
	if (answer === undefined) return [];
	const {text, tools = []} = answer;
	const parts: AnswerPart[] = [];
	let at = 0;
	for (const tool of tools) {
		const before = textBetween(text, at, tool.from);
		at = Math.max(at, tool.from);
		const last = parts.at(-1);
		if (last !== undefined && before.trim() === '') parts[parts.length - 1] = {...last, tools: [...last.tools, toolWords(tool)]};
		else parts.push({text: before, tools: [toolWords(tool)]});
	}
	return [...parts, {text: textBetween(text, at, text.length), tools: []}];
}

/** Behind a tool run the empty lines are ours. */
function textBetween(text: string, from: number, to: number): string {
	const piece = text.slice(from, to);
	return from === 0 ? piece : piece.replace(/^\s*\n/, '');
}

function toolWords({name, summary, ended, durationMs, error}: StoredTool): string {
	const words = [sanitizeLine(name) || 'a tool', ...(summary === undefined ? [] : [sanitizeLine(summary)])].join(' ');
	const time = durationMs === undefined ? '' : `, ${(durationMs / 1000).toFixed(1)} s`;
	const why = error === undefined ? '' : `: ${sanitizeLine(error)}`;
	const ends = {
		finished: '',
		failed: `; failed${why}`,
		unseen: '; its end was not seen',
		'held-back': '; waited for approval, did not begin',
	} as const;
	return `Tool: ${words}${time}${ends[ended]}`;
}
