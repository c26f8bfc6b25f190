import type {Stats} from 'node:fs';
import type {ConversationSummary} from './stored.js';
import type {Tally} from './tally.js';

/** How much of a text stands in a title or a preview, UTF-16 units. */
const titleLength = 60;
const previewLength = 200;
const nameLength = 200;

/** What a list shows of a conversation. */
export function describeConversation(id: string, {size, mtimeMs, birthtimeMs}: Stats, tally: Tally): ConversationSummary {
	const {header, asked, unreadable, firstQuestion, lastQuestion, lastAnswer} = tally;
	const name = oneLine(tally.name ?? '', nameLength) || undefined;
	const begun = Date.parse(header?.at ?? '');
	return {
		id,
		...(name !== undefined && {name}),
		title: oneLine(name ?? firstQuestion ?? '', titleLength),
		preview: [lastQuestion?.text ?? '', lastAnswer ?? ''].map(text => oneLine(text, previewLength)).filter(line => line !== ''),
		sessionKey: [tally.sessionKey, header?.sessionKey].find(isHeaderValue) ?? `clawtalk:${id}`,
		...(header !== undefined && isOrigin(header.origin) && {origin: header.origin}),
		...(isProfile(header?.profile) && {profile: header.profile}),
		...(typeof header?.forkedFrom === 'string' && {forkedFrom: header.forkedFrom}),
		createdAt: Number.isNaN(begun) ? Math.min(birthtimeMs || mtimeMs, mtimeMs) : begun,
		updatedAt: mtimeMs,
		bytes: size,
		asked,
		unreadable,
	};
}

/** Whether it can travel in a header (RFC 9110 §5.5): no line breaks, no other control characters, nothing beyond Latin-1. */
export function isHeaderValue(value: unknown): value is string {
	return typeof value === 'string' && /^[\x20-\x7e\xa0-\xff]+$/.test(value);
}

/** Files come from elsewhere, and both are printed in commands for a shell: an address in its one form, or none. */
function isOrigin(origin: string): boolean {
	return /^https?:[\w.:/[\]-]+$/.test(origin) && URL.canParse(origin) && new URL(origin).origin === origin;
}

/** Whether it can be the name of a profile. */
export function isProfile(profile: unknown): profile is string {
	return typeof profile === 'string' && /^[\w-]{1,64}$/.test(profile);
}

/** The beginning of a text in one line; what was left out is marked. */
export function oneLine(text: string, maxLength: number): string {
	const beginning = text
		.slice(0, maxLength * 4)
		.replace(/\s+/g, ' ')
		.trim();
	if (beginning.length <= maxLength)
		return beginning.length < text.trim().length && text.length > maxLength * 4 ? `${beginning}…` : beginning;
	// A character that takes two units is not cut in half.
	return `${beginning
		.slice(0, maxLength - 1)
		.replace(/[\ud800-\udbff]$/, '')
		.trimEnd()}…`;
}
