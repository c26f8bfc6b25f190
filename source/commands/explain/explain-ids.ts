import {catalogue, findEntry} from '../../diagnosis/catalogue/catalogue.js';
import type {Entry} from '../../diagnosis/catalogue/entry.js';
import {slugsOf} from '../../diagnosis/catalogue/explained.js';
import {nearest} from '../../nearest-word.js';

export interface AskedId {
	/** As typed, bounded and without control characters. */
	readonly asked: string;
	/** Several where a name belongs to several ids. */
	readonly entries: readonly Entry[];
	/** Ids that were perhaps meant, for one that is not known. */
	readonly near: readonly string[];
}

/** The ids that the arguments name; undefined when they are a text. A word is an id by its form, also when no such id exists. */
export function idsIn(words: readonly string[]): readonly AskedId[] | undefined {
	const asked = words.map(idIn);
	return asked.every(one => one !== undefined) ? asked : undefined;
}

function idIn(word: string): AskedId | undefined {
	const plain = word.replace(/^\[|[\],.]$/g, '');
	const id = plain.toUpperCase();
	const entry = findEntry(id);
	if (entry) return {asked: id, entries: [entry], near: []};
	const named = catalogue.filter(one => slugsOf(one).includes(plain.toLowerCase()));
	if (named.length > 0) return {asked: plain, entries: named, near: []};
	if (/^[A-Z][0-9OIL]{1,3}$/.test(id)) return {asked: id, entries: [], near: nearIds(id)};
	const isName = /^[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,40}){1,3}$/i.test(plain);
	const near = isName ? nearest(plain.toLowerCase(), catalogue.flatMap(slugsOf)) : undefined;
	return near === undefined ? undefined : {asked: plain, entries: [], near: [near]};
}

/** The id with zeros and ones in the place of letters that look like them, then those of the same group by distance. */
function nearIds(id: string): readonly string[] {
	const digits = id.slice(1).replace(/O/g, '0').replace(/[IL]/g, '1');
	const meant = `${id.charAt(0)}${digits.padStart(2, '0')}`;
	if (findEntry(meant)) return [meant];
	const group = catalogue.map(entry => entry.id).filter(one => one.startsWith(id.charAt(0)));
	const distance = (one: string) => Math.abs(Number(one.slice(1)) - Number(digits));
	return group.toSorted((one, other) => distance(one) - distance(other)).slice(0, 3);
}
