import {nearest} from '../nearest-word.js';
import {readChord} from './chord.js';
import {type KeyBinding, type KeyMeaning, keyTable} from './key-table.js';

/** Keys as the configuration changes them: names of the key table, each with the chords that replace its usual ones. */
export type KeyRemap = Readonly<Record<string, string | readonly string[]>>;

export interface BoundKey extends KeyBinding {
	/** The chords of the table, where others are in force. */
	readonly usual?: readonly string[];
}

/** The keys in force. */
export interface KeyBindings {
	readonly rows: readonly BoundKey[];
	/** What a chord asks for, without regard to case; `prefix` when it only begins one. */
	find(chord: string): KeyMeaning | 'prefix' | undefined;
}

export type Remapped = {readonly ok: true; readonly rows: readonly BoundKey[]} | {readonly ok: false; readonly message: string};

/** The usual keys with these changes; what cannot be is described as a phrase that follows the setting's name. */
export function bindKeys(remap: KeyRemap = {}): KeyBindings {
	const remapped = remapKeys(remap);
	const rows = remapped.ok ? remapped.rows : keyTable;
	const all = rows.flatMap(({chords, meaning}) => chords.map(chord => [chord.toLowerCase(), meaning] as const));
	const byChord = new Map<string, KeyMeaning | 'prefix'>(all);
	for (const [chord] of all) if (chord.includes(' ')) byChord.set(chord.split(' ', 1)[0] ?? '', 'prefix');
	return {rows, find: chord => byChord.get(chord.toLowerCase())};
}

/**
 * The key table with other chords. A chord that the user gives to one key is taken from the key that usually has it, also when it only
 * begins the usual one. Refused: names that are none, chords that cannot be, one chord for two, and no key left that sends or quits.
 */
export function remapKeys(remap: Readonly<Record<string, unknown>>): Remapped {
	const given = new Map<string, readonly string[]>();
	for (const [name, value] of Object.entries(remap)) {
		const read = readRow(name, value);
		if (!read.ok) return read;
		given.set(name, read.chords);
	}
	const claims = [...given].flatMap(([name, chords]) => chords.map(chord => ({name, chord})));
	const clash = findClash(claims);
	if (clash !== undefined) return {ok: false, message: clash};
	const rows = keyTable.map((row): BoundKey => {
		const chords = given.get(row.name) ?? row.chords.filter(chord => !claims.some(claim => collide(claim.chord, chord)));
		return chords.join() === row.chords.join() ? row : {...row, chords, usual: row.chords};
	});
	const message = missing(rows);
	return message === undefined ? {ok: true, rows} : {ok: false, message};
}

/** Our own words with the first chord in force where they name the first usual one of a key; what is quoted in them is foreign and stays. */
export function nameKeys(text: string, rows: readonly BoundKey[]): string {
	const changed = new Map(
		rows.flatMap(({chords, usual}) => (usual?.[0] && chords[0] && isNoWord(usual[0]) ? [[usual[0], chords[0]] as const] : [])),
	);
	if (changed.size === 0) return text;
	const names = [...changed.keys()].toSorted((a, b) => b.length - a.length).map(name => name.replace(/[^\w ]/g, '\\$&'));
	const pattern = new RegExp(`“[^”]*”|\`[^\`]*\`|(?<![\\w+])(?:${names.join('|')})(?![\\w+])`, 'g');
	return text.replace(pattern, word => changed.get(word) ?? word);
}

/** `Home` and `Left` begin sentences that are about no key. */
function isNoWord(chord: string): boolean {
	return chord.includes('+') || ['Enter', 'Esc', 'Tab'].includes(chord);
}

function readRow(
	name: string,
	value: unknown,
): {readonly ok: true; readonly chords: readonly string[]} | (Remapped & {readonly ok: false}) {
	const names = keyTable.map(row => row.name);
	const shownName = name.replace(/[\p{Cc}\p{Cf}]/gu, '?').slice(0, 60);
	if (!names.includes(name)) {
		const meant = nearest(name, names);
		return {ok: false, message: `has no key "${shownName}".${meant ? ` The nearest one is ${meant}.` : ''} clawtalk keys lists the names.`};
	}
	const written = typeof value === 'string' ? [value] : value;
	if (!Array.isArray(written) || !written.every(chord => typeof chord === 'string')) {
		return {ok: false, message: `${name} needs a chord such as "Ctrl+G", or a list of them.`};
	}
	const chords: string[] = [];
	for (const text of written) {
		const read = readChord(text);
		if (!read.ok) return {ok: false, message: `${name}: "${text.replace(/[\p{Cc}\p{Cf}]/gu, '?').slice(0, 60)}" ${read.message}`};
		if (!chords.includes(read.chord)) chords.push(read.chord);
	}
	return {ok: true, chords};
}

/** The same chord, or one that begins the other: the reader could not tell them apart. */
function collide(a: string, b: string): boolean {
	return a === b || a.startsWith(`${b} `) || b.startsWith(`${a} `);
}

function findClash(claims: ReadonlyArray<{readonly name: string; readonly chord: string}>): string | undefined {
	for (const [index, {name, chord}] of claims.entries()) {
		const other = claims.slice(0, index).find(claim => claim.name !== name && collide(claim.chord, chord));
		if (other?.chord === chord) return `gives ${chord} to both ${other.name} and ${name}.`;
		if (other) return `gives ${other.chord} to ${other.name} and ${chord} to ${name}: one begins the other.`;
	}
	return undefined;
}

function missing(rows: readonly BoundKey[]): string | undefined {
	const has = (name: string) => rows.some(row => row.name === name && row.chords.length > 0);
	if (!has('submit')) return 'leaves no key that sends: give submit one.';
	return has('interrupt') || has('end-of-input') ? undefined : 'leaves no key that quits: give interrupt or end-of-input one.';
}
