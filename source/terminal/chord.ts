export type ReadChord = {readonly ok: true; readonly chord: string} | {readonly ok: false; readonly message: string};

const modifierNames: Readonly<Record<string, 'Ctrl' | 'Alt' | 'Shift'>> = {
	ctrl: 'Ctrl',
	control: 'Ctrl',
	alt: 'Alt',
	meta: 'Alt',
	option: 'Alt',
	shift: 'Shift',
};

const keyNames: Readonly<Record<string, string>> = {
	up: 'Up',
	down: 'Down',
	left: 'Left',
	right: 'Right',
	pageup: 'PageUp',
	pgup: 'PageUp',
	pagedown: 'PageDown',
	pgdn: 'PageDown',
	home: 'Home',
	end: 'End',
	enter: 'Enter',
	return: 'Enter',
	esc: 'Esc',
	escape: 'Esc',
	tab: 'Tab',
	backspace: 'Backspace',
	delete: 'Delete',
	del: 'Delete',
	space: 'Space',
};

/** What a terminal without the kitty protocol sends for these is another key. */
const sameAs: Readonly<Record<string, string>> = {'Ctrl+I': 'Tab', 'Ctrl+M': 'Enter', 'Ctrl+[': 'Esc'};

/**
 * A chord as people write it, `ctrl+x ctrl+e`, in the spelling of the key table: one or two strokes, modifiers in the order Ctrl, Alt,
 * Shift. Refused is what a terminal cannot send or cannot tell from another key, and what would take a letter away from typing.
 */
export function readChord(text: string): ReadChord {
	const strokes = text.trim().split(/\s+/);
	const [first = '', second, ...more] = strokes;
	if (first === '') return {ok: false, message: 'is empty.'};
	if (more.length > 0) return {ok: false, message: 'has more than two strokes.'};
	const one = readStroke(first, second === undefined ? 'alone' : 'first');
	if (!one.ok || second === undefined) return one;
	const two = readStroke(second, 'second');
	return two.ok ? {ok: true, chord: `${one.chord} ${two.chord}`} : two;
}

type Position = 'alone' | 'first' | 'second';

function readStroke(text: string, position: Position): ReadChord {
	const [, written = '', last = ''] = /^((?:[^+]+\+)*)(.[^+]*)$/su.exec(text) ?? [];
	const words = written.split('+').filter(Boolean);
	const modifiers = words.map(word => modifierNames[word.toLowerCase()]);
	const unknown = words.find((_word, index) => modifiers[index] === undefined);
	if (unknown !== undefined) return {ok: false, message: `has a modifier that is none: ${unknown}. There are Ctrl, Alt and Shift.`};
	const key = keyNames[last.toLowerCase()] ?? ([...last].length === 1 ? last.toUpperCase() : undefined);
	if (key === undefined) return {ok: false, message: `has no key of that name: ${last}.`};
	const held = ['Ctrl', 'Alt', 'Shift'].filter(name => modifiers.some(modifier => modifier === name));
	const chord = [...held, key].join('+');
	const message = whyNot(key, held, chord, position);
	return message === undefined ? {ok: true, chord} : {ok: false, message};
}

function whyNot(key: string, held: readonly string[], chord: string, position: Position): string | undefined {
	const isCharacter = key.length === 1 || key === 'Space';
	if (Object.hasOwn(sameAs, chord)) return `arrives as ${sameAs[chord]} from most terminals.`;
	if (key === 'Esc' && (held.length > 0 || position !== 'alone')) return 'has Esc in it, which ends a chord.';
	if (position !== 'alone' && chord === 'Ctrl+C') return 'has Ctrl+C in it, which always stops.';
	if (!isCharacter) return undefined;
	if (held.includes('Shift')) return `has Shift with ${key}, which terminals do not tell from ${key} alone.`;
	if (held.length === 0) return position === 'second' ? undefined : `would take ${key} away from typing. Add Ctrl or Alt.`;
	if (held.includes('Alt') && !/^[A-Z0-9<>]$/.test(key)) return 'is not sent by terminals: Alt goes with letters, digits, < and >.';
	if (held.includes('Ctrl') && !/^(?:[A-Z@\\\]^_]|Space)$/.test(key))
		return 'is not sent by terminals: Ctrl goes with letters and @ \\ ] ^ _.';
	return undefined;
}
