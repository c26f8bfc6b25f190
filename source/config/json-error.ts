/** The first place where a text stops being JSON, and why in a few words. */
export interface JsonError {
	/** UTF-16 offset into the text. */
	readonly offset: number;
	readonly reason: string;
}

interface Scan {
	readonly text: string;
	at: number;
}

const deepest = 200;
const stringStart = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y;
const literal = /(?:true|false|null)(?![\w$])|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y;

/**
 * Finds where a text breaks the grammar of RFC 8259. Needed because the messages of JSON.parse carry a position only sometimes
 * and quote the text, which may be a token (seen on Node 22, 24 and 26). Returns undefined for valid JSON.
 */
export function findJsonError(text: string): JsonError | undefined {
	const scan = {text, at: 0};
	const error = value(scan, 0);
	if (error) return error;
	skipSpace(scan);
	return scan.at < text.length ? unexpected(scan, 'the end of the file') : undefined;
}

function value(scan: Scan, depth: number): JsonError | undefined {
	skipSpace(scan);
	if (depth > deepest) return {offset: scan.at, reason: `nested deeper than ${deepest} levels`};
	const next = scan.text[scan.at];
	if (next === '{') return members(scan, '}', depth);
	if (next === '[') return members(scan, ']', depth);
	if (next === '"') return string(scan);
	return match(scan, literal) ? undefined : unexpected(scan, 'a value');
}

function members(scan: Scan, close: '}' | ']', depth: number): JsonError | undefined {
	scan.at++;
	skipSpace(scan);
	while (!closes(scan, close)) {
		const error = (close === '}' ? name(scan) : undefined) ?? value(scan, depth + 1);
		if (error) return error;
		skipSpace(scan);
		if (closes(scan, close)) return undefined;
		if (scan.text[scan.at] !== ',') return unexpected(scan, `a comma or "${close}"`);
		const comma = scan.at++;
		skipSpace(scan);
		if (scan.text[scan.at] === close) return {offset: comma, reason: `comma before "${close}"`};
	}
	return undefined;
}

function closes(scan: Scan, close: string): boolean {
	if (scan.text[scan.at] !== close) return false;
	scan.at++;
	return true;
}

function name(scan: Scan): JsonError | undefined {
	if (scan.text[scan.at] !== '"') return unexpected(scan, 'a name in double quotes');
	const error = string(scan);
	if (error) return error;
	skipSpace(scan);
	if (scan.text[scan.at] !== ':') return unexpected(scan, 'a colon');
	scan.at++;
	return undefined;
}

function string(scan: Scan): JsonError | undefined {
	const start = scan.at;
	match(scan, stringStart);
	const stop = scan.text[scan.at];
	if (stop === '"') {
		scan.at++;
		return undefined;
	}
	if (stop === undefined || stop === '\n' || stop === '\r') return {offset: start, reason: 'a string is not closed'};
	return {offset: scan.at, reason: stop === '\\' ? 'unknown escape in a string' : 'control character in a string'};
}

function unexpected({text, at}: Scan, wanted: string): JsonError {
	if (at >= text.length) return {offset: at, reason: `the file ends where ${wanted} should be`};
	if (/^(?:\/\/|\/\*|#)/.test(text.slice(at, at + 2))) return {offset: at, reason: 'JSON has no comments'};
	if (/['`“”‘’]/.test(text[at] ?? '')) return {offset: at, reason: 'strings need straight double quotes'};
	return {offset: at, reason: `${wanted} should be here`};
}

function match(scan: Scan, pattern: RegExp): boolean {
	pattern.lastIndex = scan.at;
	const found = pattern.test(scan.text);
	if (found) scan.at = pattern.lastIndex;
	return found;
}

function skipSpace(scan: Scan): void {
	while (' \t\n\r'.includes(scan.text[scan.at] ?? 'x')) scan.at++;
}
