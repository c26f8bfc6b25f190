import type {ColourLevel} from './colour.js';

/** Which background the colours are meant for; `none` keeps bold and dim but uses no colour. */
export type PaletteTheme = 'auto' | 'dark' | 'light' | 'none';

export type Paint = (text: string) => string;

/** Every style of the program, by meaning. Body text always keeps the terminal's own foreground, readable on any background. */
export interface Palette {
	/** Plain text is wanted: marks that styles replace (`#`, backquotes) are kept. */
	readonly plain: boolean;
	readonly bold: Paint;
	readonly dim: Paint;
	readonly italic: Paint;
	readonly underline: Paint;
	readonly strike: Paint;
	/** The program's own marks: prompt, speaker, headings. */
	readonly accent: Paint;
	readonly code: Paint;
	readonly good: Paint;
	readonly warning: Paint;
	readonly error: Paint;
}

/** The only maker of SGR sequences: 16-colour ones, which follow the user's own colour scheme. */
export function createPalette(level: ColourLevel, theme: PaletteTheme): Palette {
	if (level === 'none') return {...styles(false, false, () => same), plain: true};
	const light = theme === 'light';
	return {...styles(light, theme !== 'none', paint), plain: false};
}

function styles(light: boolean, colour: boolean, make: (open: number, close: number) => Paint): Omit<Palette, 'plain'> {
	const coloured = (open: number) => (colour ? make(open, 39) : same);
	return {
		bold: make(1, 22),
		dim: make(2, 22),
		italic: make(3, 23),
		underline: make(4, 24),
		strike: make(9, 29),
		accent: coloured(light ? 34 : 36),
		code: coloured(light ? 35 : 33),
		good: coloured(32),
		warning: coloured(33),
		error: coloured(31),
	};
}

function same(text: string): string {
	return text;
}

/** Re-opens the style after an inner one with the same end, so that styles nest. */
function paint(open: number, close: number): Paint {
	const begin = `\u001B[${open}m`;
	const end = `\u001B[${close}m`;
	return text => (text === '' ? '' : begin + text.replaceAll(end, end + begin) + end);
}
