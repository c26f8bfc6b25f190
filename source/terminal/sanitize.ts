/**
 * Makes text from outside (a network, a model, a file) safe to show in a terminal. What goes: control characters except line feed
 * and tab; escape sequences, 7-bit and 8-bit, whole, with their payload (ECMA-48 §5.4, §5.6); characters that reorder or hide text
 * (bidirectional controls, invisible format characters, tags). Zero-width joiner and non-joiner stay: emoji, Persian and Indic
 * scripts need them. Line ends become `\n`; half a surrogate pair becomes U+FFFD.
 */

/** A filter for text in pieces: a control sequence split across pieces is still recognised. */
export interface Sanitizer {
	/** The safe part of what has come so far. */
	push(piece: string): string;
	/** What was still held back, made safe. */
	end(): string;
}

/** The whole text made safe. Line feeds and tabs stay. */
export function sanitize(text: string): string {
	if (!suspicious.test(text)) return text;
	const sanitizer = createSanitizer();
	return sanitizer.push(text) + sanitizer.end();
}

/** For places of one line (titles, error messages): as `sanitize`, and every run of white space becomes one space. */
export function sanitizeLine(text: string): string {
	return sanitize(text).replace(/\s+/g, ' ').trim();
}

/** The longest control sequence that is swallowed, in UTF-16 units; what follows an unterminated one is text again. */
export const maxSequenceLength = 4096;
/** A real CSI sequence has a few parameters; anything longer is text behind a stray introducer. */
const maxCsiLength = 64;

export function createSanitizer(): Sanitizer {
	const machine: Machine = {state: 'text', length: 0, afterReturn: false, high: ''};
	return {
		push(piece) {
			if (machine.state === 'text' && !machine.high && !machine.afterReturn && !suspicious.test(piece)) return piece;
			let safe = '';
			for (let index = 0; index < piece.length; index++) safe += step(machine, piece.charAt(index));
			return safe;
		},
		end() {
			const rest = machine.high ? '\uFFFD' : '';
			Object.assign(machine, {state: 'text', length: 0, afterReturn: false, high: ''});
			return rest;
		},
	};
}

interface Machine {
	/** `escape` after ESC, `intermediate` after ESC and 2/0–2/15, `string` inside OSC, DCS, APC, PM or SOS. */
	state: 'text' | 'escape' | 'intermediate' | 'csi' | 'string' | 'string-escape';
	/** Units swallowed by the sequence so far. */
	length: number;
	/** The last character was a carriage return, already given out as a line feed. */
	afterReturn: boolean;
	/** A high surrogate that waits for its low one. */
	high: string;
}

/** Everything that the fast path may not pass: controls, format characters, any surrogate. */
const suspicious =
	/[\0-\x08\x0B-\x1F\x7F-\x9F\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uD800-\uDFFF\uFEFF\uFFF9-\uFFFB]/;
const invisible = /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/;

function step(machine: Machine, unit: string): string {
	switch (machine.state) {
		case 'text':
			return readText(machine, unit);
		case 'escape':
			return readEscape(machine, unit);
		case 'intermediate':
			if (isBetween(unit, 0x20, 0x2f) && ++machine.length <= maxCsiLength) return '';
			machine.state = 'text';
			return isBetween(unit, 0x30, 0x7e) ? '' : readText(machine, unit);
		case 'csi':
			if (isBetween(unit, 0x20, 0x3f) && ++machine.length <= maxCsiLength) return '';
			machine.state = 'text';
			return isBetween(unit, 0x40, 0x7e) ? '' : readText(machine, unit);
		case 'string':
			return readString(machine, unit);
		case 'string-escape':
			machine.state = 'text';
			return unit === '\\' ? '' : readEscape(machine, unit);
	}
}

function readText(machine: Machine, unit: string): string {
	const {high, afterReturn} = machine;
	machine.high = '';
	machine.afterReturn = false;
	const code = unit.charCodeAt(0);
	if (high && isBetween(unit, 0xdc00, 0xdfff)) return isTag(high, code) ? '' : high + unit;
	const orphan = high ? '\uFFFD' : '';
	if (isBetween(unit, 0xd800, 0xdbff)) {
		machine.high = unit;
		return orphan;
	}
	if (isBetween(unit, 0xdc00, 0xdfff)) return `${orphan}\uFFFD`;
	if (unit === '\n') return afterReturn ? '' : `${orphan}\n`;
	if (unit === '\r') {
		machine.afterReturn = true;
		return `${orphan}\n`;
	}
	if (unit === '\u2028' || unit === '\u2029') return `${orphan}\n`;
	if (code < 0x20 ? unit !== '\t' : isBetween(unit, 0x7f, 0x9f)) return orphan + beginSequence(machine, unit);
	return invisible.test(unit) ? orphan : orphan + unit;
}

/** A control character that is not text; some of them introduce a sequence. */
function beginSequence(machine: Machine, control: string): string {
	machine.length = 0;
	if (control === '\x1B') machine.state = 'escape';
	else if (control === '\x9B') machine.state = 'csi';
	else if ('\x90\x98\x9D\x9E\x9F'.includes(control)) machine.state = 'string';
	return '';
}

function readEscape(machine: Machine, unit: string): string {
	machine.length = 0;
	if (unit === '[') machine.state = 'csi';
	else if ('PX]^_'.includes(unit)) machine.state = 'string';
	else if (isBetween(unit, 0x20, 0x2f)) machine.state = 'intermediate';
	else {
		machine.state = 'text';
		return isBetween(unit, 0x30, 0x7e) ? '' : readText(machine, unit);
	}
	return '';
}

/** A string ends at ST or BEL, is given up at CAN, SUB or a line end, and is never longer than `maxSequenceLength`. */
function readString(machine: Machine, unit: string): string {
	if (unit === '\x1B') machine.state = 'string-escape';
	else if ('\x07\x18\x1A\x9C'.includes(unit)) machine.state = 'text';
	else if (unit === '\n' || unit === '\r' || ++machine.length > maxSequenceLength) {
		machine.state = 'text';
		return readText(machine, unit);
	}
	return '';
}

function isBetween(unit: string, first: number, last: number): boolean {
	const code = unit.charCodeAt(0);
	return code >= first && code <= last;
}

/** U+E0000–E007F, invisible copies of ASCII. */
function isTag(high: string, low: number): boolean {
	return high === '\uDB40' && low >= 0xdc00 && low <= 0xdc7f;
}
