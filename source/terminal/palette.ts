import type {ThemeName} from '../theme-names.js';
import type {ColourLevel} from './colour.js';
import {type Hues, huesOf} from './hues.js';

/** Which background the colours are meant for and which of them are used; `none` keeps bold and dim but uses no colour. */
export type PaletteTheme = ThemeName;

export type Paint = (text: string) => string;

/** Roles that have a colour of their own. No information is in a colour alone: words or marks say the same. */
export type Role = keyof Hues;

/** Every style of the program, by meaning. Body text always keeps the terminal's own foreground, readable on any background. */
export interface Palette extends Readonly<Record<Role, Paint>> {
	/** Plain text is wanted: marks that styles replace (`#`, backquotes) are kept. */
	readonly plain: boolean;
	readonly bold: Paint;
	readonly dim: Paint;
	readonly italic: Paint;
	readonly underline: Paint;
	readonly strike: Paint;
}

/** The only maker of SGR sequences. */
export function createPalette(level: ColourLevel, theme: PaletteTheme): Palette {
	const make = level === 'none' ? () => same : paint;
	const hues = level === 'none' || theme === 'none' ? undefined : huesOf(level, theme);
	const coloured = (role: Role): Paint => (hues ? make(hues[role], '39') : same);
	return {
		plain: level === 'none',
		bold: make('1', '22'),
		// High contrast leaves nothing faint.
		dim: theme.startsWith('high-contrast') ? same : make('2', '22'),
		italic: make('3', '23'),
		underline: make('4', '24'),
		strike: make('9', '29'),
		accent: coloured('accent'),
		heading: coloured('heading'),
		code: coloured('code'),
		quote: coloured('quote'),
		link: coloured('link'),
		good: coloured('good'),
		warning: coloured('warning'),
		error: coloured('error'),
		keyword: coloured('keyword'),
		string: coloured('string'),
		number: coloured('number'),
		comment: coloured('comment'),
		name: coloured('name'),
		meta: coloured('meta'),
	};
}

function same(text: string): string {
	return text;
}

/** Re-opens the style after an inner one with the same end, so that styles nest. */
function paint(open: string, close: string): Paint {
	const begin = `\u001B[${open}m`;
	const end = `\u001B[${close}m`;
	return text => (text === '' ? '' : begin + text.replaceAll(end, end + begin) + end);
}
