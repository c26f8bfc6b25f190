import {bindKeys, type KeyBindings} from './key-bindings.js';
import type {KeyMeaning} from './key-table.js';
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
	/** The first of two strokes; the second ends it, whatever it is. */
	| {readonly type: 'chord-begun'; readonly chord: string}
	| {readonly type: 'chord-ended'}
	| KeyMeaning;

/** What one stroke of the keyboard is, before it is known what it asks for. */
type Stroke =
	| {readonly kind: 'chord'; readonly chord: string}
	| {readonly kind: 'text'; readonly text: string}
	| {readonly kind: 'paste'; readonly text: string};

/** Reads keys with the bindings in force, and remembers the first of two strokes. */
export interface KeyReader {
	/** What one call of Ink's `useInput` means. */
	read(input: string, key: KeyDescription): readonly KeyAction[];
	/** A paste that the terminal marked as one. */
	paste(text: string): readonly KeyAction[];
	/** What was typed before the terminal was in raw mode has been read: a line feed is Ctrl+J from here on. The first `read` says so, too. */
	endTypedAhead(): void;
}

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

/** A reader for one keyboard. */
export function createKeyReader(bindings: KeyBindings = bindKeys()): KeyReader {
	let begun: string | undefined;
	let hasRead = false;
	const second = (stroke: Stroke, first: string): readonly KeyAction[] => {
		begun = undefined;
		const ended: KeyAction = {type: 'chord-ended'};
		if (stroke.kind === 'paste') return [ended, ...act(stroke)];
		// Nothing is typed by accident: a letter that completes no chord is lost, as in readline.
		const [letter = ''] = stroke.kind === 'text' ? stroke.text : [];
		const chord = stroke.kind === 'text' ? nameOf(letter) : stroke.chord;
		const meaning = bindings.find(`${first} ${chord}`);
		const rest = stroke.kind === 'text' ? stroke.text.slice(letter.length) : '';
		const alone = bindings.find(chord);
		const stops = typeof alone === 'object' && alone.type === 'interrupt-requested' ? [alone] : [];
		const meant = typeof meaning === 'object' ? [meaning] : stops;
		return [ended, ...meant, ...(rest ? act({kind: 'text', text: rest}) : [])];
	};
	const act = (stroke: Stroke): readonly KeyAction[] => {
		if (begun !== undefined) return second(stroke, begun);
		if (stroke.kind === 'text') return [{type: 'text-typed', text: stroke.text}];
		if (stroke.kind === 'paste') return [{type: 'text-pasted', text: stroke.text}];
		const meaning = bindings.find(stroke.chord);
		if (meaning !== 'prefix') return meaning === undefined ? [] : [meaning];
		begun = stroke.chord;
		return [{type: 'chord-begun', chord: written(stroke.chord)}];
	};
	return {
		read(input, key) {
			const strokes = readStrokes(hasRead ? input : enterTypedAhead(input), key);
			hasRead = true;
			return strokes.flatMap(act);
		},
		paste: text => pasted(text).flatMap(act),
		endTypedAhead() {
			hasRead = true;
		},
	};
}

/** `ctrl+x` → `Ctrl+X`. */
function written(chord: string): string {
	return chord.replace(/(^|\+)(\p{L})/gu, (_all, before: string, letter: string) => before + letter.toUpperCase());
}

/**
 * The strokes of one call, in order. One call may hold several keys: a terminal that sends `hi` and Enter at once, or keys typed while
 * the program was busy or not started yet, arrive as one string (Ink 8, measured). Several lines in one string are a paste that the
 * terminal did not mark as one, whatever it did with those before: they become text and nothing is sent by accident.
 */
function readStrokes(input: string, key: KeyDescription): readonly Stroke[] {
	if (key.eventType === 'release' || key.super || key.hyper) return [];
	const named = namedKeys.find(([property]) => key[property]);
	if (named) return press(named[1], key);
	const foreign = /^\[27;(\d+);(\d+)~$/.exec(input);
	if (foreign) return readModifyOtherKeys(Number(foreign[1]), Number(foreign[2]));
	if ((key.ctrl || key.meta) && isOneCharacter(input)) return press(key.ctrl ? controlName(input) : nameOf(input), key);
	if (input.length > 1 && /[\r\n]\n?[^\r\n]/.test(input)) return pasted(input);
	return readText(input);
}

/** A paste, whether the terminal marked it or not: line ends made equal, control sequences removed, sent by nobody. */
function pasted(text: string): readonly Stroke[] {
	const safe = sanitize(text);
	return safe ? [{kind: 'paste', text: safe}] : [];
}

function readText(input: string): readonly Stroke[] {
	if (input === '\n') return press('ctrl+j');
	const strokes: Stroke[] = [];
	for (const part of input.replace(/\r\n$/, '\r').split(/([\0-\x1F\x7F])/)) {
		if (part === '') continue;
		if (/^[\0-\x1F\x7F]$/.test(part)) strokes.push(...press(chordOfControl(part)));
		else strokes.push(...typed(part));
	}
	return strokes;
}

/**
 * Typed before the program switched the terminal to raw mode, Enter arrives as a line feed; after that as a carriage return, and a line
 * feed is Ctrl+J, also behind text that came with it: it must not send half of a message.
 */
function enterTypedAhead(input: string): string {
	return input === '\n' ? input : input.replace(/\r?\n$/, '\r');
}

function typed(text: string): readonly Stroke[] {
	const safe = sanitize(text);
	return safe ? [{kind: 'text', text: safe}] : [];
}

function press(name: string, modifiers: {ctrl?: boolean; meta?: boolean; shift?: boolean} = {}): readonly Stroke[] {
	// A letter's case tells about Shift already; Escape after Escape is reported as Alt+Escape.
	const isNamed = name.length > 1;
	const alt = modifiers.meta && name !== 'esc';
	return [
		{kind: 'chord', chord: `${modifiers.ctrl ? 'ctrl+' : ''}${alt ? 'alt+' : ''}${isNamed && modifiers.shift ? 'shift+' : ''}${name}`},
	];
}

function nameOf(character: string): string {
	return character === ' ' ? 'space' : character;
}

/** Ctrl with the key of `/`, `-` or `_` is one control character, except in the kitty protocol. */
function controlName(character: string): string {
	return character === '/' || character === '-' ? '_' : nameOf(character);
}

function chordOfControl(control: string): string {
	if (control === '\r') return 'enter';
	if (control === '\t') return 'tab';
	if (control === '\x7F') return 'backspace';
	if (control === '\x1B') return 'esc';
	const code = control.charCodeAt(0);
	if (code === 0) return 'ctrl+space';
	return `ctrl+${String.fromCharCode(code + (code <= 26 ? 0x60 : 0x40))}`;
}

/** xterm's modifyOtherKeys form `CSI 27 ; modifiers ; code ~`, which Ink 8 passes on as text without its escape. */
function readModifyOtherKeys(modifiers: number, code: number): readonly Stroke[] {
	const bits = modifiers - 1;
	const flags = {shift: (bits & 1) !== 0, meta: (bits & 2) !== 0, ctrl: (bits & 4) !== 0};
	const character = code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : '';
	const name = code < 0x20 || code === 0x7f ? chordOfControl(character) : nameOf(character);
	return flags.ctrl || flags.meta || (name.length > 1 && name !== 'space') ? press(name, flags) : typed(character);
}

function isOneCharacter(text: string): boolean {
	return [...text].length === 1;
}
