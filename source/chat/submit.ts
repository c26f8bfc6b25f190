import {askInTurn, releaseQueue} from './queue.js';
import {carryOut} from './requests.js';
import {readInput} from './slash.js';
import type {State} from './state.js';
import {append, notice, type Step, stay, then} from './step.js';
import {rememberDraft} from './update-draft.js';

/** Enter. What cannot be sent or understood stays in the composer. */
export function submit(state: State): Step {
	const input = readInput(state.draft.text);
	switch (input.kind) {
		case 'nothing':
			return state.queueHeld && canAsk(state) ? releaseQueue(state) : checkIfAway(state);
		case 'mistake':
			return stay(notice(state, input.problem));
		case 'request':
			return then(rememberDraft(state), current => carryOut(current, input.request));
		case 'message':
			if (!canAsk(state)) return sayNotSent(state);
			return then(rememberDraft(state), current => askInTurn(current, input.text));
	}
}

/** Before the first answer of the health check a question waits in the queue; away or refused, it waits in the composer. */
function canAsk({connection}: State): boolean {
	return connection.state === 'online' || connection.state === 'connecting';
}

function checkIfAway(state: State): Step {
	if (state.connection.state !== 'waiting' || state.checkAsked !== undefined) return stay(state);
	return [{...state, checkAsked: 'submit'}, [{type: 'check-connection'}]];
}

function sayNotSent(state: State): Step {
	const {connection} = state;
	if (connection.state === 'refused') {
		const shown = append(state, {kind: 'failure', evidence: connection.evidence});
		return stay(notice(shown, 'Nothing was sent, your text is still here. /status asks the gateway again.'));
	}
	if (state.checkAsked !== undefined) return stay(state);
	return checkIfAway(notice(state, 'Nothing was sent, your text is still here. Looking at the gateway now.'));
}
