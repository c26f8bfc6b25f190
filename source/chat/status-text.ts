import type {Evidence, Observation} from '../diagnosis/evidence.js';
import type {State} from './state.js';

/** What `/status` says when the gateway can be used: where we are, and what was seen just now. */
export function statusText(state: State, evidence: Evidence): string {
	const {place, agent, model, conversation, connection} = state;
	const profile = place.profile === undefined ? '' : `profile ${place.profile}, `;
	const latency = connection.state === 'online' ? ` in ${Math.round(connection.latencyMs)} ms` : '';
	return [
		`Connected: ${profile}${place.origin} (${place.path}) answered${latency}.`,
		`${agent === undefined ? 'The default agent' : `Agent ${agent}`}, ${model === undefined ? 'its default model' : `model ${model}`}, session ${conversation.sessionKey}.`,
		...evidence.observations.flatMap(seen),
	].join('\n');
}

function seen(observation: Observation): readonly string[] {
	switch (observation.kind) {
		case 'http-answer':
			return [`Seen: ${observation.method} ${observation.path} answered ${observation.status} (${observation.body}).`];
		case 'peer-identified':
			return [observation.peer === 'gateway-by-challenge' ? 'Seen: the WebSocket challenge of a gateway.' : `Seen: ${observation.peer}.`];
		case 'network-failure':
			return [`Seen: ${observation.method} ${observation.path} failed: ${observation.attempts.at(-1)?.message ?? observation.phase}.`];
		case 'configuration-problem':
		case 'pin-mismatch':
		case 'stream-ended':
		case 'turn-error':
		case 'websocket-closed':
		case 'credential-withheld':
			return [];
	}
}
