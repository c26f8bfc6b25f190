import {identifyPeer} from './admission.js';
import {headerOf, observeAnswer, readBodyStart} from './answer-observation.js';
import {createAnswerReader} from './answer-reader.js';
import {askGateway, recordRefusal} from './authenticated-exchange.js';
import type {EvidenceLog} from './evidence-log.js';
import type {Exchange} from './exchange.js';
import {checkHeader} from './header-check.js';
import {decideOutcome, type Ending} from './outcome.js';
import {dropConnections, type Relation} from './relation.js';
import {buildBody, buildHeaders, chatPath} from './request-body.js';
import {type SilenceWatch, watchSilence} from './silence-watch.js';
import {observeEnd, observeUnanswered, type StreamTimes} from './stream-end.js';
import type {Capabilities, Outcome, Question, Transport, TransportEvent} from './transport.js';

/**
 * What chat completions over HTTP can do. Closing the connection stops the run on 2026.9.6 (within 50 ms) and does not on 2026.2.9
 * (the model went on), so it counts only where a gateway identified itself by /healthz. 2026.2.9 takes images and leaves them out
 * without a word; with an image alone it misses the message (400).
 */
function capabilitiesOf(relation: Relation): Capabilities {
	return {
		serverHistory: true,
		reconcile: false,
		tools: false,
		approvals: false,
		sessions: false,
		commands: false,
		attachments: relation.gatekeeper?.kind !== 'gateway-by-challenge',
		closeStopsRun: relation.gatekeeper?.kind === 'gateway',
	};
}

const request = {method: 'POST', path: chatPath} as const;
const mostRefusalBytes = 65_536;

export function createHttpTransport(relation: Relation): Transport {
	return {
		get capabilities() {
			return capabilitiesOf(relation);
		},
		async send(question, signal, emit) {
			const log = relation.openLog();
			const outcome = await ask(relation, question, signal, emit, log);
			emit({type: 'ended', questionId: question.id, outcome, evidence: log.toEvidence()});
		},
		close: () => dropConnections(relation),
	};
}

/** One question on its way, and what ends it. */
interface Turn {
	readonly relation: Relation;
	readonly question: Question;
	/** The user's wish, or the deadline. */
	readonly signal: AbortSignal;
	/** The gateway was taken for gone. */
	readonly abandonment: AbortController;
	readonly watch: SilenceWatch;
	readonly emit: (event: TransportEvent) => void;
	readonly log: EvidenceLog;
}

async function ask(relation: Relation, question: Question, signal: AbortSignal, emit: Turn['emit'], log: EvidenceLog): Promise<Outcome> {
	const problem =
		checkHeader('sessionKey', 'x-openclaw-session-key', question.sessionKey ?? '', 0) ??
		checkHeader('model', 'x-openclaw-model', question.model ?? '', 0);
	if (problem !== undefined) {
		log.add(problem);
		return {kind: 'refused'};
	}
	const abandonment = new AbortController();
	const watch = watchSilence(
		relation.silence,
		() => isAlive(relation, signal, log),
		() => abandonment.abort(),
	);
	try {
		return await post({relation, question, signal, abandonment, watch, emit, log});
	} finally {
		watch.stop();
	}
}

async function post(turn: Turn): Promise<Outcome> {
	const {relation, question, signal, abandonment, watch, log} = turn;
	const sentAtMs = log.elapsed();
	const answer = await askGateway(
		relation,
		{
			...request,
			layer: 'chat',
			headers: gatekeeper => buildHeaders(question, gatekeeper.kind === 'gateway-by-challenge'),
			body: buildBody(question),
			restMs: relation.restMs,
			signal: AbortSignal.any([signal, abandonment.signal]),
		},
		log,
	);
	watch.heard();
	if (answer.answered) return answer.status === 200 ? await readAnswer(turn, answer) : await refused(turn, answer);
	if (abandonment.signal.aborted) {
		log.add(observeUnanswered(sentAtMs, log));
		return {kind: 'abandoned'};
	}
	if (answer.because === 'cancelled') return withItsRun(turn, cancelled(signal));
	return {kind: answer.because === 'configuration' || answer.because === 'credential' ? 'refused' : 'unreachable'};
}

function cancelled(signal: AbortSignal): Outcome {
	return {kind: 'cancelled', by: signal.reason === 'deadline' ? 'deadline' : 'user'};
}

async function refused({relation, signal, log}: Turn, answer: Exchange): Promise<Outcome> {
	const body = await readBodyStart(answer, mostRefusalBytes, log);
	const layer = [401, 403, 429].includes(answer.status) ? 'auth' : 'chat';
	const observed = observeAnswer(answer, {...request, layer}, body, log, relation.now);
	log.add(observed);
	await recordRefusal(relation, observed);
	return signal.aborted ? cancelled(signal) : {kind: 'refused'};
}

async function readAnswer(turn: Turn, answer: Exchange): Promise<Outcome> {
	const {question, watch, emit, log} = turn;
	const times: StreamTimes = {beganAtMs: answer.atMs, heardAtMs: log.elapsed()};
	const reader = createAnswerReader(question.id, headerOf(answer, 'content-type'), event => {
		if (event.type === 'delta') times.firstTokenMs ??= log.elapsed() - answer.atMs;
		emit(event);
	});
	const pieces = answer.body[Symbol.asyncIterator]();
	let brokenBy: Ending | undefined;
	try {
		for (let isOpen = true; isOpen; ) {
			const piece = await nextPiece(pieces);
			if (piece.kind === 'failed') {
				brokenBy = endingOf(turn);
				if (brokenBy === 'broken') log.add(answer.failure(piece.error));
				break;
			}
			if (piece.kind === 'end') {
				reader.close();
				break;
			}
			times.heardAtMs = log.elapsed();
			watch.heard();
			isOpen = reader.push(piece.bytes);
		}
	} finally {
		answer.finish();
	}
	const ending = reader.summary.ending ?? brokenBy ?? 'closed-early';
	const isCut = (ending === 'broken' || ending === 'closed-early') && (headerOf(answer, 'server') ?? headerOf(answer, 'via')) !== undefined;
	// A proxy that names itself is told with what it may have cut.
	if (ending === 'not-a-stream' || isCut) {
		const body = {text: reader.summary.bodyStart, whole: false};
		log.add(observeAnswer(answer, {...request, layer: 'chat'}, body, log, turn.relation.now));
	}
	log.add(...observeEnd(ending, reader.summary, times, log));
	return withItsRun(turn, decideOutcome(ending, reader.summary));
}

/** The end of the connection stops the run on 2026.9.6; on 2026.2.9 it goes on, and there is no other way to stop it over HTTP. */
function withItsRun({relation}: Turn, outcome: Outcome): Outcome {
	if (outcome.kind !== 'cancelled' || relation.gatekeeper?.kind !== 'gateway-by-challenge') return outcome;
	return {...outcome, runMayGoOn: true};
}

type Piece =
	| {readonly kind: 'bytes'; readonly bytes: Uint8Array}
	| {readonly kind: 'end'}
	| {readonly kind: 'failed'; readonly error: unknown};

/** Failures of the network become values here, so that a bug in a listener is not taken for one. */
async function nextPiece(pieces: AsyncIterator<Uint8Array>): Promise<Piece> {
	try {
		const next = await pieces.next();
		return next.done === true ? {kind: 'end'} : {kind: 'bytes', bytes: next.value};
	} catch (error) {
		return {kind: 'failed', error};
	}
}

function endingOf({signal, abandonment}: Turn): Ending {
	if (abandonment.signal.aborted) return 'abandoned';
	if (!signal.aborted) return 'broken';
	return signal.reason === 'deadline' ? 'deadline' : 'cancelled';
}

/** Any gateway at the same origin counts, whatever it says of itself. What spoke against it goes into the log. */
async function isAlive(relation: Relation, signal: AbortSignal, log: EvidenceLog): Promise<boolean> {
	const check = relation.openLog();
	const {gatekeeper} = await identifyPeer(relation, check, signal);
	if (gatekeeper === undefined) log.add(...check.observations.map(observation => ({...observation, atMs: log.elapsed()})));
	return gatekeeper !== undefined;
}
