import {redact} from '../diagnosis/redact.js';
import {sanitizeLine} from '../terminal/sanitize.js';

/** Longer inputs are cut before they are looked at; no message of worth is this long. */
const longestInput = 16_384;

/**
 * One line of foreign text, fit for evidence: control sequences gone, secrets gone, at most `limit` characters.
 * Control characters go first (a secret could hide behind them), the cut comes last (half a secret would not be recognised).
 */
export function plainLine(text: string, limit = 300): string {
	const clean = redact(sanitizeLine(text.slice(0, longestInput)));
	// A cut may leave half of a surrogate pair at the end.
	return clean.length <= limit ? clean : `${clean.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
