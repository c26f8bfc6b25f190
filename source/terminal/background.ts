import type {PaletteTheme} from './palette.js';

export type Background = 'dark' | 'light';

/** The question for the terminal's background colour (OSC 11, xterm's ctlseqs). */
export const backgroundQuery = '\u001B]11;?\u001B\\';

/** The theme with the background that was found; one that says its background itself stays as it is. */
export function themeOn(theme: PaletteTheme, background: Background | undefined): PaletteTheme {
	if (theme === 'auto') return background ?? 'auto';
	if (background === 'light' && (theme === 'high-contrast' || theme === 'colour-blind')) return `${theme}-light`;
	return theme;
}

/** Whether the terminal is to be asked for its background. */
export function needsBackground(theme: PaletteTheme): boolean {
	return theme === 'auto' || theme === 'high-contrast' || theme === 'colour-blind';
}

/**
 * What a terminal answers to `backgroundQuery`: `rgb:RRRR/GGGG/BBBB`, one to four hexadecimal digits a part (XParseColor); also rgba.
 * Undefined for anything else.
 */
export function readBackground(answer: string): Background | undefined {
	const [, ...parts] = /^rgba?:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})(?:\/[\da-f]{1,4})?$/i.exec(answer) ?? [];
	if (parts.length !== 3) return undefined;
	const [red = 0, green = 0, blue = 0] = parts.map(part => Number.parseInt(part, 16) / (16 ** part.length - 1));
	// As light as people see it (ITU-R BT.601).
	return 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 ? 'light' : 'dark';
}

/** What `COLORFGBG` says (rxvt, Konsole; `foreground;background` as numbers of the 16 colours), which may be stale: it is inherited. */
export function backgroundOfEnvironment(env: Readonly<Record<string, string | undefined>>): Background | undefined {
	const last = /^\d+;(?:[^;]*;)?(\d+)$/.exec(env['COLORFGBG'] ?? '')?.[1];
	if (last === undefined) return undefined;
	if (last === '7' || last === '15') return 'light';
	return Number(last) <= 8 ? 'dark' : undefined;
}
