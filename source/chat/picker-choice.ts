import type {PickerItem, PickerPurpose} from './picker.js';
import {carryOut} from './requests.js';
import type {State} from './state.js';
import {type Step, stay} from './step.js';

/** What choosing an item of a picker does; the picker is closed already. */
export function carryOutChoice(state: State, purpose: PickerPurpose, item: PickerItem): Step {
	switch (purpose) {
		case 'agent':
			return carryOut(state, {kind: 'agent', name: item.id});
		case 'code-block':
		case 'conversation':
		case 'found':
		case 'theme':
			return stay(state);
	}
}
