/**
 * Secrets and their removal from every text that leaves the program: screen, JSON, logs, crash reports, error messages.
 * Needed because others put secrets into texts: undici's TypeErrors quote header values and whole URLs (measured, undici 8.12).
 */
const known = new Set<string>();

/** Secrets of so few characters that every other word has them: they go where they stand as secrets do. */
const short = new Set<string>();

/** A token, password or secret header value. Printing one by accident shows `[secret]`. */
export class Secret {
	readonly #value: string;

	constructor(value: string) {
		this.#value = value;
		rememberSecret(value);
	}

	/** The value itself, for the one place that puts it on the wire. */
	reveal(): string {
		return this.#value;
	}

	/** Length in characters: the only thing about a secret that is ever shown. */
	get length(): number {
		return this.#value.length;
	}

	toString(): string {
		return '[secret]';
	}

	toJSON(): string {
		return '[secret]';
	}

	[Symbol.for('nodejs.util.inspect.custom')](): string {
		return '[secret]';
	}
}

/** Makes `redact` replace this value from now on, also URL-encoded and in base64, wherever it begins there. Values under 4 characters go only where
 * they are quoted or named as a bearer: elsewhere they are parts of words. */
export function rememberSecret(value: string): void {
	if (value === '') return;
	if (value.length < 4) {
		short.add(value.replace(/[^\p{L}\p{N}]/gu, '\\$&'));
		return;
	}
	known.add(value);
	known.add(encodeURIComponent(value));
	known.add(Buffer.from(value).toString('base64'));
	known.add(Buffer.from(value).toString('base64url'));
	for (const inside of insideBase64(value)) known.add(inside).add(inside.replaceAll('+', '-').replaceAll('/', '_'));
}

/** What base64 of `Bearer VALUE` or `user:VALUE` has of a value: the characters that nothing around it changes, for each of the three places. */
function insideBase64(value: string): readonly string[] {
	return [0, 1, 2]
		.map(before => {
			const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(value)]);
			const whole = bytes.toString('base64').slice(0, Math.floor((bytes.length * 8) / 6));
			return whole.slice(Math.ceil((before * 8) / 6));
		})
		.filter(inside => inside.length >= 8);
}

const patterns: ReadonlyArray<readonly [RegExp, string]> = [
	[/\b(bearer|basic)\s+[\w.~+/=-]{4,}/gi, '$1 [secret]'],
	[/([?&#](?:token|password|access_token|api_key)=)[^&#\s"']+/gi, '$1[secret]'],
	// Up to the last @: passwords are often not percent-encoded.
	[/\/\/[^/\s@:]*:[^/\s]*@/g, '//[secret]@'],
	[/\b(?:tskey|sk|ghp|xox[abp])-[\w-]{8,}/g, '[secret]'],
	[/\b[0-9a-f]{32,}\b/gi, '[secret]'],
];

/** The text without any known secret and without anything that looks like one. */
export function redact(text: string): string {
	let clean = text;
	for (const value of [...known].sort((a, b) => b.length - a.length)) clean = clean.split(value).join('[secret]');
	for (const value of short) clean = withoutShort(clean, value);
	for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement);
	return clean.replace(/[^\s/"'<>]+/g, (word, at: number) => withoutUserinfo(word, clean[at - 1]));
}

/** @param value A pattern for a secret of few characters. */
function withoutShort(text: string, value: string): string {
	return text
		.replace(new RegExp(`\\b(bearer|basic)(\\s+)${value}(?![\\w.~+/=-])`, 'gi'), '$1$2[secret]')
		.replace(new RegExp(`(["'\u201c\u2018])${value}(?=["'\u201d\u2019])`, 'g'), '$1[secret]');
}

/** The same value, every text in it redacted by itself: redacting its JSON as a whole could take away what stands between two texts. */
export function redactTexts<T>(value: T): T {
	return JSON.parse(JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? redact(part) : part))) as T;
}

/**
 * USER:PASSWORD@HOST without a scheme, as in a proxy setting. Each character is looked at a few times only, however hostile the text: one
 * pattern for all of this would need the square of its length.
 */
function withoutUserinfo(word: string, before: string | undefined): string {
	const end = [...word.matchAll(/@(?=[\w[])/g)].at(-1)?.index ?? -1;
	// What follows a slash is the rest of a path, up to its first mark.
	const start = before === '/' ? word.search(/\W/) + 1 : 0;
	const colon = word.indexOf(':', start);
	const hasBoth = colon > start && colon + 1 < end && (start > 0 || before !== '/');
	return hasBoth ? `${word.slice(0, start)}[secret]${word.slice(end)}` : word;
}
