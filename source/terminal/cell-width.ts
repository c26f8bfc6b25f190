import stringWidth from 'string-width';

/**
 * Cells that a text takes on any terminal, control sequences left out: terminals differ over emoji joined by U+200D, over what a
 * spacing mark adds and over fillers, and the largest of their answers is counted. For limits; columns are aligned by `string-width`,
 * which counts as most terminals draw.
 */
export function cellWidth(text: string): number {
	if (simple.test(text)) return text.length;
	if (ideographs.test(text)) return 2 * text.length;
	const visible = text.includes('\u001B') ? text.replace(sequences, '') : text;
	if (simple.test(visible)) return visible.length;
	return Math.max(stringWidth(visible), additiveWidth(visible));
}

/** One cell a UTF-16 unit: ASCII, Latin, Greek, Cyrillic, punctuation, arrows, box drawing. */
const simple =
	/^[\x20-\x7E\xA0-\xAC\xAE-\u02FF\u0391-\u03A1\u03A3-\u0481\u2010-\u2027\u2030-\u203B\u20A0-\u20BF\u2190-\u21FF\u2500-\u257F]*$/;

/** Two cells a UTF-16 unit: kana, Han, Hangul syllables, full-width forms. */
const ideographs = /^[\u3041-\u3096\u309B-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7A3\uFF01-\uFF60]*$/;

/** Ours alone can be in a text that is measured: styles (SGR) and links (OSC 8). */
const sequences = /\u001B(?:\[[\d;]*m|\]8;[^\u0007\u001B]*(?:\u0007|\u001B\\))/g;

/** Each code point for itself, as terminals without grapheme clusters count (wcwidth(3)). */
function additiveWidth(text: string): number {
	let width = 0;
	for (const character of text) width += widthOfOne(character);
	return width;
}

const known = new Map<string, number>();

function widthOfOne(character: string): number {
	const width = known.get(character) ?? measureOne(character);
	// A chat meets a few thousand of the 150,000 there are.
	if (known.size < 10_000) known.set(character, width);
	return width;
}

function measureOne(character: string): number {
	if (/[\u115F\u3164]/.test(character)) return 2;
	if (/[\p{Mn}\p{Me}\p{Cf}]/u.test(character)) return 0;
	return stringWidth(character);
}
