import type {Evidence} from '../../diagnosis/evidence.js';
import type {ControlPlane, Hello} from '../control-plane.js';
import type {EvidenceLog} from '../evidence-log.js';
import type {Relation} from '../relation.js';
import type {Outcome} from '../transport.js';

/** The connection that stands, or a new one; else what came of it. */
export async function openForQuestion(
	relation: Relation,
	control: ControlPlane,
	signal: AbortSignal,
	log: EvidenceLog,
): Promise<{readonly hello: Hello} | {readonly hello?: undefined; readonly outcome: Outcome}> {
	const {state} = control;
	if (state.kind === 'open') {
		if (relation.target.credential.kind === 'token') log.tokenSent();
		log.add({...state.hello.welcomed, atMs: 0});
		return {hello: state.hello};
	}
	const {value, evidence} = await control.connect(signal);
	takeOver(evidence, log);
	if (signal.aborted) return {outcome: {kind: 'cancelled', by: signal.reason === 'deadline' ? 'deadline' : 'user'}};
	if (value.kind === 'open') return {hello: value.hello};
	return {outcome: {kind: value.kind === 'refused' || value.kind === 'withheld' ? 'refused' : 'unreachable'}};
}

/** What an attempt showed is part of what the question showed. */
export function takeOver({credential, observations}: Evidence, log: EvidenceLog): void {
	if (credential.sent) log.tokenSent();
	if (credential.withheld !== undefined) log.tokenWithheld(credential.withheld);
	const atMs = log.elapsed();
	const latest = Math.max(0, ...observations.map(observation => observation.atMs));
	log.add(...observations.map(observation => ({...observation, atMs: Math.max(0, atMs - latest + observation.atMs)})));
}
