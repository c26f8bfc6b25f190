import type {Evidence} from '../diagnosis/evidence.js';
import type {TransportName} from '../transport-names.js';
import type {ControlPlane, ControlState} from './control-plane.js';
import {joinEvidence} from './join-evidence.js';
import {chatPath} from './request-body.js';
import type {Outcome, Question, Transport, TransportEvent} from './transport.js';

export interface Ways {
	readonly http: Transport;
	/** Loaded when it is first wanted. */
	readonly ws: Transport;
	readonly control: ControlPlane;
}

/** Read and write: what a conversation needs of the control plane. */
export const neededScopes: readonly string[] = ['operator.read', 'operator.write'];

/** It is open, and grants what a conversation needs. */
export function canConverse(state: ControlState): state is ControlState & {kind: 'open'} {
	return state.kind === 'open' && neededScopes.every(scope => state.hello.scopes.includes(scope));
}

/**
 * The one transport that callers use. With `auto` questions go over the control plane while it is open and lets us converse, else over
 * HTTP; where the endpoint of HTTP is switched off (as OpenClaw comes), over the control plane all the same, which is dialled for it.
 * A question goes out once: the second way is taken only when the first did not take it.
 */
export function chooseTransport(wish: TransportName, {http, ws, control}: Ways): Transport {
	const close = () => {
		ws.close();
		http.close();
	};
	if (wish !== 'auto') return always(wish === 'http' ? http : ws, close);
	return {
		get capabilities() {
			return (canConverse(control.state) ? ws : http).capabilities;
		},
		async send(question, signal, emit) {
			if (question.asText === true) return http.send(question, signal, emit);
			if (canConverse(control.state) && suits(question, control.state)) return ws.send(question, signal, emit);
			let refused: Evidence | undefined;
			await http.send(question, signal, event => {
				if (event.type === 'ended' && notTaken.has(event.outcome.kind) && isSwitchedOff(event.evidence)) refused = event.evidence;
				else emit(event);
			});
			if (refused !== undefined) await ws.send(question, signal, afterRefusal(refused, emit));
		},
		close,
	};
}

function always(transport: Transport, close: () => void): Transport {
	return {
		get capabilities() {
			return transport.capabilities;
		},
		send: (question, signal, emit) => transport.send(question, signal, emit),
		close,
	};
}

/** On 2026.2.9 the model is for administrators to choose there, and frames are short: HTTP takes such questions. */
function suits({model, text, images}: Question, {hello}: ControlState & {kind: 'open'}): boolean {
	if (hello.protocol < 4 && model !== undefined) return false;
	const length = images.reduce((sum, {dataUrl}) => sum + dataUrl.length, text.length);
	return length * 1.5 < hello.maxPayloadBytes;
}

/** Outcomes of a question that no run began for. */
const notTaken: ReadonlySet<Outcome['kind']> = new Set(['refused', 'unreachable']);

/** Nothing answers questions at the path: 404 or 405 in plain text (2026.9.6), or the Control UI with 200 (2026.2.9). */
export function isSwitchedOff({observations}: Evidence): boolean {
	return observations.some(
		observation =>
			observation.kind === 'http-answer' &&
			observation.path === chatPath &&
			(observation.body === 'html' ? observation.status === 200 : [404, 405].includes(observation.status)),
	);
}

/** What was seen of both ways; where the second worked, the first is a fact and no failure of the question. */
function afterRefusal(refused: Evidence, emit: (event: TransportEvent) => void): (event: TransportEvent) => void {
	return event => emit(event.type === 'ended' ? {...event, evidence: joinEvidence(refused, event.evidence)} : event);
}
