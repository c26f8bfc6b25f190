import {closelyWatchedMs} from '../closely-watched.js';
import type {Evidence} from '../diagnosis/evidence.js';
import type {ControlNews, ControlState} from '../gateway/control-plane.js';
import type {Gateway} from '../gateway/gateway.js';
import {createBreakPause, pauseAfter, pauseAfterShutdown} from './backoff.js';
import type {Clock} from './clock.js';
import {type ControlWatch, createControlWatch} from './control-watch.js';
import {isEndingNow, secondLookAfterMs} from './ending-gateway.js';
import {type Look, lookOnce} from './gateway-look.js';
import {repeatedContact} from './repeated-contact.js';

/** A look, and when the next one comes; absent when the user has to ask for it, or when the gateway would tell that it goes. */
export type Sight = Look & {readonly nextLookAt?: number};

export interface GatewayWatch {
	/** Looks now instead of waiting for the timer. Looks do not overlap: during one, another follows it. */
	look(): void;
	/** The user asks: the result is reported even when nothing changed, and a refused token is tried again. */
	lookAsked(): void;
	/** Sockets and what was known of the peer are in doubt: after sleep, or on another network. */
	lookAnew(): void;
	/** Resolves when a look under way has ended: a refusal that it met is on disk then. */
	stop(): Promise<void>;
}

/** Pause between two looks at a gateway that is well and reached over HTTP alone, in milliseconds. */
const calmPauseMs = 30_000;

/**
 * Time limit of one look, in milliseconds: a safety net. The limit of each request is shorter (10 s) and leaves better evidence.
 */
const lookLimitMs = 15_000;

/** Somebody waits for the first look: silence is said after so many milliseconds; the looks that follow are more patient. */
const firstLimitMs = 4_000;
/** So long a control plane may take before questions go over HTTP, in milliseconds: at the start of a chat, and when a gateway is back. */
const controlPatienceMs = {first: 2_000, back: 1_000} as const;
/** A connection that broke is said when it is not back after so many milliseconds. */
const unsaidBreakMs = 1_000;

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
 * Watches one gateway, one look at a time. A look is `GET /healthz`, then an attempt at the control plane. Once that lets us in, nothing
 * is asked any more: the gateway tells when it goes. Else questions go over HTTP, and only the first look that succeeds after an absence
 * also asks whether the token is accepted there, so that a wrong token does not look like a working connection. Reports news only: a
 * change, the next retry of a gateway that is away, and what the user asked for.
 */
export function watchGateway(gateway: Gateway, surroundings: WatchSurroundings, report: (sight: Sight) => void): GatewayWatch {
	const {clock, random} = surroundings;
	const contact = repeatedContact(gateway, surroundings);
	const lifetime = new AbortController();
	const pauseAfterBreak = createBreakPause(random);
	let known: Look | undefined;
	let awaySince: number | undefined;
	let looking: AbortController | undefined;
	let ended: Promise<void> | undefined;
	let callOff: (() => void) | undefined;
	let callOffWord: (() => void) | undefined;
	let wanted: 'nothing' | 'look' | 'asked' = 'nothing';
	let isPeerInDoubt = false;
	let isDoubted = false;
	let openSince: number | undefined;
	let lastEnd: ControlEnd | undefined;

	const look = async (asked: boolean) => {
		const controller = new AbortController();
		looking = controller;
		const callOffLimit = clock.after(lookLimitMs, () => controller.abort('deadline'));
		if (asked) await gateway.forgetRefusal();
		const found = await see(asked, controller.signal);
		callOffLimit();
		callOffWord?.();
		looking = undefined;
		if (!lifetime.signal.aborted) conclude(found, asked);
	};
	const see = async (asked: boolean, signal: AbortSignal): Promise<Look> => {
		const alive = control.isOpen() ? await control.verify() : undefined;
		if (alive === undefined && isPeerInDoubt) forgetPeer();
		isPeerInDoubt = false;
		if (alive !== undefined) return alive;
		const same = asked || known?.kind !== 'away' || surroundings.contact === undefined ? undefined : await contact.again(signal);
		return same ?? lookWhole(asked, signal);
	};
	const lookWhole = async (asked: boolean, signal: AbortSignal): Promise<Look> => {
		const {look: found, dialled} = await lookOnce(gateway, clock, signal, {
			...control.plan(asked),
			withAccess: asked || known?.kind !== 'usable' || isOverControl(known),
			timeoutMs: known === undefined ? firstLimitMs : undefined,
			patienceMs: gateway.target.transport === 'ws' ? lookLimitMs : controlPatienceMs[known === undefined ? 'first' : 'back'],
			lifetime: lifetime.signal,
			endedLate,
		});
		if (dialled !== undefined) control.tried(dialled);
		if (found.kind === 'away') {
			contact.failed(found);
			control.forget();
		} else contact.forget();
		return found;
	};
	/** An attempt that outlived its look did not come to a connection; that it opened would have been heard. */
	const endedLate = (state: ControlState) => {
		if (lifetime.signal.aborted || known?.kind !== 'usable' || isOverControl(known) || state.kind === 'open') return;
		control.tried(state);
		if (looking !== undefined) return;
		callOff?.();
		callOff = clock.after(pauseOf(known, control, surroundings) ?? calmPauseMs, () => start('look'));
	};
	/** What is found a moment later is said of a gateway that was there and now hangs up: as a rule it is gone then. */
	const doubts = (found: Look, asked: boolean) => {
		isDoubted = !asked && !isDoubted && isEndingNow(known, found);
		if (isDoubted && wanted === 'nothing') callOff = clock.after(secondLookAfterMs, () => start('look'));
		return isDoubted && wanted === 'nothing';
	};
	const conclude = (found: Look, asked: boolean) => {
		if (doubts(found, asked)) return;
		awaySince = found.kind === 'away' ? (awaySince ?? clock.now()) : undefined;
		const outageMs = awaySince === undefined ? 0 : clock.now() - awaySince;
		const pause = found.kind === 'away' ? pauseAfter(outageMs, random()) : pauseOf(found, control, surroundings);
		const isNews = asked || isOther(known, found) || (found.kind === 'away' && outageMs < closelyWatchedMs);
		known = found;
		openSince = isOverControl(found) ? (openSince ?? clock.now()) : undefined;
		const next = wanted;
		wanted = 'nothing';
		if (next === 'nothing' && pause !== undefined) callOff = clock.after(pause, () => start('look'));
		if (isNews) report({...found, ...(pause !== undefined && {nextLookAt: clock.now() + pause})});
		if (next !== 'nothing') start(next);
		else if (isOverControl(found) && !control.isOpen() && lastEnd !== undefined) hearEnd(lastEnd);
		else if (found.kind === 'usable' && !isOverControl(found) && control.isOpen()) start('look');
	};
	const start = (what: 'look' | 'asked') => {
		if (lifetime.signal.aborted) return;
		if (looking !== undefined) {
			wanted = wanted === 'asked' ? 'asked' : what;
			return;
		}
		callOff?.();
		ended = look(what === 'asked');
	};
	const forgetPeer = () => {
		gateway.forgetPeer();
		control.forget();
		known = undefined;
		awaySince = undefined;
	};
	const sayAway = (evidence: Evidence, nextLookAt: number) => {
		known = {kind: 'away', evidence};
		awaySince ??= clock.now();
		report({...known, nextLookAt});
	};
	const hearEnd = ({closed: {shutdown}, evidence}: ControlEnd) => {
		control.forget();
		const livedMs = clock.now() - (openSince ?? clock.now());
		openSince = undefined;
		const pause = shutdown === undefined ? pauseAfterBreak(livedMs) : pauseAfterShutdown(shutdown.restartExpectedMs);
		if (pause === 0) {
			start('look');
			callOffWord = clock.after(unsaidBreakMs, () => sayAway(evidence, clock.now()));
			return;
		}
		callOff?.();
		callOff = clock.after(pause, () => start('look'));
		sayAway(evidence, clock.now() + pause);
	};
	const control = createControlWatch(gateway, surroundings, news => {
		lastEnd = news.kind === 'closed' ? news : undefined;
		// A look under way sees it itself.
		if (looking !== undefined || lifetime.signal.aborted) return;
		if (news.kind === 'opened') start('look');
		else if (isOverControl(known)) hearEnd(news);
	});

	return {
		look: () => start('look'),
		lookAsked: () => start('asked'),
		lookAnew() {
			if (control.isOpen()) isPeerInDoubt = true;
			else forgetPeer();
			start('look');
		},
		async stop() {
			control.stop();
			callOff?.();
			callOffWord?.();
			lifetime.abort('stopped');
			looking?.abort('stopped');
			await ended;
		},
	};
}

/** Nothing is asked of a gateway that would tell, nor of a refusal that only the user can end. */
function pauseOf(found: Look, control: ControlWatch, {pauseAfterRefusal}: WatchSurroundings): number | undefined {
	if (isOverControl(found)) return undefined;
	const isRefused = found.kind === 'refused' && pauseAfterRefusal !== undefined;
	const pauses = [isRefused ? pauseAfterRefusal(found.evidence) : calmPauseMs, control.dueInMs()].filter(pause => pause !== undefined);
	return pauses.length === 0 ? undefined : Math.min(...pauses);
}

type ControlEnd = ControlNews & {readonly kind: 'closed'};

function isOverControl(found: Look | undefined): boolean {
	return found?.kind === 'usable' && found.via.transport === 'ws';
}

/** Whether something else is true now. What a bare connection found again is the same evidence. */
function isOther(known: Look | undefined, found: Look): boolean {
	if (known?.kind !== found.kind) return true;
	if (found.kind === 'away') return known.evidence !== found.evidence;
	if (found.kind === 'refused' || known.kind !== 'usable') return false;
	const names = ['transport', 'missing', 'version', 'bootId', 'approvals', 'refusedToken'] as const;
	return names.some(name => known.via[name] !== found.via[name]);
}
