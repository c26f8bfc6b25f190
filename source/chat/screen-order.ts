import type {ThemeName} from '../theme-names.js';

/** Orders about the terminal: what is on it, what goes from it to the clipboard. What comes of them is told by `screen-told`. */
export type ScreenOrder =
	/** `what` names the text, for the answer. */
	| {readonly type: 'copy-text'; readonly text: string; readonly what: string}
	/** The last part of the conversation once more, at the width of now; what is on the screen goes to the scrollback. */
	| {readonly type: 'redraw-conversation'}
	/** The whole conversation in a pager. */
	| {readonly type: 'page-conversation'}
	/** From now on; what is painted stays as it is. */
	| {readonly type: 'change-theme'; readonly theme: ThemeName};

export type ScreenEvent =
	/** What an order about the terminal came to, in a line. */
	{readonly type: 'screen-told'; readonly text: string};
