import type {Place} from './places.js';

export const notifyChoices = ['off', 'bell', 'osc9', 'osc777', 'auto'] as const;

/** What the chat does with the terminal beside its colours. */
export interface ScreenSettings {
	/** How the terminal calls when an answer has ended, while its window has not the keyboard or when it took long. */
	readonly notify: (typeof notifyChoices)[number];
	/** The window's title says what goes on; it is given back at the end. */
	readonly title: boolean;
	/** Lines in their order with labels, nothing drawn anew. */
	readonly screenReader: boolean;
	/** Waiting times count by the second. */
	readonly animation: boolean;
}

/** What holds where nothing else is said. The title is on: it tells from another window how far the answer is, and is given back. */
export const usualScreen: ScreenSettings = {notify: 'off', title: true, screenReader: false, animation: true};

/** The values of the first place that has each; they were checked. */
export function screenSettings(places: readonly Place[]): ScreenSettings {
	const first = (key: keyof ScreenSettings) => places.map(({values}) => values[key]).find(value => value !== undefined);
	const notify = notifyChoices.find(choice => choice === first('notify'));
	return {
		notify: notify ?? usualScreen.notify,
		title: readSwitch(first('title')) ?? usualScreen.title,
		screenReader: readSwitch(first('screenReader')) ?? usualScreen.screenReader,
		animation: readSwitch(first('animation')) ?? usualScreen.animation,
	};
}

/** `config set` writes texts, people write what JSON has for it. */
export function readSwitch(value: unknown): boolean | undefined {
	if (value === true || value === 'on' || value === 'true') return true;
	return value === false || value === 'off' || value === 'false' ? false : undefined;
}
