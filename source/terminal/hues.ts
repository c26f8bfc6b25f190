import type {ThemeName} from '../theme-names.js';
import type {ColourLevel} from './colour.js';

/** A colour for each role, as the parameter of SGR. */
export interface Hues {
	/** The program's own marks: prompt, speaker. */
	readonly accent: string;
	readonly heading: string;
	readonly code: string;
	readonly quote: string;
	readonly link: string;
	readonly good: string;
	readonly warning: string;
	readonly error: string;
	// In highlighted code.
	readonly keyword: string;
	readonly string: string;
	readonly number: string;
	readonly comment: string;
	/** Functions, types, tags, properties. */
	readonly name: string;
	/** Annotations, directives, variables of a shell. */
	readonly meta: string;
}

type Triple = readonly [red: number, green: number, blue: number];
/** Colours of one background, in the order of `roles`. */
type Row = readonly [
	accent: number,
	heading: number,
	code: number,
	quote: number,
	link: number,
	good: number,
	warning: number,
	error: number,
	keyword: number,
	string: number,
	number: number,
	comment: number,
	name: number,
	meta: number,
];

const roles = [
	...(['accent', 'heading', 'code', 'quote', 'link', 'good', 'warning', 'error'] as const),
	...(['keyword', 'string', 'number', 'comment', 'name', 'meta'] as const),
];

/** The 16 colours of the user's own scheme; 39 is its foreground. `auto` is what is painted before the background is known. */
const ofScheme: Readonly<Record<Exclude<ThemeName, 'none'>, Row>> = {
	auto: [36, 36, 33, 39, 36, 32, 33, 31, 35, 32, 33, 90, 36, 33],
	dark: [36, 36, 33, 39, 36, 32, 33, 31, 35, 32, 33, 90, 36, 33],
	light: [34, 34, 35, 39, 34, 32, 33, 31, 35, 32, 31, 90, 34, 35],
	'high-contrast': [96, 97, 93, 39, 96, 92, 93, 91, 95, 92, 93, 97, 96, 93],
	'high-contrast-light': [34, 30, 35, 39, 34, 30, 35, 31, 35, 34, 31, 30, 34, 35],
	'colour-blind': [96, 96, 93, 39, 96, 94, 93, 95, 94, 93, 93, 90, 96, 93],
	'colour-blind-light': [34, 34, 33, 39, 34, 34, 33, 35, 34, 33, 33, 90, 34, 33],
};

/** 24-bit colours. Each has a contrast of 4.5 (high contrast: 7) to the backgrounds of its kind; a test computes it. */
const exact: Readonly<Record<Exclude<ThemeName, 'none' | 'auto'>, Row>> = {
	dark: [
		...([0x5f_d7_d7, 0x5f_d7_d7, 0xe5_c0_7b, 0xa8_b2_bd, 0x6c_b6_ff, 0x8c_cf_7e, 0xe5_c0_7b, 0xff_8f_8a] as const),
		...([0xd2_a8_ff, 0xa5_d6_8a, 0xff_b8_6c, 0xa0_a8_b0, 0x79_c0_ff, 0xe5_c0_7b] as const),
	],
	light: [
		...([0x00_5f_87, 0x00_5f_87, 0x8f_2d_7f, 0x50_58_60, 0x05_50_ae, 0x1a_66_2c, 0x7a_4b_00, 0xb3_1d_28] as const),
		...([0x8f_2d_7f, 0x0a_5c_36, 0x8a_3b_00, 0x58_60_69, 0x05_50_ae, 0x7a_4b_00] as const),
	],
	'high-contrast': [
		...([0x87_ff_ff, 0xff_ff_ff, 0xff_ff_87, 0xff_ff_ff, 0x9f_d5_ff, 0x9f_ff_9f, 0xff_ff_5f, 0xff_c4_c4] as const),
		...([0xff_d0_ff, 0xb8_ff_b8, 0xff_e0_a0, 0xff_ff_ff, 0x9f_e5_ff, 0xff_ff_87] as const),
	],
	'high-contrast-light': [
		...([0x00_3a_70, 0x00_00_00, 0x5c_00_5c, 0x00_00_00, 0x00_2b_8a, 0x00_45_00, 0x55_2b_00, 0x7d_00_00] as const),
		...([0x5c_00_5c, 0x00_45_00, 0x62_22_00, 0x00_00_00, 0x00_2b_8a, 0x55_2b_00] as const),
	],
	// Of Okabe and Ito's set, lighter or darker where the contrast needs it.
	'colour-blind': [
		...([0x6c_c4_f2, 0x6c_c4_f2, 0xf0_e4_42, 0xb0_b8_c0, 0x6c_c4_f2, 0x6c_c4_f2, 0xf0_e4_42, 0xff_a2_4d] as const),
		...([0xe8_a8_d0, 0xf0_e4_42, 0xff_c0_70, 0xa8_b0_b8, 0x6c_c4_f2, 0xf0_e4_42] as const),
	],
	'colour-blind-light': [
		...([0x00_56_8f, 0x00_56_8f, 0x6a_4c_00, 0x50_58_60, 0x00_56_8f, 0x00_56_8f, 0x6a_4c_00, 0x9c_3d_00] as const),
		...([0x86_3a_6d, 0x6a_4c_00, 0x8a_3b_00, 0x58_60_69, 0x00_56_8f, 0x6a_4c_00] as const),
	],
};

/**
 * The colours of a theme at a level. With 16 colours, and while the background is not known, they are those of the user's own scheme;
 * else fixed ones, which scheme or not have the contrast they were chosen for.
 */
export function huesOf(level: Exclude<ColourLevel, 'none'>, theme: Exclude<ThemeName, 'none'>): Hues {
	const values =
		level === '16' || theme === 'auto'
			? ofScheme[theme].map(String)
			: exact[theme].map(value => (level === '256' ? `38;5;${cubeIndex(tripleOf(value), theme)}` : `38;2;${tripleOf(value).join(';')}`));
	return Object.fromEntries(roles.map((role, index) => [role, values[index]])) as unknown as Hues;
}

function tripleOf(value: number): Triple {
	return [value >> 16, (value >> 8) & 255, value & 255];
}

/** Levels of a component in xterm's 6×6×6 cube (xterm's 256colres.h). */
const steps = [0, 95, 135, 175, 215, 255];

/** The colour of the cube that is next on the side of more contrast: the lighter one on dark, the darker one on light. */
function cubeIndex([red, green, blue]: Triple, theme: ThemeName): number {
	const isLight = theme.endsWith('light');
	const place = (part: number) => (isLight ? steps.findLastIndex(step => step <= part) : steps.findIndex(step => step >= part));
	return 16 + 36 * place(red) + 6 * place(green) + place(blue);
}
