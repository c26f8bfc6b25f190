import {copyChosen} from '../answer/copy.js';
import {open, openAt} from '../conversation/conversation-requests.js';
import {sessionItemMark} from '../conversation/session-items.js';
import {openSession} from '../conversation/session-requests.js';
import {carryOut} from '../requests.js';
import type {State} from '../state.js';
import type {Step} from '../step.js';
import type {PickerItem, PickerPurpose} from './picker.js';

/** What choosing an item of a picker does; the picker is closed already. */
export function carryOutChoice(state: State, purpose: PickerPurpose, item: PickerItem): Step {
	switch (purpose) {
		case 'agent':
			return carryOut(state, {kind: 'agent', name: item.id});
		case 'model':
			return carryOut(state, {kind: 'model', name: item.id});
		case 'thinking':
			return carryOut(state, {kind: 'think', name: item.id});
		case 'profile':
			return carryOut(state, {kind: 'profile', name: item.id});
		case 'conversation':
			if (item.id.startsWith(sessionItemMark)) return openSession(state, item.id.slice(sessionItemMark.length));
			return open(state, item.id);
		case 'found':
			return openAt(state, item.id);
		case 'code-block':
			return copyChosen(state, item.id);
		case 'theme':
			return carryOut(state, {kind: 'theme', name: item.id});
	}
}
