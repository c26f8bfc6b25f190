import {setTimeout as wait} from 'node:timers/promises';
import {answer} from './agent.js';
import {type Announce, createAnnounce} from './announce.js';
import {failRun} from './fail-run.js';
import {endOddly, strikeOddly} from './oddity.js';
import type {Reply} from './reply.js';
import type {Run} from './runs.js';
import type {Session} from './sessions.js';
import {playSteps} from './steps.js';
import {isOld, type World} from './world.js';

/** How long text is gathered before it is sent: about 75 ms on 2026.9.6, 150 ms on 2026.2.9. */
const gatherMs = {'2026.9.6': 75, '2026.2.9': 150} as const;

/** What a run is played with. */
export interface Stage {
	readonly world: World;
	readonly session: Session;
	readonly run: Run;
	readonly announce: Announce;
}

/** Plays a reply as the events of a run, to its end. An abort ends it between two events; what was said is kept. */
export async function playRun(stage: Stage, reply: Reply): Promise<void> {
	const {world, session, run, announce} = stage;
	const {signal} = run.stop;
	run.isWorking = true;
	try {
		announce.phase('preparing_workspace');
		announce.phase('preparing_context');
		world.sessions.add(session, {role: 'user', text: run.message, at: run.startedAt, runId: run.insteadOf ?? run.id});
		announce.agent('lifecycle', {phase: 'start', startedAt: run.startedAt});
		announce.phase('starting_model');
		if (!isOld(world)) announce.agent('lifecycle', {phase: 'model', provider: 'fake', model: modelOf(session)});
		await playSteps(stage, reply.steps ?? []);
		await wait(reply.firstTokenMs ?? 0, undefined, {signal});
		await playPieces(stage, reply);
		const last = reply.ending.kind === 'finished' ? await playSteered(stage, reply) : reply;
		await playEnding(stage, last);
	} catch (error) {
		if (!signal.aborted) throw error;
		endAborted(stage);
	}
}

/** Answers what was asked meanwhile, in the same run, and gives the last answer. */
async function playSteered(stage: Stage, reply: Reply): Promise<Reply> {
	const {world, session, run} = stage;
	let last = reply;
	for (let asked = run.steered.shift(); asked; asked = run.steered.shift()) {
		world.sessions.add(session, {role: 'assistant', text: last.pieces.join(''), runId: run.id, stopReason: 'stop'});
		asked.finish({status: 'ok', at: world.state.now(), text: ''});
		createAnnounce(world, asked).chat({seq: 1, state: 'final'});
		last = answer(asked.message, session.messages, world.state.generation);
		world.sessions.add(session, {role: 'user', text: asked.message, at: asked.startedAt, runId: asked.id});
		await playPieces(stage, last, '\n\n');
	}

	return last;
}

function modelOf(session: Session): string {
	return (session.model ?? 'fake/fake-1').replace(/^[^/]*\//, '');
}

async function playPieces(stage: Stage, reply: Reply, before = ''): Promise<void> {
	const {world, run, announce} = stage;
	const rate = reply.tokensPerSecond ?? world.state.tokensPerSecond;
	const startedAt = performance.now();
	const gathered = gatherText(stage);
	let heldBack = before;
	for (const [index, piece] of reply.pieces.entries()) {
		if (reply.oddity?.at === index) strikeOddly(stage, reply.oddity.kind);
		// White space at the end waits for more text, as over HTTP.
		const pending = heldBack + piece;
		const text = pending.trimEnd();
		heldBack = pending.slice(text.length);
		if (text !== '') {
			run.text += text;
			announce.agent('assistant', {text: run.text, delta: text});
			gathered.add(text);
		}

		const dueInMs = rate > 0 ? startedAt + ((index + 1) * 1000) / rate - performance.now() : 0;
		if (dueInMs > 0 || index % 64 === 63) {
			await wait(Math.max(dueInMs, 0), undefined, {signal: run.stop.signal});
		}
		run.stop.signal.throwIfAborted();
	}

	// 2026.2.9 leaves what it has not sent yet to the end.
	if (!isOld(world)) gathered.flush();
}

/** Sends text in `delta` events: the first piece at once, then what has gathered. */
function gatherText({world, run, announce}: Stage): {add(text: string): void; flush(): void} {
	let waiting = '';
	let sentAt = Number.NEGATIVE_INFINITY;
	const flush = () => {
		if (waiting === '') return;
		announce.chat({state: 'delta', ...(isOld(world) ? {} : {deltaText: waiting}), message: announce.message(run.text)});
		waiting = '';
		sentAt = performance.now();
	};
	return {
		add(text) {
			waiting += text;
			if (performance.now() - sentAt >= gatherMs[world.state.generation]) flush();
		},
		flush,
	};
}

async function playEnding(stage: Stage, reply: Reply): Promise<void> {
	const {ending} = reply;
	switch (ending.kind) {
		case 'finished':
		case 'without-mark':
			finish(stage, reply, ending.kind === 'finished' ? ending.finishReason : 'stop');
			break;
		case 'empty':
			finish(stage, reply, 'stop');
			break;
		case 'stalled':
			await stalled(stage.run.stop.signal);
			break;
		case 'failed':
			await failRun(stage, ending);
			break;
		case 'cut':
		case 'closed-early':
		case 'garbage':
		case 'too-large-line':
			// Faults of a connection: all that is connected goes, and the run goes on without it.
			for (const client of stage.world.clients) client.drop();
			finish(stage, reply, 'stop');
			break;
	}
}

async function stalled(signal: AbortSignal): Promise<void> {
	await new Promise((_, reject) => {
		signal.addEventListener('abort', () => reject(new Error('stopped')), {once: true});
		if (signal.aborted) reject(new Error('stopped'));
	});
}

function finish(stage: Stage, reply: Reply, stopReason: string): void {
	const {world, session, run, announce} = stage;
	const {oddity} = reply;
	const at = world.state.now();
	const old = isOld(world);
	if (!old) announce.agent('usage', {outputTokens: reply.pieces.length});
	const whole = reply.pieces.join('');
	if (whole !== '' || old)
		world.sessions.add(session, {role: 'assistant', text: whole, runId: run.id, stopReason, outputTokens: reply.pieces.length});
	session.lastRunId = run.id;
	run.finish({status: 'ok', at, text: run.text, stopReason});
	const end = {phase: 'end', endedAt: at};
	const terminalReply = {disposition: run.text === '' ? 'silent' : 'visible', text: run.text};
	announce.agent('lifecycle', old ? end : {stopReason, aborted: false, ...end, startedAt: run.startedAt, terminalReply});
	announce.chat({
		state: 'final',
		...(old ? {} : {stopReason}),
		...(run.text === '' || oddity?.kind === 'silent-final' ? {} : {message: announce.message(run.text)}),
	});
	if (oddity) endOddly(stage, oddity.kind);
}

/** Keeps what was said. 2026.2.9 sends nothing of it, and keeps neither it nor the question. */
export function endAborted({world, session, run, announce}: Stage): void {
	// The process is gone: what it had not written down is lost.
	if (run.stop.signal.reason === 'gone') {
		run.finish({status: 'error', at: world.state.now(), text: 'gone'});
		return;
	}

	const at = world.state.now();
	const old = isOld(world);
	session.wasAborted = true;
	session.lastRunId = run.id;
	if (old) world.sessions.forget(session, run.id);
	if (!old && run.text !== '')
		world.sessions.add(session, {role: 'assistant', text: run.text, runId: run.id, stopReason: 'aborted', isInjected: true});
	run.finish({status: 'aborted', at, text: 'aborted', stopReason: 'rpc'});
	const message = old || run.text === '' ? {} : {message: announce.message(run.text)};
	announce.chat({state: 'aborted', stopReason: 'rpc', ...message});
	if (!old)
		announce.agent('lifecycle', {
			phase: 'end',
			status: 'cancelled',
			aborted: true,
			stopReason: 'rpc',
			startedAt: run.startedAt,
			endedAt: at,
		});
}
