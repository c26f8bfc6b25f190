import type {Answer} from '../chat/state.js';
import {sanitizeLine} from '../terminal/sanitize.js';
import {wrapProse} from '../terminal/wrap.js';
import type {Drawing} from './drawing.js';

/** The part of an answer that is not in the scrollback yet: the unfinished block (`raw`: as it came), and what the run does meanwhile. */
export function liveAnswerLines(answer: Answer, width: number, drawing: Drawing, raw = false): readonly string[] {
	const source = raw ? answer.scan.pending : drawing.tail(answer.scan);
	const drawn = source.trim() === '' ? '' : drawing.markdown(source, width, raw ? 'source' : 'in-progress');
	const text = drawn === '' ? [] : [...(answer.scan.continues ? [] : ['']), ...drawn.split('\n')];
	const progress = answer.progress === undefined ? [] : wrapProse(`… ${sanitizeLine(answer.progress)}`, width).map(drawing.palette.dim);
	const tools = answer.tools
		.filter(({phase}) => phase === 'started' || phase === 'updated')
		.map(({name, summary}) => drawing.palette.dim(wrapProse(`… ${sanitizeLine(`${name} ${summary ?? ''}`)}`, width)[0] ?? ''));
	return [...text, ...progress, ...tools];
}
