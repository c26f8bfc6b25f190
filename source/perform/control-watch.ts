import {canConverse} from '../gateway/chosen-transport.js';
import type {ControlNews, ControlState} from '../gateway/control-plane.js';
import type {Gateway} from '../gateway/gateway.js';
import type {Clock} from './clock.js';
import {controlPause} from './control-pause.js';
import {type Look, type LookPlan, viaControl} from './gateway-look.js';
import {missingControl} from './missing-control.js';

/** What a watch knows of the control plane of its gateway: when it is dialled, whether it is still there. */
export interface ControlWatch {
	/** Whether a look dials it now, and if not, why. @param isAsked The user wants to know. */
	plan(isAsked: boolean): Pick<LookPlan, 'dial' | 'missing' | 'isDialling'>;
	/** What came of an attempt. */
	tried(state: ControlState): void;
	/** Until the next attempt, in milliseconds; undefined when there is none by itself. */
	dueInMs(): number | undefined;
	/** The gateway was away, or is another one now: what it refused before says nothing any more. */
	forget(): void;
	/** Questions go over it, as far as is known. */
	isOpen(): boolean;
	/** Asks over the connection, and over nothing else, whether it is alive; undefined when there is none, or it was not and was dropped. */
	verify(): Promise<Look | undefined>;
	stop(): void;
}

interface Surroundings {
	readonly clock: Clock;
	readonly random: () => number;
}

/** Milliseconds in which a connection that stands answers. */
const verifyLimitMs = 3_000;
/** For the end of a connection that was dropped, in milliseconds. */
const goodbyeMs = 1_500;
/** Answers a client gives itself. */
const ownErrors: ReadonlySet<string> = new Set(['disconnected', 'timeout', 'cancelled']);

/** @param hear Told of every connection that opens or ends, unless this watch ends it itself. */
export function createControlWatch(
	gateway: Gateway,
	{clock, random}: Surroundings,
	hear: (news: ControlNews & {readonly kind: 'opened' | 'closed'}) => void,
): ControlWatch {
	const {control, target} = gateway;
	const transport = target.transport ?? 'auto';
	let missed: {readonly state: ControlState; readonly attempts: number; readonly since: number; readonly dueAt?: number} | undefined;
	let dropping = false;
	const stopHearing =
		transport === 'http'
			? undefined
			: control.hear(news => {
					if ((news.kind === 'opened' || news.kind === 'closed') && !dropping) hear(news);
				});
	const isOpen = () => transport !== 'http' && canConverse(control.state);
	/** Resolves when the connection is gone; a peer that is not there says no goodbye, and is not waited for. */
	const drop = async () => {
		dropping = true;
		await new Promise<void>(resolve => {
			const callOff = clock.after(goodbyeMs, () => gone());
			const stopWaiting = control.hear(({kind}) => kind === 'closed' && gone());
			const gone = () => {
				callOff();
				stopWaiting();
				resolve();
			};
			control.disconnect();
		});
		dropping = false;
	};
	return {
		plan(isAsked) {
			if (transport === 'http') return {};
			const isDue = isAsked || missed === undefined || (missed.dueAt !== undefined && clock.now() >= missed.dueAt);
			if (transport === 'ws') return {dial: 'only'};
			if (isDue || missed === undefined) return {dial: 'first'};
			return {missing: missingControl(missed.state), isDialling: missed.state.kind === 'connecting'};
		},
		tried(state) {
			if (canConverse(state)) {
				missed = undefined;
				return;
			}
			const since = missed?.since ?? clock.now();
			// One that a look did not wait for is told twice: that it takes its time, and how it ended.
			const attempts = missed?.state.kind === 'connecting' ? missed.attempts : (missed?.attempts ?? 0) + 1;
			const pause = controlPause(state, {attempts, sinceMs: clock.now() - since}, random());
			missed = {state, since, attempts, ...(pause !== undefined && {dueAt: clock.now() + pause})};
		},
		dueInMs: () => (missed?.dueAt === undefined ? undefined : Math.max(0, missed.dueAt - clock.now())),
		forget() {
			missed = undefined;
		},
		isOpen,
		async verify() {
			if (!isOpen()) return undefined;
			const begunAt = clock.now();
			const answer = await control.call('system-presence', {}, {timeoutMs: verifyLimitMs});
			const {state} = control;
			if (!canConverse(state)) return undefined;
			if (!answer.ok && ownErrors.has(answer.error.code)) {
				await drop();
				return undefined;
			}
			const evidence = {...gateway.describe(), observations: [state.hello.welcomed]};
			return {kind: 'usable', latencyMs: clock.now() - begunAt, evidence, via: viaControl(state.hello)};
		},
		stop: () => stopHearing?.(),
	};
}
