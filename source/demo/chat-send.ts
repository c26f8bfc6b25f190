import {answer} from './agent.js';
import {createAnnounce} from './announce.js';
import {type Client, mayRead} from './client.js';
import {replyUnderFault} from './fault-reply.js';
import {MethodError, type Parameters} from './method.js';
import {endAborted, playRun} from './play-run.js';
import {createRun, type Run} from './runs.js';
import {fullKey, type Session} from './sessions.js';
import {answerSlashCommand} from './slash.js';
import {obeyToolOrders, withoutControls} from './tool-orders.js';
import {isOld, type World} from './world.js';

/** `chat.send`: starts a run and answers at once; the same key again tells of the run it began. */
export function sendChat(world: World, parameters: Parameters, client: Client): unknown {
	const id = String(parameters['idempotencyKey']);
	const given = String(parameters['message']);
	const message = isOld(world) ? given : withoutControls(given);
	const key = fullKey(String(parameters['sessionKey']));
	const attachments = parameters['attachments'];
	const attached = Array.isArray(attachments) && attachments.length > 0;
	if (message.trim() === '' && !attached) throw new MethodError('message or attachment required');
	const agent = /^agent:([^:]+):/.exec(key)?.[1] ?? 'main';
	if (!isOld(world) && agent !== 'main') throw new MethodError(`Agent "${agent}" no longer exists in configuration`);
	const known = world.runs.get(id);
	if (known) return repeatOf(world, known, message);

	const session = world.sessions.open(key);
	const asked = {id, sessionKey: key, message: message === '' ? '[image]' : message, connectionId: client.connectionId};
	const run = createRun({...asked, startedAt: world.state.now()});
	world.runs.set(id, run);
	// The answer to the request goes out before anything is told of the run.
	setImmediate(() => begin(world, session, run));
	return {runId: id, status: 'started'};
}

/** What the gateway says to a key that it knows. */
function repeatOf(world: World, run: Run, message: string): unknown {
	const {id, end} = run;
	const old = isOld(world);
	if (!old && message !== run.message) {
		const text =
			'This message ID was already used for different input. Check the conversation history and use a new message ID to send again.';
		throw new MethodError(text, {reason: 'chat-request-conflict'});
	}

	if (!end) return {runId: id, status: 'in_flight'};
	if (old || end.status === 'ok') return {runId: id, status: 'ok'};
	if (end.status === 'aborted') return {runId: id, status: 'timeout', summary: 'aborted', stopReason: end.stopReason, endedAt: end.at};
	throw new MethodError(end.text, undefined, 'UNAVAILABLE', {runId: id, status: 'error', summary: end.text});
}

function begin(world: World, session: Session, run: Run): void {
	if (answerSlashCommand(world, session, run)) return;
	if (session.active.size === 0) {
		start(world, session, run);
		return;
	}

	const working = isOld(world) ? undefined : [...session.active].map(id => world.runs.get(id)).find(active => active?.isWorking);
	if (working) {
		working.steered.push(run);
	} else {
		answerLater(world, session, run);
	}
}

/** A run that finds its session busy ends at once without a word, and another one answers when its turn has come. */
function answerLater(world: World, session: Session, run: Run): void {
	run.finish({status: 'ok', at: world.state.now(), text: ''});
	createAnnounce(world, run).chat({seq: 1, state: 'final'});
	const {sessionKey, message, connectionId, startedAt} = run;
	const later = createRun({id: crypto.randomUUID(), sessionKey, message, connectionId, startedAt, insteadOf: run.id});
	world.runs.set(later.id, later);
	start(world, session, later);
}

function start(world: World, session: Session, run: Run): void {
	session.active.add(run.id);
	noteChange(world, session, 'run-started');
	const turn = world.sessions.turn(session.key, async () => {
		const {fault, faultOptions, generation} = world.state;
		const announce = createAnnounce(world, run);
		const stage = {world, session, run, announce};
		if (run.stop.signal.aborted) {
			endAborted(stage);
			return;
		}

		const obeyed = obeyToolOrders(world, session, run.message);
		const heard = 'rest' in obeyed ? obeyed.rest : run.message;
		const reply = replyUnderFault(answer(heard, session.messages, generation), fault, faultOptions);
		await playRun(stage, reply);
		if (reply.afterwards === 'restart') world.state.restartSoon();
	});
	turn
		.catch((error: unknown) => {
			const text = error instanceof Error ? error.message : String(error);
			run.finish({status: 'error', at: world.state.now(), text});
			createAnnounce(world, run).chat({seq: 1, state: 'error', errorMessage: text});
		})
		.finally(() => {
			session.active.delete(run.id);
			// It was stopped before it came to them.
			if (run.stop.signal.reason === 'gone') return;
			for (const left of run.steered.splice(0)) answerLater(world, session, left);
			noteChange(world, session, 'run-ended');
		});
}

/** Tells those who asked for it that a session has changed. */
function noteChange(world: World, session: Session, reason: string): void {
	if (isOld(world)) return;
	world.broadcast(
		'sessions.changed',
		{sessionKey: session.key, reason, ts: world.state.now()},
		client => client.hearsSessions && mayRead(client),
	);
}
