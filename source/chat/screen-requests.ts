import {nearest} from '../nearest-word.js';
import {isThemeName, themeNames, themes} from '../theme-names.js';
import {copy} from './copy.js';
import {toggleRaw} from './raw.js';
import type {SlashCommand} from './slash.js';
import type {State} from './state.js';
import {notice, type Step, stay} from './step.js';

/** Slash commands about the terminal. */
export type ScreenRequest =
	| {readonly kind: 'copy'; readonly number?: string}
	| {readonly kind: 'redraw'}
	| {readonly kind: 'less'}
	| {readonly kind: 'raw'}
	| {readonly kind: 'theme'; readonly name?: string};

/** Their rows of `/help`. */
export const screenCommands: readonly SlashCommand[] = [
	{
		name: 'copy',
		argument: 'N',
		description: 'copy the last answer as markdown; with a number: its code block of that number',
		request: number => ({kind: 'copy', ...(number !== undefined && {number})}),
	},
	{name: 'less', description: 'the conversation in $PAGER', request: () => ({kind: 'less'})},
	{name: 'raw', description: 'show markdown as it came from now on, and back', request: () => ({kind: 'raw'})},
	{name: 'redraw', description: 'draw the conversation anew, at the width of now', request: () => ({kind: 'redraw'})},
	{
		name: 'theme',
		argument: 'NAME',
		completes: 'themes',
		description: `other colours, until the chat ends: ${themeNames.join(', ')}`,
		request: name => ({kind: 'theme', ...(name !== undefined && {name})}),
	},
];

export function carryOutOnScreen(state: State, request: ScreenRequest): Step {
	switch (request.kind) {
		case 'copy':
			return copy(state, request.number);
		case 'redraw':
			return redraw(state);
		case 'less':
			return [state, [{type: 'page-conversation'}]];
		case 'raw':
			return stay(toggleRaw(state));
		case 'theme':
			return request.name === undefined ? stay(notice(state, themesInWords(state))) : changeTheme(state, request.name);
	}
}

export function redraw(state: State): Step {
	return [state, [{type: 'redraw-conversation'}]];
}

function changeTheme(state: State, name: string): Step {
	if (!isThemeName(name)) {
		const likely = nearest(name, themeNames);
		const meant = likely === undefined ? `There are: ${themeNames.join(', ')}.` : `Did you mean ${likely}?`;
		return stay(notice(state, `There is no theme ${name}. ${meant}`));
	}
	const told = `Theme: ${name}, until the chat ends. \`clawtalk config set theme ${name}\` keeps it. What is painted stays; /redraw paints it anew.`;
	return [notice({...state, theme: name}, told), [{type: 'change-theme', theme: name}]];
}

function themesInWords({theme = 'auto'}: State): string {
	return `Theme: ${theme} (${themes[theme]}). There are: ${themeNames.join(', ')}.`;
}
