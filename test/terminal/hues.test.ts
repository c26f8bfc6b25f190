import assert from 'node:assert/strict';
import {test} from 'node:test';
import {backgroundOfEnvironment, readBackground, themeOn} from '../../source/terminal/background.js';
import {huesOf} from '../../source/terminal/hues.js';
import {createPalette} from '../../source/terminal/palette.js';
import type {ThemeName} from '../../source/theme-names.js';

type Triple = readonly [number, number, number];

/** Backgrounds that people have: pure ones, and those of schemes that are often used (One Dark, VS Code, Ubuntu; Solarized, One Light). */
const dark: readonly Triple[] = [
	[0, 0, 0],
	[30, 30, 30],
	[40, 44, 52],
	[48, 10, 36],
];
const light: readonly Triple[] = [
	[255, 255, 255],
	[250, 250, 250],
	[253, 246, 227],
];

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(colour: Triple): number {
	const [red = 0, green = 0, blue = 0] = colour.map(part => {
		const share = part / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Triple, other: Triple): number {
	const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
	return (high + 0.05) / (low + 0.05);
}

function tripleOf(parameter: string): Triple {
	const numbers = parameter.split(';').map(Number);
	if (numbers[1] === 2) return [numbers[2] ?? 0, numbers[3] ?? 0, numbers[4] ?? 0];
	const cube = (numbers[2] ?? 0) - 16;
	const step = (place: number) => (place === 0 ? 0 : 55 + 40 * place);
	return [step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6)];
}

const tables: ReadonlyArray<readonly [theme: Exclude<ThemeName, 'none' | 'auto'>, backgrounds: readonly Triple[], least: number]> = [
	['dark', dark, 4.5],
	['light', light, 4.5],
	['high-contrast', dark, 7],
	['high-contrast-light', light, 7],
	['colour-blind', dark, 4.5],
	['colour-blind-light', light, 4.5],
];

for (const [theme, backgrounds, least] of tables) {
	for (const level of ['256', 'truecolor'] as const) {
		test(`${theme} at ${level} has a contrast of ${least} on every background of its kind`, () => {
			const weak = Object.entries(huesOf(level, theme)).flatMap(([role, parameter]) =>
				backgrounds.map(background => [role, parameter, contrast(tripleOf(parameter), background)] as const),
			);
			assert.deepEqual(
				weak.filter(([, , ratio]) => ratio < least),
				[],
			);
		});
	}
}

test('good and failed differ in more than red and green where that is promised', () => {
	for (const theme of ['colour-blind', 'colour-blind-light'] as const) {
		const {good, error} = huesOf('truecolor', theme);
		assert.ok(Math.abs(tripleOf(good)[2] - tripleOf(error)[2]) > 100, theme);
	}
});

test('with 16 colours, and before the background is known, the colours are those of the user', () => {
	for (const [level, theme] of [
		['16', 'light'],
		['16', 'high-contrast'],
		['truecolor', 'auto'],
	] as const) {
		for (const parameter of Object.values(huesOf(level, theme))) assert.match(parameter, /^(?:3\d|9[0-7])$/);
	}
	assert.equal(createPalette('truecolor', 'none').error('x'), 'x');
	assert.equal(createPalette('truecolor', 'none').bold('x'), '\u001B[1mx\u001B[22m');
	assert.equal(createPalette('16', 'high-contrast').dim('x'), 'x');
});

const answers: ReadonlyArray<readonly [answer: string, background: string | undefined]> = [
	['rgb:0000/0000/0000', 'dark'],
	['rgb:ffff/ffff/ffff', 'light'],
	['rgb:fd/f6/e3', 'light'],
	['rgba:1e1e/1e1e/1e1e/ffff', 'dark'],
	['rgb:f/f/f', 'light'],
	['rgb:0000/0000/ffff', 'dark'],
	['rgb:', undefined],
	['#ffffff', undefined],
	['rgb:gggg/0000/0000', undefined],
];

for (const [answer, background] of answers) {
	test(`a terminal that answers ${answer} has ${background ?? 'no known'} background`, () =>
		assert.equal(readBackground(answer), background));
}

const environments: ReadonlyArray<readonly [value: string | undefined, background: string | undefined]> = [
	['15;0', 'dark'],
	['0;15', 'light'],
	['0;default;15', 'light'],
	['0;7', 'light'],
	['15;8', 'dark'],
	['15;default', undefined],
	['12;11', undefined],
	['', undefined],
	[undefined, undefined],
];

for (const [value, background] of environments) {
	test(`COLORFGBG=${value} says ${background ?? 'nothing'}`, () =>
		assert.equal(backgroundOfEnvironment(value === undefined ? {} : {COLORFGBG: value}), background));
}

test('a found background fills in what the theme leaves open, nothing else', () => {
	assert.equal(themeOn('auto', 'light'), 'light');
	assert.equal(themeOn('auto', undefined), 'auto');
	assert.equal(themeOn('high-contrast', 'light'), 'high-contrast-light');
	assert.equal(themeOn('colour-blind', 'dark'), 'colour-blind');
	assert.equal(themeOn('dark', 'light'), 'dark');
	assert.equal(themeOn('none', 'light'), 'none');
});
