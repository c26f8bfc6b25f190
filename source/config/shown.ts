import {redact} from '../diagnosis/redact.js';

const longestShown = 120;

/**
 * A value from a file, a flag or the environment as it may appear in a message: one line, control characters as visible escapes,
 * known secrets and credentials in URLs replaced, cut at 120 characters.
 */
export function shown(text: string): string {
	const oneLine = redact(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u00a0]/gu, escapeOf);
	return oneLine.length > longestShown ? `${oneLine.slice(0, longestShown)}…` : oneLine;
}

/** Like `shown`, in double quotes; values that are no strings as JSON. */
export function quoted(value: unknown): string {
	if (typeof value === 'string') return `"${shown(value)}"`;
	return shown(JSON.stringify(value) ?? String(value));
}

/** What is ever said about a secret. */
export function maskedSecret(value: unknown): string {
	return typeof value === 'string' ? `set · ${value.length} characters` : `set · ${kindOf(value)}`;
}

/** The JSON kind of a value, with its article. */
export function kindOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object') return 'an object';
	if (typeof value === 'boolean') return 'true or false';
	return `a ${typeof value}`;
}

function escapeOf(character: string): string {
	const short = {'\n': '\\n', '\r': '\\r', '\t': '\\t'}[character];
	return short ?? `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
