import stringWidth from 'string-width';
import type {Entry, RunningTool} from '../chat/state.js';
import {sanitize, sanitizeLine} from '../terminal/sanitize.js';
import {wrapVerbatim} from '../terminal/wrap.js';
import {cutLine} from './cut-line.js';
import type {Drawing} from './drawing.js';
import {duration} from './duration.js';

export type ToolEntry = Extract<Entry, {kind: 'tool'}>;
export type ThoughtEntry = Extract<Entry, {kind: 'thought'}>;
type Run = ToolEntry['run'];
type Palette = Drawing['palette'];

/** A tool run that has ended, folded: what ran, how long, how much came back, in one line; in a second one why it failed. */
export function toolLines(run: Run, width: number, {palette}: Pick<Drawing, 'palette'>): readonly string[] {
	const {name, summary, ended, durationMs, resultLength, error} = run;
	const figures = [
		...(ended === 'unseen' ? ['its end was not seen'] : []),
		...(ended === 'held-back' ? ['waited for approval, did not begin'] : []),
		...(durationMs === undefined ? [] : [took(durationMs)]),
		...(resultLength === undefined || ended === 'failed' ? [] : [sizeInWords(resultLength)]),
	];
	const isFailed = ended === 'failed';
	const mark = isFailed ? '✗' : ended === 'finished' ? '→' : '–';
	const head = headLine({name, summary, figures, mark, paint: isFailed ? palette.error : asItIs}, width, palette);
	return isFailed ? [head, `  ${cutLine(sanitizeLine(error ?? '') || 'failed, and did not say why', Math.max(1, width - 2))}`] : [head];
}

/** Most tools are quicker than a tenth of a second. */
function took(ms: number): string {
	return ms < 100 ? `${Math.max(0, Math.round(ms))} ms` : duration(ms, true);
}

/** A tool that is running. @param now By our clock, milliseconds since the epoch. */
export function runningLine({name, summary, since}: RunningTool, now: number, width: number, {palette}: Pick<Drawing, 'palette'>): string {
	return headLine({name, summary, figures: [duration(now - since)], mark: '…', paint: asItIs}, width, palette);
}

export function thoughtLine({durationMs}: Pick<ThoughtEntry, 'durationMs'>, width: number, {palette}: Pick<Drawing, 'palette'>): string {
	return palette.dim(cutLine(`→ thought for ${duration(durationMs, true)}`, width));
}

/** A tool run with its arguments and what came back, as far as they are kept. */
export function unfoldedTool(run: Run, width: number, drawing: Pick<Drawing, 'palette'>): readonly string[] {
	const {output = '', resultLength = 0} = run;
	const given = readable(run.arguments ?? run.summary ?? '');
	const size = resultLength > output.length ? `result, the last ${output.length} of ${sizeInWords(resultLength)}` : 'result';
	const details = [
		...quoted('arguments', given, width, drawing.palette),
		...(output.trim() === '' ? [] : quoted(size, output, width, drawing.palette)),
	];
	const nothing = [drawing.palette.dim(cutLine('  The gateway told no more of it.', width))];
	return [...toolLines(run, width, drawing), ...(details.length === 0 ? nothing : details)];
}

export function unfoldedThought(thought: ThoughtEntry, width: number, drawing: Pick<Drawing, 'palette'>): readonly string[] {
	const {text, length} = thought;
	const label = length > text.length ? `the last ${text.length} of ${sizeInWords(length)}` : sizeInWords(length);
	return [thoughtLine(thought, width, drawing), ...quoted(label, text, width, drawing.palette)];
}

function asItIs(text: string): string {
	return text;
}

interface Head {
	readonly mark: string;
	readonly name: string;
	readonly summary: string | undefined;
	readonly figures: readonly string[];
	readonly paint: (text: string) => string;
}

/** Cells that the name and the arguments have before figures are left out for them. */
const leastWords = 20;
const separator = ' · ';

/** One line. The figures at its end give way from the last on; of a long name or of long arguments the beginning stays. */
function headLine({mark, name, summary, figures, paint}: Head, width: number, palette: Palette): string {
	const shownName = sanitizeLine(name) || 'a tool';
	const words = summary === undefined ? '' : sanitizeLine(summary);
	const wanted = stringWidth(`${mark} ${shownName}${words === '' ? '' : ` ${words}`}`);
	let end = figures.map(text => `${separator}${text}`);
	while (end.length > 0 && width - stringWidth(end.join('')) < Math.min(wanted, leastWords)) end = end.slice(0, -1);
	const room = Math.max(1, width - stringWidth(end.join('')));
	const begin = cutLine(`${mark} ${shownName}`, room);
	const left = room - stringWidth(begin) - 1;
	const more = words === '' || left < 1 ? '' : ` ${cutLine(words, left)}`;
	return `${paint(begin)}${palette.dim(`${more}${end.join('')}`)}`;
}

function sizeInWords(characters: number): string {
	return characters === 1 ? '1 character' : `${characters} characters`;
}

/** Lines that are shown of a text; of the others it is said how many there are. */
const mostLines = 200;

/** Arguments in JSON as names with their values: a text keeps its lines. Anything else as it came. */
function readable(given: string): string {
	if (!given.trimStart().startsWith('{')) return given;
	try {
		return Object.entries(JSON.parse(given) as object)
			.map(([name, value]) => {
				const text = typeof value === 'string' ? value : JSON.stringify(value);
				return text.includes('\n') ? `${name}:\n${text}` : `${name}: ${text}`;
			})
			.join('\n');
	} catch {
		// Cut where it was too long, no JSON, or nested so deeply that it can be read and not be written.
		return given;
	}
}

/** A foreign text below its name, set off from our own words by a bar. */
function quoted(label: string, text: string, width: number, palette: Palette): readonly string[] {
	const safe = sanitize(text).trimEnd();
	if (safe.trim() === '') return [];
	const lines = safe.split('\n').flatMap(line => wrapVerbatim(line, Math.max(1, width - bar.length)));
	const shown = lines.slice(0, mostLines);
	const hidden = lines.length - shown.length;
	return [
		palette.dim(cutLine(`  ${label}:`, width)),
		...shown.map(line => `${palette.dim(bar)}${line}`),
		...(hidden > 0 ? [palette.dim(cutLine(`  ⋮ ${hidden} more lines`, width))] : []),
	];
}

const bar = '  │ ';
