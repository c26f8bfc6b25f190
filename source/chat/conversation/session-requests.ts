import type {State} from '../state.js';
import {notice, type Step, stay} from '../step.js';
import {hasControl} from './follow-session.js';
import {order} from './order-conversation.js';

/** Opens a session of the gateway. Nothing is sent into it. */
export function openSession(state: State, sessionKey: string): Step {
	if (!hasControl(state)) return stay(notice(state, `${onlyByControl} Nothing was opened.`));
	const {origin, profile} = state.place;
	return order(state, {type: 'open-session', sessionKey, origin, ...(profile !== undefined && {profile})});
}

/** `/earlier`: what is older than all that is here. */
export function readEarlier(state: State): Step {
	const {conversation, agent} = state;
	const {older, sessionKey} = conversation;
	if (older === undefined) return stay(notice(state, 'The gateway keeps nothing that is older: /less shows all that was said here.'));
	if (!hasControl(state)) return stay(notice(state, onlyByControl));
	return order(state, {type: 'read-earlier', sessionKey, older, ...(agent !== undefined && {agent})});
}

const onlyByControl = 'The sessions of a gateway are only told over its control plane, which is not open: /status says why.';
