import {redact} from '../diagnosis/redact.js';
import type {ToolTrouble} from '../diagnosis/tool-trouble.js';
import {sanitizeLine} from '../terminal/sanitize.js';
import {wrapProse} from '../terminal/wrap.js';
import type {AnswerEnd} from './answer-end.js';
import type {Drawing} from './drawing.js';

/** Below a whole answer: why a tool of it failed, where a row knows it and it was not told before. */
export function freshToolTroubles({evidence, toolsFailed, toolsFailedBefore = []}: AnswerEnd, width: number, drawing: Drawing) {
	if (evidence === undefined || toolsFailed === undefined) return [];
	const find = (observations: typeof toolsFailed) => drawing.toolTroubles?.({...evidence, observations}) ?? [];
	const told = new Set(find(toolsFailedBefore).map(({cause}) => cause));
	return toolTroubleLines(
		find(toolsFailed).filter(({cause}) => !told.has(cause)),
		width,
		drawing,
	);
}

/** What it most likely is, and what to do first: quiet, because the answer is whole. */
export function toolTroubleLines(troubles: readonly ToolTrouble[], width: number, {palette}: Drawing): readonly string[] {
	return troubles.flatMap(({title, fix}) => [
		...hanging('! ', title, width).map(palette.dim),
		...(fix === undefined ? [] : hanging('  ', fix, width).map(palette.dim)),
	]);
}

function hanging(mark: string, text: string, width: number): readonly string[] {
	const lines = wrapProse(sanitizeLine(redact(text)), Math.max(8, width - mark.length));
	return lines.map((line, index) => (index === 0 ? mark : ' '.repeat(mark.length)) + line);
}
