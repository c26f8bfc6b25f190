/**
 * The themes by name, in the order in which they are offered. `auto`, `high-contrast` and `colour-blind` follow the background that the
 * terminal tells; the others say it.
 */
export const themes = {
	auto: 'dark or light, as the terminal says',
	dark: 'for dark backgrounds',
	light: 'for light backgrounds',
	'high-contrast': 'strong colours only, on a background as the terminal says',
	'high-contrast-light': 'strong colours only, on a light background',
	'colour-blind': 'blue and orange instead of green and red, on a background as the terminal says',
	'colour-blind-light': 'blue and orange instead of green and red, on a light background',
	none: 'no colours; bold and dim stay',
} as const;

export type ThemeName = keyof typeof themes;

export const themeNames = Object.keys(themes) as readonly ThemeName[];

export function isThemeName(name: string): name is ThemeName {
	return Object.hasOwn(themes, name);
}
