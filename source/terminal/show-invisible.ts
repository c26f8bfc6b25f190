/**
 * Text whose every character is to be seen, because something depends on it (a command that would run): control characters, line ends,
 * format and bidirectional characters, spaces that look like others or like nothing, variation selectors, tags and halves of surrogate
 * pairs become `\u{202E}`, as OpenClaw 2026.9.6 writes them, too. Nothing is dropped. Characters that no font has a width for (private,
 * unassigned) marks that pile up on one letter, and what joins with its neighbours
 * into a sign of another width (flags, skin colours, syllables of Hangul in parts) are written out as well: a line is as wide as it looks.
 */
export function showInvisible(text: string): string {
	return text.replace(hidden, writtenOut).replace(piledUp, writtenOut);
}

const hidden =
	/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Me}\p{Emoji_Modifier}\p{Regional_Indicator}\u00A0\u115F-\u11FF\u1680\u2000-\u200A\u202F\u205F\u2800\u3000\u3164\uD7B0-\uD7FF\uFFA0\uFFFC]|\u17B4|\u17B5|[\u180B-\u180F]|[\uFE00-\uFE0F]|[\u{E0100}-\u{E01EF}]/gu;
/** A letter has two marks at most in the scripts of commands. */
const piledUp = /\u034F|(?<=\p{M}\p{M})\p{M}|^\p{M}|(?<=\s)\p{M}/gu;

function writtenOut(character: string): string {
	return `\\u{${(character.codePointAt(0) ?? 0xfffd).toString(16).toUpperCase()}}`;
}
