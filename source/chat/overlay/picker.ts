import {type Draft, draftOf, edit, emptyDraft, insert} from '../composer/draft.js';
import type {Event} from '../event.js';
import {fuzzyMatches} from '../fuzzy.js';
import type {State} from '../state.js';
import {type Step, stay} from '../step.js';
import {closeOverlay} from './overlay.js';
import {carryOutChoice} from './picker-choice.js';

/** A list to choose from, narrowed by typing. */
export interface Picker {
	readonly kind: 'picker';
	readonly purpose: PickerPurpose;
	readonly title: string;
	/** What narrows the list. */
	readonly query: Draft;
	readonly items: readonly PickerItem[];
	/** Place in the narrowed list. */
	readonly selected: number;
	/** The order that brings the items; absent when they are there. */
	readonly order?: number;
	/** The order that brings sessions of the gateway besides. */
	readonly sessionsOrder?: number;
	/** Those sessions, when they came first. */
	readonly sessions?: readonly PickerItem[];
}

/** What is chosen; `picker-choice.ts` carries it out. */
export type PickerPurpose = 'agent' | 'model' | 'thinking' | 'profile' | 'code-block' | 'conversation' | 'found' | 'theme';

export interface PickerItem {
	readonly id: string;
	readonly title: string;
	/** Beside the title: a time, a size. */
	readonly detail?: string;
	/** Shown for the selected item, a line each. */
	readonly preview?: readonly string[];
	/** Of a conversation: when something was last said in it, milliseconds since the epoch. */
	readonly at?: number;
	/** The session of the gateway that it goes on in, or is. */
	readonly sessionKey?: string;
	/** The gateway of a conversation on disk. */
	readonly home?: {readonly origin?: string; readonly profile?: string};
	/** Something was said in it elsewhere that was not shown here. */
	readonly isUnread?: true;
	/** It is the conversation that is open. */
	readonly isOpen?: true;
	/** The agent is at work in it. */
	readonly isRunning?: true;
}

export function pickerOf(purpose: PickerPurpose, title: string, items: readonly PickerItem[], query = ''): Picker {
	return {kind: 'picker', purpose, title, query: query === '' ? emptyDraft : draftOf(query), items, selected: 0};
}

/** The items that match the query, best first; all in their order without one. */
export function narrowed({items, query}: Picker): readonly PickerItem[] {
	return fuzzyMatches(query.text, items, item => `${item.title} ${item.detail ?? ''} ${item.id}`);
}

function selectedItem(picker: Picker): PickerItem | undefined {
	return narrowed(picker)[picker.selected];
}

/** Other items in the list. What somebody went to stays selected, wherever it stands now; until then that is the first one. */
export function withItems(picker: Picker, items: readonly PickerItem[]): Picker {
	const next = {...picker, items};
	const chosen = picker.selected === 0 ? undefined : selectedItem(picker);
	const place = chosen === undefined ? 0 : narrowed(next).findIndex(({id}) => id === chosen.id);
	return {...next, selected: Math.max(0, place)};
}

/** Typing narrows, ↑ and ↓ move, Enter chooses, Esc and Ctrl+C leave. */
export function pressInPicker(state: State, picker: Picker, event: Event): Step {
	switch (event.type) {
		case 'text-typed':
		case 'text-pasted':
			return stay(narrow(state, picker, insert(picker.query, event.text.replaceAll('\n', ' '))));
		case 'edit-requested':
			if (event.edit === 'previous-line') return stay(move(state, picker, -1));
			if (event.edit === 'next-line') return stay(move(state, picker, 1));
			return stay(narrow(state, picker, edit(picker.query, event.edit).draft));
		case 'scroll-requested':
			return stay(move(state, picker, event.direction === 'up' ? -pageItems : pageItems));
		case 'cancel-requested':
		case 'interrupt-requested':
			return stay(closeOverlay(state));
		case 'submit-requested': {
			const item = selectedItem(picker);
			return item === undefined ? stay(state) : carryOutChoice(closeOverlay(state), picker.purpose, item);
		}
		default:
			return stay(state);
	}
}

/** How far PgUp and PgDn go. */
const pageItems = 8;

function narrow(state: State, picker: Picker, query: Draft): State {
	if (query.text === picker.query.text) return {...state, overlay: {...picker, query}};
	return {...state, overlay: {...picker, query, selected: 0}};
}

function move(state: State, picker: Picker, by: number): State {
	const last = narrowed(picker).length - 1;
	return {...state, overlay: {...picker, selected: Math.max(0, Math.min(picker.selected + by, last))}};
}
