import {readSessionNews} from '../gateway/control/session-news.js';
import type {ControlNews, ControlPlane} from '../gateway/control-plane.js';
import type {Clock} from './clock.js';
import {createOtherRuns} from './other-runs.js';

/** A session of the gateway in which others may speak. */
export interface FollowedSession {
	readonly control: ControlPlane;
	/** With the agent, as events name it. */
	readonly key: string;
	/** What the ids of our questions begin with. */
	readonly own: string;
	readonly isOld: () => boolean;
	readonly after: Clock['after'];
	/** Ends it. */
	readonly signal: AbortSignal;
	/** Looks at its history. */
	readonly look: () => Promise<void>;
	/** Says a line to the user. */
	readonly say: (text: string) => void;
	/** Tells that the agent is at work for somebody else, and the end of what it has said so far; absent: no more. */
	readonly atWork: (text: string | undefined) => void;
}

/** Others' messages come in bursts: one look for all of them. Milliseconds. */
const gatherMs = 120;

/**
 * Looks at the session's history whenever something was said in it by somebody else, after events were lost, and after a reconnect; tells
 * meanwhile that the agent is at work for others.
 * Events of other sessions come, too: they are of no concern.
 *
 * @param catchUp Looks at once, too.
 */
export async function followSession(session: FollowedSession, catchUp: boolean): Promise<void> {
	const {control, key, own, after, signal, look, isOld, atWork} = session;
	const others = createOtherRuns({key, isOwn: runId => isOwn(runId, own), after, tell: atWork});
	let callOff: (() => void) | undefined;
	let last: Promise<void> = Promise.resolve();
	const lookSoon = () => {
		// What was asked before the session was left is answered all the same.
		if (signal.aborted) return;
		callOff ??= after(gatherMs, () => {
			callOff = undefined;
			// A look that fails is made again with the next thing that is said.
			last = last
				.then(look)
				.catch(() => undefined)
				.then(others.report);
		});
	};
	const subscription = createSubscription(session, lookSoon);
	const stop = control.hear(news => {
		if (news.kind === 'opened') void subscription.ask().then(lookSoon);
		if (news.kind === 'closed') others.forget();
		others.hear(news);
		if (news.kind === 'gap' || isOfOthers(news, key, own)) lookSoon();
	});
	signal.addEventListener('abort', () => {
		callOff?.();
		others.stop();
		subscription.stop();
		stop();
		if (control.state.kind === 'open' && !isOld()) void control.call('sessions.messages.unsubscribe', {key});
	});
	// What was told of another session, or before the connection went, is told no more.
	atWork(undefined);
	await subscription.ask();
	if (catchUp && !signal.aborted) await look();
}

interface Subscription {
	/** Resolves when the gateway has answered, whatever it says. */
	ask(): Promise<void>;
	stop(): void;
}

/** Pauses between attempts, milliseconds; the last one stands for all that follow. A gateway that starts refuses for seconds. */
const pausesMs = [2_000, 15_000, 60_000, 300_000];
/** The second failure is said. */
const saidAt = 2;

/** @param heardAgain It is told again what others say, and was not for a while. */
function createSubscription({control, key, isOld, after, signal, say}: FollowedSession, heardAgain: () => void): Subscription {
	let failures = 0;
	let attempt = 0;
	let callOff: (() => void) | undefined;
	const ask = async (): Promise<void> => {
		callOff?.();
		// 2026.2.9 knows no subscriptions: it tells everybody everything.
		if (isOld()) return;
		const mine = ++attempt;
		const answer = await control.call('sessions.messages.subscribe', {key}, {signal});
		if (signal.aborted || mine !== attempt) return;
		if (answer.ok) {
			if (failures >= saidAt) say('The gateway tells again what others say in this session.');
			if (failures > 0) heardAgain();
			failures = 0;
			return;
		}
		// It is asked again when the connection is back.
		if (answer.error.code === 'disconnected') return;
		failures += 1;
		if (failures === saidAt) say(refusedWords(answer.error.message));
		callOff = after(pausesMs[failures - 1] ?? pausesMs.at(-1) ?? 0, () => void ask());
	};
	return {ask, stop: () => callOff?.()};
}

function refusedWords(message: string): string {
	return `What others say in this session may be missing here: the gateway does not tell of it (${message}). It is asked again from time to time.`;
}

/** Our questions are numbered. */
function isOwn(runId: string, own: string): boolean {
	return runId.startsWith(own) && /^\d+$/.test(runId.slice(own.length));
}

/** Whether somebody else said something in this session, or had it said. */
function isOfOthers(news: ControlNews, key: string, own: string): boolean {
	if (news.kind !== 'event') return false;
	const told = readSessionNews(news.name, news.payload);
	if (told === undefined || told.key.toLowerCase() !== key.toLowerCase()) return false;
	const {runId} = told;
	return runId === undefined || !isOwn(runId, own);
}
