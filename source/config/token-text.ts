/** A token as it can be sent, or why it cannot. Nothing here ever contains the token. */
export type TokenText =
	| {readonly ok: true; readonly token: string; readonly corrections: readonly string[]}
	| {readonly ok: false; readonly row: 'C15' | 'C16'; readonly message: string};

/** Texts that stand where a token should be: variables nobody expanded, placeholders of manuals, masks of other programs. */
const placeholders: readonly RegExp[] = [
	/^\$\{?[A-Z_][A-Z0-9_]*\}?$/,
	/^\$\(.*\)$/,
	/^%[A-Za-z_]\w*%$/,
	/^<[^>]*>$/,
	/^\{\{.*\}\}$/,
	/^your[-_ ].*(?:token|password|secret)/i,
	/^[*•x.…]{3,}$/i,
	/^__OPENCLAW_REDACTED__$/,
	/^\[secret\]$/,
	/^set · \d+ characters$/,
];

/**
 * Makes a pasted token sendable (matrix C15): outer white space, outer quotes and a `Bearer ` prefix go, and that is said; what
 * would break the header or be refused with 401 stops it. fetch trims ends silently, throws on a newline with a message that
 * quotes the token, and sends a no-break space (measured, undici 8.12).
 *
 * @param lineEndIsNormal A file, a pipe or a program ends its one line with a newline: then that alone is not worth a word.
 */
export function readTokenText(text: string, lineEndIsNormal = false): TokenText {
	const corrections: string[] = [];
	const start = lineEndIsNormal ? text.replace(/\r?\n$/, '') : text;
	let token = trimmed(start);
	if (token !== start) corrections.push('white space around the token was removed');
	const unquoted = trimmed(token.replace(/^(["'`“”‘’])([\s\S]*)(["'`“”‘’])$/u, '$2'));
	if (unquoted !== token) corrections.push('quotes around the token were removed');
	token = trimmed(unquoted.replace(/^bearer\s+/i, ''));
	if (token !== unquoted) corrections.push('the prefix "Bearer " was removed; clawtalk adds it');
	return problemIn(token) ?? {ok: true, token, corrections};
}

function problemIn(token: string): TokenText | undefined {
	if (token === '' || /^bearer$/i.test(token)) return {ok: false, row: 'C15', message: `the token is empty. ${setIt}`};
	if (placeholders.some(pattern => pattern.test(token))) {
		return {ok: false, row: 'C16', message: `the token is a placeholder or a variable that nobody filled in. ${setIt}`};
	}
	if (/[\r\n]/.test(token)) return {ok: false, row: 'C15', message: `the token has a line break inside (more than one line?). ${setIt}`};
	if (/[\p{Cc}\p{Cf}\u00a0]/u.test(token)) return {ok: false, row: 'C15', message: `the token has an invisible character inside. ${setIt}`};
	if (/[^\u0020-\u00ff]/u.test(token)) {
		return {ok: false, row: 'C15', message: `the token has a character that HTTP headers cannot carry (curly quotes?). ${setIt}`};
	}
	return undefined;
}

function trimmed(text: string): string {
	return text.replace(/^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$/gu, '');
}

const setIt = 'Set it with: clawtalk config set gatewayToken';
