import type {ConfigurationProblem} from '../diagnosis/evidence.js';
import {plainLine} from './plain-text.js';

/** Names that the request itself sets; a profile may not. */
const reserved = ['authorization', 'connection', 'content-length', 'content-type', 'host', 'origin', 'transfer-encoding', 'upgrade'];

/**
 * Why a header cannot be sent (RFC 9110 §5.5), or undefined. Looked at before the HTTP client sees it, whose errors may quote the
 * value.
 *
 * @param setting What the user knows it by, e.g. `gatewayToken`. The value is not repeated.
 */
export function checkHeader(setting: string, name: string, value: string, atMs: number): ConfigurationProblem | undefined {
	const problem = problemOf(name, value);
	if (problem === undefined) return undefined;
	return {kind: 'configuration-problem', layer: 'config', atMs, row: 'C15', setting: plainLine(setting, 80), message: problem};
}

function problemOf(name: string, value: string): string | undefined {
	if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) return 'the name is not a header name';
	const character = /[^\t\x20-\x7E\x80-\xFF]/.exec(value)?.[0];
	if (character === undefined) return undefined;
	return character < ' ' || character === '\x7F'
		? 'the value contains a line break or another control character'
		: 'the value contains a character that HTTP headers cannot carry';
}

/** A header that the profile may not set. */
export function checkReserved(setting: string, name: string, atMs: number): ConfigurationProblem | undefined {
	if (!reserved.includes(name.toLowerCase())) return undefined;
	return {
		kind: 'configuration-problem',
		layer: 'config',
		atMs,
		row: 'C15',
		setting: plainLine(setting, 80),
		message: 'this header is set by clawtalk itself',
	};
}
