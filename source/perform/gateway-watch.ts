import type {Evidence} from '../diagnosis/evidence.js';
import type {Gateway} from '../gateway/gateway.js';
import {pauseAfter} from './backoff.js';
import type {Clock} from './clock.js';
import {type Look, lookOnce} from './gateway-look.js';

/** A look, and when the next one comes; absent when the user has to ask for it. */
export type Sight = Look & {readonly nextLookAt?: number};

export interface GatewayWatch {
	/** Looks now instead of waiting for the timer. Looks do not overlap: during one, another follows it. */
	look(): void;
	/** The user asks: the result is reported even when nothing changed, and a refused token is tried again. */
	lookAsked(): void;
	/** Sockets and what was known of the peer are void: after sleep, or on another network. */
	lookAnew(): void;
	/** Resolves when a look under way has ended: a refusal that it met is on disk then. */
	stop(): Promise<void>;
}

/** Pause between two looks at a gateway that is well, in milliseconds. */
const calmPauseMs = 30_000;

/**
 * Time limit of one look, in milliseconds: a safety net. The limit of each request is shorter (10 s) and leaves better evidence.
 */
const lookLimitMs = 15_000;

/** Somebody waits for the first look: silence is said after so many milliseconds; the looks that follow are more patient. */
const firstLimitMs = 4_000;

export interface WatchSurroundings {
	readonly clock: Clock;
	/** A number from 0 up to 1; spreads the looks at a gateway that is away. */
	readonly random: () => number;
	/**
	 * One bare connection: how it failed, or undefined when somebody took it. With it a gateway that is away is looked at without asking
	 * anything, until it takes connections or fails in another way.
	 */
	readonly contact?: (gateway: Gateway, signal: AbortSignal) => Promise<string | undefined>;
	/** Pause before a refusal is looked at again, in milliseconds; undefined when waiting changes nothing. Absent: each is. */
	readonly pauseAfterRefusal?: (evidence: Evidence) => number | undefined;
}

/**
 * Watches one gateway, one look at a time. A look is `GET /healthz`; only the first one that succeeds after an absence also asks
 * whether the token is accepted, so that a wrong token does not look like a working connection. Reports news only: a change, the
 * next retry of a gateway that is away, and what the user asked for.
 */
export function watchGateway(gateway: Gateway, surroundings: WatchSurroundings, report: (sight: Sight) => void): GatewayWatch {
	const {clock, random} = surroundings;
	const contact = repeatedContact(gateway, surroundings);
	let known: Look['kind'] | undefined;
	let failures = 0;
	let looking: AbortController | undefined;
	let ended: Promise<void> | undefined;
	let callOff: (() => void) | undefined;
	let wanted: 'nothing' | 'look' | 'asked' = 'nothing';
	let stopped = false;

	const look = async (asked: boolean) => {
		const controller = new AbortController();
		looking = controller;
		const callOffLimit = clock.after(lookLimitMs, () => controller.abort('deadline'));
		if (asked) await gateway.forgetRefusal();
		const same = asked || known !== 'away' || surroundings.contact === undefined ? undefined : await contact.again(controller.signal);
		const found =
			same ??
			(await lookOnce(gateway, clock, controller.signal, {
				withAccess: asked || known !== 'usable',
				timeoutMs: known === undefined ? firstLimitMs : undefined,
			}));
		if (found.kind === 'away') contact.failed(found);
		callOffLimit();
		looking = undefined;
		if (!stopped) conclude(found, asked);
	};
	const conclude = (found: Look, asked: boolean) => {
		failures = found.kind === 'away' ? failures + 1 : 0;
		const pause = failures > 0 ? pauseAfter(failures, random()) : pauseOf(found, surroundings);
		const isNews = found.kind !== known || found.kind === 'away' || asked;
		known = found.kind;
		const next = wanted;
		wanted = 'nothing';
		if (next === 'nothing' && pause !== undefined) callOff = clock.after(pause, () => start('look'));
		if (isNews) report({...found, ...(pause !== undefined && {nextLookAt: clock.now() + pause})});
		if (next !== 'nothing') start(next);
	};
	const start = (what: 'look' | 'asked') => {
		if (stopped) return;
		if (looking !== undefined) {
			wanted = wanted === 'asked' ? 'asked' : what;
			return;
		}
		callOff?.();
		ended = look(what === 'asked');
	};

	return {
		look: () => start('look'),
		lookAsked: () => start('asked'),
		lookAnew() {
			gateway.forgetPeer();
			known = undefined;
			failures = 0;
			start('look');
		},
		async stop() {
			stopped = true;
			callOff?.();
			looking?.abort('stopped');
			await ended;
		},
	};
}

/** Nothing is asked of a refusal that only the user can end. */
function pauseOf({kind, evidence}: Look, {pauseAfterRefusal}: WatchSurroundings): number | undefined {
	return kind === 'refused' && pauseAfterRefusal !== undefined ? pauseAfterRefusal(evidence) : calmPauseMs;
}

/** Tells whether a gateway that was away is away in the same way, by one bare connection. */
function repeatedContact(gateway: Gateway, {contact}: WatchSurroundings) {
	let away: Look | undefined;
	let how: string | undefined;
	return {
		/** A look found nobody. */
		failed(look: Look) {
			away = look;
		},
		/** What was found before, when nothing changed; undefined when it is worth asking. */
		async again(signal: AbortSignal): Promise<Look | undefined> {
			const failure = await contact?.(gateway, signal);
			const isSame = failure !== undefined && failure === how;
			how = failure;
			return isSame ? away : undefined;
		},
	};
}
