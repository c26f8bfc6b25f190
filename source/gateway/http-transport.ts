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
import {watchSilence} from './silence-watch.js';
import type {Capabilities, Outcome, Question, Transport, TransportEvent} from './transport.js';

/** Chat completions over HTTP. Tool runs cannot be seen, a lost run cannot be looked up, and closing the connection stops the run. */
export const httpCapabilities: Capabilities = {
	serverHistory: true,
	reconcile: false,
	tools: false,
	approvals: false,
	sessions: false,
	attachments: true,
	closeStopsRun: true,
};

const post = {method: 'POST', path: chatPath} as const;
const mostRefusalBytes = 65_536;

export function createHttpTransport(relation: Relation): Transport {
	return {
		capabilities: httpCapabilities,
		async send(question, signal, emit) {
			const log = relation.openLog();
			const outcome = await ask(relation, question, signal, emit, log);
			emit({type: 'ended', questionId: question.id, outcome, evidence: log.toEvidence()});
		},
		close: () => dropConnections(relation),
	};
}

type Emit = (event: TransportEvent) => void;

async function ask(relation: Relation, question: Question, signal: AbortSignal, emit: Emit, log: EvidenceLog): Promise<Outcome> {
	const headers = buildHeaders(question);
	const problem =
		checkHeader('sessionKey', 'x-openclaw-session-key', question.sessionKey ?? '', 0) ??
		checkHeader('model', 'x-openclaw-model', question.model ?? '', 0);
	if (problem !== undefined) {
		log.add(problem);
		return {kind: 'refused'};
	}
	const answer = await askGateway(relation, {...post, layer: 'chat', headers, body: buildBody(question), signal}, log);
	if (!answer.answered) {
		if (answer.because === 'cancelled') return cancelled(signal);
		return {kind: answer.because === 'configuration' || answer.because === 'credential' ? 'refused' : 'unreachable'};
	}
	if (answer.status !== 200) return await refused(relation, answer, signal, log);
	return await readAnswer(relation, question, answer, signal, emit, log);
}

function cancelled(signal: AbortSignal): Outcome {
	return {kind: 'cancelled', by: signal.reason === 'deadline' ? 'deadline' : 'user'};
}

async function refused(relation: Relation, answer: Exchange, signal: AbortSignal, log: EvidenceLog): Promise<Outcome> {
	const body = await readBodyStart(answer, mostRefusalBytes, log);
	const layer = [401, 403, 429].includes(answer.status) ? 'auth' : 'chat';
	const observed = observeAnswer(answer, {...post, layer}, body, log, relation.now);
	log.add(observed);
	await recordRefusal(relation, observed);
	return signal.aborted ? cancelled(signal) : {kind: 'refused'};
}

async function readAnswer(
	relation: Relation,
	question: Question,
	answer: Exchange,
	signal: AbortSignal,
	emit: Emit,
	log: EvidenceLog,
): Promise<Outcome> {
	let heardAtMs = log.elapsed();
	let firstTokenMs: number | undefined;
	let isAbandoned = false;
	const reader = createAnswerReader(question.id, headerOf(answer, 'content-type'), event => {
		if (event.type === 'delta') firstTokenMs ??= log.elapsed() - answer.atMs;
		emit(event);
	});
	const watch = watchSilence(
		relation.silence,
		() => isAlive(relation, signal, log),
		() => {
			isAbandoned = true;
			answer.finish();
		},
	);
	let ending: Ending | undefined;
	try {
		for await (const bytes of answer.body) {
			heardAtMs = log.elapsed();
			watch.heard();
			if (!reader.push(bytes)) break;
		}
		reader.close();
	} catch (error) {
		ending = endingOf(signal, isAbandoned);
		if (ending === 'broken') log.add(answer.failure(error));
	} finally {
		watch.stop();
		answer.finish();
	}
	const {summary} = reader;
	ending = summary.ending ?? ending ?? 'closed-early';
	const silentMs = log.elapsed() - heardAtMs;
	describeEnd(relation, answer, ending, summary, {silentMs, ...(firstTokenMs === undefined ? {} : {firstTokenMs})}, log);
	return decideOutcome(ending, summary);
}

function endingOf(signal: AbortSignal, isAbandoned: boolean): Ending {
	if (isAbandoned) return 'abandoned';
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

function describeEnd(
	relation: Relation,
	answer: Exchange,
	ending: Ending,
	summary: ReturnType<typeof createAnswerReader>['summary'],
	times: {readonly silentMs: number; readonly firstTokenMs?: number},
	log: EvidenceLog,
): void {
	const {error, finishReason, textLength, events, malformed} = summary;
	if (ending === 'not-a-stream') {
		log.add(observeAnswer(answer, {...post, layer: 'chat'}, {text: summary.bodyStart, whole: false}, log, relation.now));
	}
	if (error !== undefined) {
		const {message, type, code} = error;
		log.add({
			kind: 'turn-error',
			layer: 'chat',
			atMs: log.elapsed(),
			message,
			...(type === undefined ? {} : {type}),
			...(code === undefined ? {} : {code}),
		});
	}
	log.add({
		kind: 'stream-ended',
		layer: 'chat',
		atMs: log.elapsed(),
		tookMs: log.elapsed() - answer.atMs,
		ending,
		...(finishReason === undefined ? {} : {finishReason}),
		textLength,
		events,
		malformed,
		...times,
	});
}
