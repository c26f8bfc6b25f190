import {nearest} from '../nearest-word.js';
import {isThemeName, themeNames, themes} from '../theme-names.js';
import {copy} from './answer/copy.js';
import {toggleRaw} from './answer/raw.js';
import {showRuns} from './answer/runs-overlay.js';
import {keep} from './overlay/choices.js';
import {openOverlay} from './overlay/overlay.js';
import {pickerOf} from './overlay/picker.js';
import type {SlashCommand} from './slash.js';
import type {State} from './state.js';
import {notice, type Step, stay, then} from './step.js';

/** Slash commands about the terminal. */
export type ScreenRequest =
	| {readonly kind: 'copy'; readonly number?: string}
	| {readonly kind: 'redraw'}
	| {readonly kind: 'less'}
	| {readonly kind: 'raw'}
	| {readonly kind: 'runs'}
	| {readonly kind: 'theme'; readonly name?: string; readonly save?: true};

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
	{name: 'runs', description: 'what the agent did with its tools, in full', request: () => ({kind: 'runs'})},
	{name: 'redraw', description: 'draw the conversation anew, at the width of now', request: () => ({kind: 'redraw'})},
	{
		name: 'theme',
		argument: 'NAME',
		completes: 'themes',
		description: 'other colours, until the chat ends; --save keeps them; without a name: choose from a list',
		canSave: true,
		request: (name, save) => ({kind: 'theme', ...(name !== undefined && {name}), ...(save && {save})}),
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
		case 'runs':
			return stay(showRuns(state));
		case 'theme':
			return request.name === undefined ? stay(chooseTheme(state)) : changeTheme(state, request.name, request.save);
	}
}

export function redraw(state: State): Step {
	return [state, [{type: 'redraw-conversation'}]];
}

function changeTheme(state: State, name: string, save: true | undefined): Step {
	if (!isThemeName(name)) {
		const likely = nearest(name, themeNames);
		const meant = likely === undefined ? `There are: ${themeNames.join(', ')}.` : `Did you mean ${likely}?`;
		return stay(notice(state, `There is no theme ${name}. ${meant}`));
	}
	const keeps = save ? '' : `, until the chat ends. /theme ${name} --save keeps it`;
	const changed = notice({...state, theme: name}, `Theme: ${name}${keeps}. What is painted stays; /redraw paints it anew.`);
	return then([changed, [{type: 'change-theme', theme: name}]], current => keep(current, 'theme', name, save));
}

/** A list on the screen, with the theme in use selected; a line where there is none. */
function chooseTheme(state: State): State {
	const {theme = 'auto', hasScreen} = state;
	if (hasScreen === undefined) return notice(state, themesInWords(state));
	const items = themeNames.map(name => ({id: name, title: name, detail: themes[name]}));
	return openOverlay(state, {...pickerOf('theme', `Theme: ${theme}`, items), selected: themeNames.indexOf(theme)});
}

function themesInWords({theme = 'auto'}: State): string {
	return `Theme: ${theme} (${themes[theme]}). There are: ${themeNames.join(', ')}.`;
}
