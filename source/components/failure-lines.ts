import type {Evidence} from '../diagnosis/evidence.js';
import {sanitizeLine} from '../terminal/sanitize.js';
import {wrapProse} from '../terminal/wrap.js';
import type {Drawing} from './drawing.js';

/** Said when no rule knows the evidence: honest, and with a way on. */
const unexplained = ['Something failed and no rule explains it.', '/status looks closer.'];

/**
 * A failure as the few lines the rules make of it: the first one stands out, the rest is indented below.
 *
 * @param mostParts Title, meaning and remedy are a part each; absent = all.
 */
export function failureLines(evidence: Evidence, width: number, {palette, explain}: Drawing, mostParts?: number): readonly string[] {
	const known = explain(evidence);
	const [title = '', ...more] = (known.length > 0 ? known : unexplained).slice(0, mostParts).map(line => sanitizeLine(line));
	return [
		...wrapProse(`✗ ${title}`, width).map(line => palette.error(line)),
		...more.flatMap(line => wrapProse(line, Math.max(8, width - 2)).map(part => `  ${part}`)),
	];
}
