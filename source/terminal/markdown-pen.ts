import type {Palette} from './palette.js';

/** What rendering draws with. */
export interface Pen {
	readonly palette: Palette;
	/** The terminal shows OSC 8 links. */
	readonly hyperlinks: boolean;
	/** Code with the colours of its language. */
	readonly highlight: Highlight;
	/** The text goes on: what its last block will be is not known yet. */
	readonly inProgress: boolean;
}

/** Gives the code with styles, its text unchanged; as it came when the language is not known (yet) or the code is too long. */
export type Highlight = (code: string, language: string, palette: Palette) => string;
