import type {Evidence, Observation} from '../../diagnosis/evidence.js';
import {approvalsStatus} from '../approval/approval-words.js';
import type {Place, State} from '../state.js';
import {viaText} from './gateway-seen.js';

/** What `/status` says when the gateway can be used: where we are, and what was seen just now. */
export function statusText(state: State, evidence: Evidence): string {
	const {place, agent, model, conversation, connection} = state;
	const latency = connection.state === 'online' ? ` in ${Math.round(connection.latencyMs)} ms` : '';
	return [
		`Connected: ${placeText(place)} answered${latency}.`,
		...wayText(state),
		`${agent === undefined ? 'The default agent' : `Agent ${agent}`}, ${model === undefined ? 'its default model' : `model ${model}`}, session ${conversation.sessionKey}.`,
		...evidence.observations.flatMap(seen),
	].join('\n');
}

/** Which way questions go, what is known of the gateway by it, and what becomes of requests for approval. */
export function wayText(state: State): readonly string[] {
	const {connection, now} = state;
	if (connection.state !== 'online' || connection.via === undefined) return [];
	return [...viaText(connection.via, now), ...(connection.via.approvals === true ? [approvalsStatus(state)] : [])];
}

/** The gateway of the chat, `profile home, http://127.0.0.1:18789 (loopback)`. */
export function placeText({profile, origin, path}: Place): string {
	return `${profile === undefined ? '' : `profile ${profile}, `}${origin} (${path})`;
}

function seen(observation: Observation): readonly string[] {
	switch (observation.kind) {
		case 'http-answer':
			return [`Seen: ${observation.method} ${observation.path} answered ${observation.status} (${observation.body}).`];
		case 'peer-identified':
			return [observation.peer === 'gateway-by-challenge' ? 'Seen: the WebSocket challenge of a gateway.' : `Seen: ${observation.peer}.`];
		case 'control-welcomed':
			return [`Seen: the control plane welcomed us (protocol ${observation.protocol}; ${observation.scopes.join(', ') || 'no scopes'}).`];
		case 'control-refused':
			return [`Seen: the control plane refused: ${observation.message}.`];
		case 'network-failure':
			return [`Seen: ${observation.method} ${observation.path} failed: ${observation.attempts.at(-1)?.message ?? observation.phase}.`];
		default:
			return [];
	}
}
