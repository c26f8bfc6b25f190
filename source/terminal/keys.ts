import {findMeaning, type KeyMeaning} from './key-table.js';
import {sanitize} from './sanitize.js';

/** The part of Ink's key description that is read here. */
export interface KeyDescription {
	readonly upArrow: boolean;
	readonly downArrow: boolean;
	readonly leftArrow: boolean;
	readonly rightArrow: boolean;
	readonly pageUp: boolean;
	readonly pageDown: boolean;
	readonly home: boolean;
	readonly end: boolean;
	readonly return: boolean;
	readonly escape: boolean;
	readonly tab: boolean;
	readonly backspace: boolean;
	readonly delete: boolean;
	readonly ctrl: boolean;
	readonly shift: boolean;
	readonly meta: boolean;
	readonly super?: boolean;
	readonly hyper?: boolean;
	readonly eventType?: string | undefined;
}

export type KeyAction =
	| {readonly type: 'text-typed'; readonly text: string}
	| {readonly type: 'text-pasted'; readonly text: string}
	| Exclude<KeyMeaning, {type: 'reserved'}>;

const namedKeys = [
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['pageUp', 'pageup'],
	['pageDown', 'pagedown'],
	['home', 'home'],
	['end', 'end'],
	['return', 'enter'],
	['escape', 'esc'],
	['tab', 'tab'],
	['backspace', 'backspace'],
	['delete', 'delete'],
] as const;

/**
 * What one call of Ink's `useInput` means, in order. One call may hold several keys: a terminal that sends `hi` and Enter at once,
 * or keys typed while the program was busy or not started yet, arrive as one string (Ink 8, measured). Several lines in one string
 * are a paste that the terminal did not mark as one: they become text and nothing is sent by accident.
 */
export function readKeys(input: string, key: KeyDescription): readonly KeyAction[] {
	if (key.eventType === 'release' || key.super || key.hyper) return [];
	const named = namedKeys.find(([property]) => key[property]);
	if (named) return press(named[1], key);
	const foreign = /^\[27;(\d+);(\d+)~$/.exec(input);
	if (foreign) return readModifyOtherKeys(Number(foreign[1]), Number(foreign[2]));
	if ((key.ctrl || key.meta) && isOneCharacter(input)) return press(input, key);
	if (input.length > 1 && /[\r\n]\n?[^\r\n]/.test(input)) return pasted(input);
	return readText(input);
}

/** A paste, whether the terminal marked it or not: line ends made equal, control sequences removed, sent by nobody. */
export function pasted(text: string): readonly KeyAction[] {
	const safe = sanitize(text);
	return safe ? [{type: 'text-pasted', text: safe}] : [];
}

function readText(input: string): readonly KeyAction[] {
	if (input === '\n') return press('ctrl+j');
	const actions: KeyAction[] = [];
	// Typed before the program switched the terminal to raw mode, Enter arrives as a line feed; after that as a carriage return.
	for (const part of input.replace(/\r?\n$/, '\r').split(/([\0-\x1F\x7F])/)) {
		if (part === '') continue;
		if (/^[\0-\x1F\x7F]$/.test(part)) actions.push(...press(chordOfControl(part)));
		else actions.push(...typed(part));
	}
	return actions;
}

function typed(text: string): readonly KeyAction[] {
	const safe = sanitize(text);
	return safe ? [{type: 'text-typed', text: safe}] : [];
}

function press(name: string, modifiers: {ctrl?: boolean; meta?: boolean; shift?: boolean} = {}): readonly KeyAction[] {
	// A letter's case tells about Shift already; Escape after Escape is reported as Alt+Escape.
	const isNamed = name.length > 1;
	const alt = modifiers.meta && name !== 'esc';
	const chord = `${modifiers.ctrl ? 'ctrl+' : ''}${alt ? 'alt+' : ''}${isNamed && modifiers.shift ? 'shift+' : ''}${name}`;
	const meaning = findMeaning(chord);
	return meaning === undefined || meaning.type === 'reserved' ? [] : [meaning];
}

function chordOfControl(control: string): string {
	if (control === '\r') return 'enter';
	if (control === '\t') return 'tab';
	if (control === '\x7F') return 'backspace';
	if (control === '\x1B') return 'esc';
	return `ctrl+${String.fromCharCode(control.charCodeAt(0) + 0x60)}`;
}

/** xterm's modifyOtherKeys form `CSI 27 ; modifiers ; code ~`, which Ink 8 passes on as text without its escape. */
function readModifyOtherKeys(modifiers: number, code: number): readonly KeyAction[] {
	const bits = modifiers - 1;
	const flags = {shift: (bits & 1) !== 0, meta: (bits & 2) !== 0, ctrl: (bits & 4) !== 0};
	const character = code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : '';
	const name = code < 0x20 || code === 0x7f ? chordOfControl(character) : character;
	return flags.ctrl || flags.meta || name.length > 1 ? press(name, flags) : typed(character);
}

function isOneCharacter(text: string): boolean {
	return [...text].length === 1;
}
