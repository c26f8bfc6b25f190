import type {ScreenOrder} from '../chat/screen-order.js';
import type {Dispatch} from '../store.js';
import type {Clock} from './clock.js';

/** What can be done with the terminal of a chat. Each answer is a line for the user; undefined when there is nothing to say. */
export interface ScreenWork {
	/** Puts the text where it can be pasted from, and says where that is. `what` names it: "The last answer". */
	copy(text: string, what: string): Promise<string>;
	/** Resolves when the pager was left. */
	page(): Promise<string | undefined>;
	redraw(): Promise<string | undefined>;
	changeTheme(theme: Extract<ScreenOrder, {type: 'change-theme'}>['theme']): void;
}

export interface ScreenDesk {
	perform(order: ScreenOrder, dispatch: Dispatch): void;
	/** Resolves when what is being copied is copied. */
	close(): Promise<void>;
}

/** Carries out orders about the terminal, one after another. @param load Loads the work when it is first needed. */
export function createScreenDesk(clock: Clock, load: () => Promise<ScreenWork>): ScreenDesk {
	let work: Promise<ScreenWork> | undefined;
	let last: Promise<void> = Promise.resolve();
	let copying: Promise<void> = last;
	const carriedOut = async (order: ScreenOrder) => {
		work ??= load();
		return doOne(await work, order);
	};
	const carryOut = async (order: ScreenOrder, dispatch: Dispatch) => {
		const text = await carriedOut(order).catch((error: Error) => `That could not be done: ${error.message}.`);
		if (text !== undefined) dispatch({type: 'screen-told', at: clock.now(), text});
	};
	return {
		perform(order, dispatch) {
			// Nobody waits for a pager to be left.
			const done = (order.type === 'page-conversation' ? Promise.resolve() : last).then(() => carryOut(order, dispatch));
			if (order.type !== 'page-conversation') last = done;
			if (order.type === 'copy-text') copying = done;
		},
		close: () => copying,
	};
}

async function doOne(work: ScreenWork, order: ScreenOrder): Promise<string | undefined> {
	switch (order.type) {
		case 'copy-text':
			return work.copy(order.text, order.what);
		case 'page-conversation':
			return work.page();
		case 'redraw-conversation':
			return work.redraw();
		case 'change-theme':
			return void work.changeTheme(order.theme);
	}
}
