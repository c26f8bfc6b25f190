import {draftOf, emptyDraft} from './draft.js';
import {askInTurn} from './queue.js';
import type {State} from './state.js';
import {type Step, then} from './step.js';
import {changeDraft, rememberDraft} from './update-draft.js';

/** The user said yes to a command of the gateway: it goes there, and leaves the composer. */
export function sendConfirmed(state: State, text: string): Step {
	return then(rememberDraft(state), current => askInTurn(changeDraft(current, emptyDraft), draftOf(`/${text}`)));
}
