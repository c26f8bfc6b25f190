import type {Command, PanelOrder} from '../chat/command.js';
import type {Event} from '../chat/event.js';
import type {Evidence} from '../diagnosis/evidence.js';
import type {Dispatch} from '../store.js';
import type {Clock} from './clock.js';
import type {GatewayLink} from './gateway-link.js';
import {createHiddenText, type HiddenKey} from './hidden-text.js';
import type {PanelWork} from './panel-work.js';

export type PanelCommand = Extract<Command, PanelOrder | {type: 'drop-order' | 'forget-typed-token'}>;

/** Carries out what the connection panel orders. */
export interface PanelDesk {
	perform(command: PanelCommand, dispatch: Dispatch): void;
	/** A key of the hidden token; its text stays here. */
	typeHidden(key: HiddenKey, dispatch: Dispatch): void;
	/** Ends what can be ended; resolves when what is being saved is saved. */
	close(): Promise<void>;
}

interface Desk {
	readonly clock: Clock;
	readonly link: GatewayLink;
	readonly work: PanelWork;
	readonly hidden: ReturnType<typeof createHiddenText>;
	/** Of one order: aborted when its answer is not wanted any more. */
	readonly signal: AbortSignal;
}

/** @param load Loads the work when it is first needed. */
export function createPanelDesk(clock: Clock, link: GatewayLink, load: () => Promise<PanelWork>): PanelDesk {
	const orders = new Map<number, AbortController>();
	const saving = new Set<Promise<void>>();
	const hidden = createHiddenText();
	let work: Promise<PanelWork> | undefined;
	const carryOut = async (order: PanelOrder, signal: AbortSignal, dispatch: Dispatch) => {
		work ??= load();
		const desk: Desk = {clock, link, work: await work, signal, hidden};
		const tell = (happened: Happened) => {
			if (!signal.aborted) dispatch({...happened, orderId: order.orderId, at: clock.now()} as Event);
		};
		const happened = await doOne(desk, order, tell);
		if (happened) tell(happened);
	};
	const begin = (order: PanelOrder, dispatch: Dispatch) => {
		const controller = new AbortController();
		orders.set(order.orderId, controller);
		const ended = carryOut(order, controller.signal, dispatch).finally(() => {
			saving.delete(ended);
			if (orders.get(order.orderId) === controller) orders.delete(order.orderId);
		});
		if (savingOrders.has(order.type)) saving.add(ended);
	};
	return {
		perform(command, dispatch) {
			if (command.type === 'forget-typed-token') hidden.forget();
			else if (command.type === 'drop-order') orders.get(command.orderId)?.abort('dropped');
			else begin(command, dispatch);
		},
		typeHidden(key, dispatch) {
			dispatch({type: 'panel-token-typed', at: clock.now(), length: hidden.press(key)});
		},
		async close() {
			for (const controller of orders.values()) controller.abort('closed');
			hidden.forget();
			await Promise.all(saving);
		},
	};
}

/** What must not be cut short. */
const savingOrders: ReadonlySet<PanelOrder['type']> = new Set(['write-report', 'save-address', 'save-token']);

/** An event without its moment and the id of its order. */
type Happened = Event extends infer Kind ? (Kind extends {orderId: number} ? Omit<Kind, 'at' | 'orderId'> : never) : never;
type Tell = (happened: Happened) => void;

async function doOne(desk: Desk, order: PanelOrder, tell: Tell): Promise<Happened | undefined> {
	const {work, hidden} = desk;
	switch (order.type) {
		case 'look-closely':
			return lookClosely(desk, order.manual, tell);
		case 'await-change': {
			const pause = work.pauseOf(order.evidence, order.cause);
			return pause === undefined ? undefined : waits(desk, pause);
		}
		case 'look-for-change':
			return lookForChange(desk, order.looks);
		case 'copy-fix':
			return {type: 'panel-told', text: work.copyFix(order.evidence, order.cause, order.number)};
		case 'prepare-report':
			return {type: 'panel-report-prepared', text: await work.makeReport(order.evidence, order.cause)};
		case 'write-report':
			return {type: 'panel-told', text: await work.writeReport(order.text)};
		case 'use-address':
			return goToAddress(desk, order.origin, tell);
		case 'save-address':
			return {type: 'panel-told', text: await work.saveAddress(order.origin)};
		case 'renew-token':
			hidden.forget();
			return renewToken(desk, order);
		case 'try-typed-token':
			return tryTypedToken(desk);
		case 'save-token': {
			const token = hidden.text();
			hidden.forget();
			return {type: 'panel-told', text: await work.saveToken(token)};
		}
	}
}

/** A full look at the gateway, told as it goes. */
async function lookClosely({work, link, clock, signal}: Desk, manual: boolean, tell: Tell): Promise<Happened> {
	const {gateway} = link;
	const [{collect}, options] = await Promise.all([import('../diagnosis/probes/collect.js'), work.lookOptions(gateway.target)]);
	const onObserved = (evidence: Evidence) => tell({type: 'panel-observed', evidence, isComplete: false});
	const evidence = await collect(gateway, {...options, depth: 'standard', manual, signal, onObserved, now: clock.now});
	return {type: 'panel-observed', evidence, isComplete: true};
}

/** A gateway that says to wait one second may say so for minutes. */
const shortestPauseMs = 2_000;
const longestPauseMs = 60_000;

function waits({clock}: Desk, pauseMs: number): Happened {
	return {type: 'panel-waits', until: clock.now() + Math.max(shortestPauseMs, pauseMs)};
}

/** Asks without the token: it may go out again when the gateway's own time is over, and with a question of the user only. */
async function lookForChange(desk: Desk, looks: number): Promise<Happened> {
	const {gateway} = desk.link;
	const locked = await gateway.retryInMs();
	if (locked !== undefined && locked > 0) return waits(desk, locked);
	const health = await gateway.checkHealth(desk.signal);
	const isReady = health.value === 'live' && (await gateway.checkReadiness(desk.signal)).value === 'ready';
	return isReady ? {type: 'panel-passed'} : waits(desk, Math.min(longestPauseMs, shortestPauseMs * 2 ** (looks + 1)));
}

async function goToAddress({work, link, signal}: Desk, origin: string, tell: Tell): Promise<Happened | undefined> {
	const opened = await work.openAddress(origin, link.gateway.target);
	if (!opened.ok) return {type: 'panel-told', text: opened.problem};
	const {gateway, place, canSave} = opened;
	if (signal.aborted) return void gateway.close();
	// Told at once: what the gateway answers comes after that.
	link.adopt(gateway);
	tell({type: 'panel-address-used', place, canSave});
	return undefined;
}

async function renewToken(
	{work, link, signal}: Desk,
	{evidence, cause}: PanelOrder & {type: 'renew-token'},
): Promise<Happened | undefined> {
	const renewed = await work.renewToken(evidence, cause, link.gateway.target, signal);
	if (renewed.kind === 'wanted') return {type: 'panel-token-wanted', why: renewed.why};
	if (renewed.kind === 'pointless') return {type: 'panel-told', text: renewed.said};
	if (signal.aborted) return void renewed.gateway.close();
	link.adopt(renewed.gateway);
	return {type: 'panel-told', text: renewed.said};
}

async function tryTypedToken({work, link, hidden, signal}: Desk): Promise<Happened | undefined> {
	const tried = await work.tryToken(hidden.text(), link.gateway.target, signal);
	if (signal.aborted) return void (tried.ok && tried.gateway.close());
	if (!tried.ok) {
		hidden.forget();
		return {type: 'panel-token-wanted', why: tried.why};
	}
	link.adopt(tried.gateway);
	if (tried.savedIn !== undefined) return {type: 'panel-token-accepted', savedIn: tried.savedIn};
	hidden.forget();
	return {type: 'panel-told', text: 'The gateway accepts the token; it is used in this run.'};
}
