import type {Fix} from '../diagnosis/diagnosis.js';
import type {Evidence} from '../diagnosis/evidence.js';
import {placeOf} from '../diagnosis/place.js';
import type {Palette} from '../terminal/palette.js';
import {wrapVerbatim} from '../terminal/wrap.js';
import {clean, fixWords, hang} from './connection-report.js';

/** One fix: its number is the key that copies it; then the place, what to do, and the command below, cut only where the terminal ends. */
export function fixBlock(
	fix: Fix,
	index: number,
	evidence: Evidence,
	{palette, width}: {palette: Palette; width: number},
): readonly string[] {
	const label = `${index === 0 ? '  Try   ' : '        '}${index + 1}  `;
	const indent = ' '.repeat(label.length);
	const words = fixWords(fix, placeOf(fix.where, evidence));
	const apart = fix.shownApart === undefined ? [] : hang(indent, `the value, not safe to paste: ${fix.shownApart}`, {width});
	if (fix.command === undefined) return [...hang(label, words, {width}), ...apart];
	const command = wrapVerbatim(clean(fix.command), Math.max(20, width - indent.length)).map(line => indent + palette.accent(line));
	return [...hang(label, `${words}:`, {width}), ...command, ...apart];
}
