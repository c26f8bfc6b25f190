import {draftOf, emptyDraft} from '../composer/draft.js';
import {askInTurn} from '../composer/queue.js';
import {changeDraft, rememberDraft} from '../composer/update-draft.js';
import type {State} from '../state.js';
import {type Step, then} from '../step.js';

/** The user said yes to a command of the gateway: it goes there, and leaves the composer. */
export function sendConfirmed(state: State, text: string): Step {
	return then(rememberDraft(state), current => askInTurn(changeDraft(current, emptyDraft), draftOf(`/${text}`)));
}
