import stringWidth from 'string-width';
import {describeObservation} from '../diagnosis/describe.js';
import type {Diagnosis, Findings, Fix, Rival} from '../diagnosis/diagnosis.js';
import type {Evidence, Observation} from '../diagnosis/evidence.js';
import {placeOf} from '../diagnosis/place.js';
import {redact} from '../diagnosis/redact.js';
import type {Palette} from '../terminal/palette.js';
import {sanitizeLine} from '../terminal/sanitize.js';
import {wrapProse} from '../terminal/wrap.js';

/**
 * A connection and what is wrong with it, as lines for a terminal: safe, without secrets, painted, at most `width` cells wide, from 40
 * columns. Only commands go over the width, uncut, unpainted and alone on their line, so that they can be copied.
 */
export interface ReportStyle {
	readonly palette: Palette;
	/** Columns; absent = lines are not wrapped. */
	readonly width?: number | undefined;
}

/** Fixes shown before "more". */
export const shownFixes = 3;

export interface DiagnosisOptions extends ReportStyle {
	/** All fixes and every observation, not the first ones. */
	readonly verbose?: boolean;
	/** Where the rest of the fixes is, in words: `clawtalk status --verbose`, `d: details`. */
	readonly more?: string;
}

const maxSeen = 4;
const marks = {error: '✗', warning: '!', note: '·'} as const;

/** The primary diagnosis: title, what was seen, why, what to do where, how to see that it is mended, and what else it could be. */
export function diagnosisLines(diagnosis: Diagnosis, evidence: Evidence, options: DiagnosisOptions): readonly string[] {
	const {verify, rivals = []} = diagnosis;
	return [
		...titleLines(diagnosis, options),
		...seenLines(diagnosis, evidence, options),
		...hang('  Why   ', diagnosis.explanation, options),
		...fixLines(diagnosis, evidence, options),
		...(verify === undefined ? [] : commandLines('  Then  ', 'see whether it is mended', verify, options)),
		...rivals.flatMap((rival, index) => hang(index === 0 ? '  Or    ' : '        ', rivalWords(rival), options)),
	];
}

/** Title, id and confidence; the first line begins with the mark of the severity. */
export function titleLines({title, id, confidence, severity}: Diagnosis, {palette, width}: ReportStyle): readonly string[] {
	const lines = wrapped(`${clean(title)}  [${id}, ${confidence}]`, width, 2);
	const paint = severity === 'error' ? palette.error : palette.warning;
	return lines.map((line, index) => `${index === 0 ? paint(marks[severity]) : ' '} ${bold(line, index, lines.length, palette)}`);
}

/** Bold but for the id, which stands at the end of the last line. */
function bold(line: string, index: number, count: number, palette: Palette): string {
	const at = index === count - 1 ? line.lastIndexOf('[') : line.length;
	return at < 0 ? line : palette.bold(line.slice(0, at).trimEnd()) + (at < line.length ? `${at > 0 ? '  ' : ''}${line.slice(at)}` : '');
}

function seenLines({evidence: indexes}: Diagnosis, evidence: Evidence, options: DiagnosisOptions): readonly string[] {
	const told = seenWords({evidence: indexes}, evidence);
	const shown = options.verbose === true ? told : told.slice(0, maxSeen);
	const rest = told.length - shown.length;
	const lines = rest > 0 ? [...shown, `and ${rest} more`] : shown;
	return lines.flatMap((line, index) => hang(index === 0 ? '  Seen  ' : '        ', line, options));
}

/** What a diagnosis rests on, in words, one line each. */
export function seenWords({evidence: indexes}: Pick<Diagnosis, 'evidence'>, evidence: Evidence): readonly string[] {
	return withoutRepeats(indexes.flatMap(index => evidence.observations[index] ?? []).map(describeObservation));
}

/** Looks that say more than the ladder does: those of `--deep`, and those after a failure. */
const closerLooks: ReadonlySet<Observation['kind']> = new Set([
	...(['websocket-closed', 'service-look', 'listener-look', 'local-openclaw', 'tailscale-look'] as const),
	...(['stack-comparison', 'tls-look', 'probe-ended'] as const),
]);

/** Every observation, or with `closer` what was seen beside the way in; what the diagnosis told already is left out of the latter. */
export function observedLines(evidence: Evidence, {primary}: Findings, which: 'every' | 'closer', style: ReportStyle): readonly string[] {
	const told = new Set(primary?.evidence);
	const indexes = evidence.observations.flatMap((seen, index) => (which === 'every' || (isCloser(seen) && !told.has(index)) ? index : []));
	return seenWords({evidence: indexes}, evidence).flatMap((line, index) => hang(index === 0 ? 'Observed  ' : '          ', line, style));
}

function isCloser(seen: Observation): boolean {
	// A port beside the way where nobody answers is how it is nearly everywhere.
	if (seen.kind === 'sibling-look') return !['refused', 'no-answer', 'unreachable'].includes(seen.outcome);
	return closerLooks.has(seen.kind) || (seen.kind === 'name-lookup' && seen.resolver !== 'system');
}

/** Lines that differ in their time only are one line, with how often. */
function withoutRepeats(lines: readonly string[]): readonly string[] {
	const times = new Map<string, string[]>();
	for (const line of lines) {
		const [, what = line, ms] = /^(.*) \((\d+) ms\)$/.exec(line) ?? [];
		times.set(what, [...(times.get(what) ?? []), ms ?? '']);
	}
	return [...times].map(([what, all]) => {
		const known = all.filter(ms => ms !== '');
		const [first] = known;
		if (all.length === 1) return first === undefined ? what : `${what} (${first} ms)`;
		return `${what} (${all.length} times${first === undefined ? '' : `, ${first} ms the first`})`;
	});
}

function fixLines({fixes}: Diagnosis, evidence: Evidence, options: DiagnosisOptions): readonly string[] {
	const shown = options.verbose === true ? fixes : fixes.slice(0, shownFixes);
	const rest = fixes.length - shown.length;
	const more = `${rest} more${options.more === undefined ? '' : `: ${options.more}`}`;
	return [
		...shown.flatMap((fix, index) => fixAt(fix, index, evidence, options)),
		...(rest > 0 ? hang('        ', more, options).map(line => options.palette.dim(line)) : []),
	];
}

function fixAt(fix: Fix, index: number, evidence: Evidence, options: ReportStyle): readonly string[] {
	const label = `${index === 0 ? '  Try   ' : '        '}${index + 1}. `;
	const words = fixWords(fix, placeOf(fix.where, evidence));
	const apart =
		fix.shownApart === undefined ? [] : hang(' '.repeat(label.length), `the value, which is not safe to paste: ${fix.shownApart}`, options);
	const lines = fix.command === undefined ? hang(label, words, options) : commandLines(label, words, fix.command, options);
	return [...lines, ...apart];
}

const warnings: Readonly<Partial<Record<Fix['applicability'], string>>> = {
	'changes-exposure': 'this changes who can reach the gateway or the token',
	'last-resort': 'last resort',
};

/** `On alienware: start the gateway (last resort)`: the place first, then what to do, then what to know before. */
export function fixWords(
	{action, applicability, since, fallback}: Pick<Fix, 'action' | 'applicability' | 'since' | 'fallback'>,
	place: string,
): string {
	const notes = [fallback && `before ${since ?? 'that'}: ${fallback}`, warnings[applicability]].filter(Boolean);
	const text = `${place}: ${action}${notes.map(note => ` (${note})`).join('')}`;
	return text.charAt(0).toUpperCase() + text.slice(1);
}

function commandLines(label: string, words: string, command: string, options: ReportStyle): readonly string[] {
	return [...hang(label, `${words}:`, options), ' '.repeat(label.length) + clean(command)];
}

function rivalWords({title, id, tellApart}: Rival): string {
	return `${title} [${id}]. To tell apart: ${tellApart}`;
}

/** Other problems that the evidence shows, one each, with what to do first. */
export function alternativeLines({alternatives}: Findings, evidence: Evidence, style: ReportStyle): readonly string[] {
	return alternatives.flatMap(other => [
		...hang('', `Also possible: ${other.title} [${other.id}]`, style),
		...firstFix(other, evidence, style),
	]);
}

/** Warnings and remarks; they stop nothing. */
export function noteLines({notes}: Findings, evidence: Evidence, style: ReportStyle): readonly string[] {
	return notes.flatMap(note => [
		...hang('', `Note: ${note.title}. ${note.explanation} [${note.id}]`, style),
		...firstFix(note, evidence, style),
	]);
}

/** What to do first, where there is anything to do. */
export function firstFix({fixes}: Pick<Diagnosis, 'fixes'>, evidence: Evidence, style: ReportStyle): readonly string[] {
	const [fix] = fixes;
	if (fix === undefined) return [];
	const words = fixWords(fix, placeOf(fix.where, evidence));
	return fix.command === undefined ? hang('  ', words, style) : commandLines('  ', words, fix.command, style);
}

/** Text after a label, wrapped between words under itself. The label has one cell a character. */
export function hang(label: string, text: string, {width}: Pick<ReportStyle, 'width'>): readonly string[] {
	const indent = ' '.repeat(label.length);
	return wrapped(clean(text), width, label.length).map((line, index) => ((index === 0 ? label : indent) + line).trimEnd());
}

function wrapped(text: string, width: number | undefined, taken: number): readonly string[] {
	if (width === undefined || stringWidth(text) <= width - taken) return [text];
	return wrapProse(text, Math.max(20, width - taken));
}

/** Safe for a terminal, without secrets, in one line. */
export function clean(text: string): string {
	return sanitizeLine(redact(text));
}
