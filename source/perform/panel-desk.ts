import type {Command} from '../chat/command.js';
import type {Event} from '../chat/event.js';
import type {Evidence} from '../diagnosis/evidence.js';
import type {Dispatch} from '../store.js';
import type {Clock} from './clock.js';
import type {GatewayLink} from './gateway-link.js';
import {createHiddenText, type HiddenKey} from './hidden-text.js';
import type {PanelWork} from './panel-work.js';

export type PanelCommand = Extract<
	Command,
	{
		type:
			| 'look-closely'
			| 'stop-looking'
			| 'await-change'
			| 'look-for-change'
			| 'copy-fix'
			| 'prepare-report'
			| 'write-report'
			| 'use-address'
			| 'save-address'
			| 'renew-token'
			| 'try-typed-token'
			| 'forget-typed-token'
			| 'save-token';
	}
>;

/** Carries out what the connection panel orders. */
export interface PanelDesk {
	perform(command: PanelCommand, dispatch: Dispatch): void;
	/** A key of the hidden token; its text stays here. */
	typeHidden(key: HiddenKey, dispatch: Dispatch): void;
	close(): void;
}

interface Desk {
	readonly clock: Clock;
	readonly link: GatewayLink;
	readonly work: PanelWork;
	readonly signal: AbortSignal;
	readonly hidden: ReturnType<typeof createHiddenText>;
	/** Looks for a change so far. */
	readonly patience: {looks: number};
}

/** @param load Loads the work when it is first needed. */
export function createPanelDesk(clock: Clock, link: GatewayLink, load: () => Promise<PanelWork>): PanelDesk {
	const lifetime = new AbortController();
	const hidden = createHiddenText();
	const patience = {looks: 0};
	let work: Promise<PanelWork> | undefined;
	let looking: AbortController | undefined;
	const carryOut = async (command: PanelCommand, dispatch: Dispatch) => {
		if (command.type === 'stop-looking') return looking?.abort('closed');
		if (command.type === 'forget-typed-token') return hidden.forget();
		if (command.type === 'look-closely') {
			looking?.abort('another look');
			looking = new AbortController();
		}
		const signal = command.type === 'look-closely' && looking ? looking.signal : lifetime.signal;
		work ??= load();
		const desk: Desk = {clock, link, work: await work, signal, hidden, patience};
		const happened = await doOne(desk, command, dispatch);
		if (happened && !lifetime.signal.aborted) dispatch({...happened, at: clock.now()} as Event);
	};
	return {
		perform: (command, dispatch) => void carryOut(command, dispatch),
		typeHidden(key, dispatch) {
			dispatch({type: 'panel-token-typed', at: clock.now(), length: hidden.press(key)});
		},
		close() {
			lifetime.abort('closed');
			looking?.abort('closed');
			hidden.forget();
		},
	};
}

type Happened = Event extends infer Kind ? (Kind extends Event ? Omit<Kind, 'at'> : never) : never;

async function doOne(
	desk: Desk,
	command: Exclude<PanelCommand, {type: 'stop-looking' | 'forget-typed-token'}>,
	dispatch: Dispatch,
): Promise<Happened | undefined> {
	const {work, link, hidden} = desk;
	const {target} = link.gateway;
	switch (command.type) {
		case 'look-closely':
			return lookClosely(desk, command, dispatch);
		case 'await-change': {
			const pause = work.pauseOf(command.evidence, command.cause);
			return pause === undefined ? undefined : waits(desk, pause, 1);
		}
		case 'look-for-change':
			return lookForChange(desk);
		case 'copy-fix':
			return {type: 'panel-copied', text: work.copyFix(command.evidence, command.cause, command.number)};
		case 'prepare-report':
			return {type: 'panel-report-prepared', text: await work.makeReport(command.evidence, command.cause)};
		case 'write-report':
			return {type: 'panel-told', text: await work.writeReport(command.text)};
		case 'use-address':
			return goToAddress(desk, command.origin, dispatch);
		case 'save-address':
			return {type: 'panel-told', text: await work.saveAddress(command.origin)};
		case 'renew-token':
			return renewToken(desk, command, dispatch);
		case 'try-typed-token': {
			const tried = await work.tryToken(hidden.text(), target, desk.signal);
			if (!tried.ok) hidden.forget();
			if (!tried.ok) return {type: 'panel-token-wanted', why: tried.why};
			link.adopt(tried.gateway, dispatch);
			if (tried.canSave) return {type: 'panel-token-accepted'};
			hidden.forget();
			return {type: 'panel-told', text: 'The gateway accepts the token; it is used in this run.'};
		}
		case 'save-token': {
			const said = await work.saveToken(hidden.text());
			hidden.forget();
			return {type: 'panel-told', text: said};
		}
	}
}

/** A full look at the gateway, told as it goes. What comes after it was ended changes nothing. */
async function lookClosely(
	{work, link, clock, signal}: Desk,
	{lookId, manual}: Extract<PanelCommand, {type: 'look-closely'}>,
	dispatch: Dispatch,
): Promise<Happened | undefined> {
	const [{collect}, options] = await Promise.all([import('../diagnosis/probes/collect.js'), work.lookOptions()]);
	const tell = (evidence: Evidence, isComplete: boolean): Happened => ({type: 'panel-observed', lookId, evidence, isComplete});
	const onObserved = (evidence: Evidence) => {
		if (!signal.aborted) dispatch({...tell(evidence, false), at: clock.now()} as Event);
	};
	const evidence = await collect(link.gateway, {...options, depth: 'standard', manual, signal, onObserved, now: clock.now});
	return signal.aborted ? undefined : tell(evidence, true);
}

/** A gateway that says to wait one second may say so for minutes. */
const shortestPauseMs = 2_000;
const longestPauseMs = 60_000;

function waits({clock, patience}: Desk, pauseMs: number, looks: number): Happened {
	patience.looks = looks;
	return {type: 'panel-waits', until: clock.now() + Math.max(shortestPauseMs, pauseMs)};
}

/** Asks without the token: it may go out again when the gateway's own time is over, and with a question of the user only. */
async function lookForChange(desk: Desk): Promise<Happened> {
	const {gateway} = desk.link;
	const looks = desk.patience.looks + 1;
	const locked = await gateway.retryInMs();
	if (locked !== undefined && locked > 0) return waits(desk, locked, looks);
	const health = await gateway.checkHealth(desk.signal);
	const isReady = health.value === 'live' && (await gateway.checkReadiness(desk.signal)).value === 'ready';
	return isReady ? {type: 'panel-passed'} : waits(desk, Math.min(longestPauseMs, shortestPauseMs * 2 ** looks), looks);
}

async function goToAddress({work, link}: Desk, origin: string, dispatch: Dispatch): Promise<Happened> {
	const opened = await work.openAddress(origin, link.gateway.target);
	if (!opened.ok) return {type: 'panel-told', text: opened.problem};
	const {gateway, place, canSave} = opened;
	link.adopt(gateway, dispatch);
	return {type: 'panel-address-used', place, canSave};
}

async function renewToken(
	{work, link, signal}: Desk,
	{evidence, cause}: Extract<PanelCommand, {type: 'renew-token'}>,
	dispatch: Dispatch,
): Promise<Happened> {
	const renewed = await work.renewToken(evidence, cause, link.gateway.target, signal);
	if (renewed.kind === 'wanted') return {type: 'panel-token-wanted', why: renewed.why};
	if (renewed.kind === 'accepted') link.adopt(renewed.gateway, dispatch);
	return {type: 'panel-told', text: renewed.said};
}
