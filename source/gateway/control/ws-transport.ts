import type {ControlPlane, Hello} from '../control-plane.js';
import type {EvidenceLog} from '../evidence-log.js';
import type {Relation} from '../relation.js';
import type {Outcome, Question, Transport, TransportEvent} from '../transport.js';
import {wsCapabilities} from '../ws-capabilities.js';
import {chooseModel, type SessionModels} from './choose-model.js';
import {keepLostSeed, type LostSeeds, withLostSeed} from './lost-seed.js';
import {openForQuestion} from './open-for-question.js';
import {cancelled} from './run-course.js';
import {followRun} from './run-turn.js';
import {buildQuestion, type WsQuestion} from './ws-question.js';

/** How questions over the control plane deal with time; the defaults are for people. */
export interface WsTransportOptions {
	/** A connection that does not come back within so many milliseconds ends its questions as `cut`; absent = they wait. */
	readonly returnWithinMs?: number | undefined;
}

/**
 * Questions over the control plane. A run goes on without a connection: it is looked up when the connection is back, which is brought
 * about by whoever watches over it. It is stopped by `chat.abort`.
 */
export function createWsTransport(relation: Relation, control: ControlPlane, options: WsTransportOptions = {}): Transport {
	const models: SessionModels = new Map();
	const seeds: LostSeeds = new Map();
	const underWay = new Set<() => void>();
	return {
		get capabilities() {
			return wsCapabilities(control.state);
		},
		async send(question, signal, emit) {
			const log = relation.openLog();
			const ending = new AbortController();
			const end = () => ending.abort();
			underWay.add(end);
			const outcome = await ask({relation, control, models, seeds, options}, question, signal, ending.signal, emit, log);
			underWay.delete(end);
			emit({type: 'ended', questionId: question.id, outcome, evidence: log.toEvidence()});
		},
		close() {
			for (const end of [...underWay]) end();
			control.disconnect();
		},
	};
}

interface Way {
	readonly relation: Relation;
	readonly control: ControlPlane;
	readonly models: SessionModels;
	readonly seeds: LostSeeds;
	readonly options: WsTransportOptions;
}

async function ask(
	{relation, control, models, seeds, options}: Way,
	given: Question,
	signal: AbortSignal,
	closing: AbortSignal,
	emit: (event: TransportEvent) => void,
	log: EvidenceLog,
): Promise<Outcome> {
	const opened = await openForQuestion(relation, control, signal, log);
	if (opened.hello === undefined) return opened.outcome;
	const {hello} = opened;
	const question = await withLostSeed(seeds, control, given, hello);
	const asked = buildQuestion(question, hello);
	const problem = tooLong(asked, hello) ?? (await chooseModel(control, models, asked.sessionKey, question.model));
	if (problem !== undefined) {
		log.add({kind: 'turn-error', layer: 'chat', atMs: log.elapsed(), ...problem});
		return {kind: 'refused'};
	}
	if (signal.aborted) return cancelled({signal});
	const {id: questionId, usageWithinMs} = question;
	const outcome = await followRun({relation, control, questionId, usageWithinMs, asked, hello, signal, closing, emit, log, ...options});
	keepLostSeed(seeds, question, hello, outcome);
	return outcome;
}

/** 25 MiB on 2026.9.6, 512 KiB on 2026.2.9, which closes the connection for more. */
export function isTooLong({bytes}: Pick<WsQuestion, 'bytes'>, hello: Hello): boolean {
	return bytes > hello.maxPayloadBytes;
}

function tooLong(asked: WsQuestion, hello: Hello) {
	if (!isTooLong(asked, hello)) return undefined;
	const [has, takes] = [asked.bytes, hello.maxPayloadBytes].map(bytes => `${Math.ceil(bytes / 1024)} KiB`);
	return {message: `the question has ${has}, and over its control plane this gateway takes ${takes}`, code: 'too-large'};
}
