import {isRecord} from '../json.js';
import {plainLine} from '../plain-text.js';

/** Fields of what the network sent. What is not of the kind that is asked for is as good as absent. */

export type Fields = Readonly<Record<string, unknown>>;

/** At most so many of a list are looked at. */
const longestList = 2_000;

/** The objects of a list. */
export function objectsIn(value: unknown, most = longestList): readonly Fields[] {
	return Array.isArray(value) ? value.slice(0, most).filter(isRecord) : [];
}

export function fieldsOf(value: unknown): Fields {
	return isRecord(value) ? value : {};
}

export function textIn(fields: Fields, name: string): string | undefined {
	const value = fields[name];
	return typeof value === 'string' ? value : undefined;
}

/** One safe line of at most `limit` characters; undefined when there is nothing in it. */
export function lineIn(fields: Fields, name: string, limit: number): string | undefined {
	const line = plainLine(textIn(fields, name) ?? '', limit).trim();
	return line === '' ? undefined : line;
}

/** A word that names something and is sent back as it is: printable, without spaces, not endless. */
export function nameIn(fields: Fields, name: string): string | undefined {
	const value = textIn(fields, name);
	return value !== undefined && isName(value) ? value : undefined;
}

export function isName(value: unknown): value is string {
	return typeof value === 'string' && /^[!-~]{1,512}$/.test(value);
}

/** The last moment that a date can name, milliseconds since the epoch (ECMA-262 §21.4.1.1). */
const lastMomentMs = 8.64e15;

/** Milliseconds since the epoch that a date can name. */
export function momentIn(fields: Fields, name: string): number | undefined {
	const value = countIn(fields, name);
	return value !== undefined && value <= lastMomentMs ? value : undefined;
}

/** A number that is not negative; JSON can name endless ones (`1e999`). */
export function isAmount(value: unknown): value is number {
	return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

/** A whole number that is not negative. */
export function countIn(fields: Fields, name: string): number | undefined {
	const value = fields[name];
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
