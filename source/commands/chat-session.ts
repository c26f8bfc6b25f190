import {randomUUID} from 'node:crypto';
import type {Command} from '../chat/command.js';
import type {Event} from '../chat/event.js';
import {initialState} from '../chat/initial-state.js';
import type {Place} from '../chat/state.js';
import type {Gateway} from '../gateway/gateway.js';
import {systemClock} from '../perform/clock.js';
import type {Performer, World} from '../perform.js';
import {createStore, type Dispatch, type Store} from '../store.js';

/** What a chat is opened with; nothing of it is sent or loaded before the first paint. */
export interface ChatOpening {
	readonly openGateway: () => Promise<Gateway>;
	readonly openProfile: World['openProfile'];
	readonly openTunnel?: World['openTunnel'];
	readonly hearPath?: World['hearPath'];
	readonly place: Place;
	readonly agent?: string;
	readonly model?: string;
	readonly sessionKey?: string;
	/** clawtalk's own folder, where conversations are kept; absent = nothing is written to disk. */
	readonly home?: string;
	readonly banner?: string;
}

/** Store and performer of one chat. The store works at once; the performer is loaded by `connect`, and commands wait for it. */
export interface ChatSession {
	readonly store: Store;
	/** Adds the time to what happened. */
	happened(event: EventWithoutTime): void;
	connect(surroundings: {clearScreen(): void}): Promise<void>;
	/** Resolves when everything is on disk and the sockets are closed. */
	close(): Promise<void>;
}

export type EventWithoutTime = Event extends infer Kind ? (Kind extends Event ? Omit<Kind, 'at'> : never) : never;

/** @param observe Hears every event before the state changes. */
export function createChatSession(opening: ChatOpening, observe: (event: Event) => void = () => undefined): ChatSession {
	const {place, agent, model, sessionKey, home, banner} = opening;
	const waiting: Command[] = [];
	let performer: Performer | undefined;
	const store = createStore(
		initialState({
			at: systemClock.now(),
			conversationId: randomUUID(),
			ephemeral: home === undefined,
			place,
			...(agent !== undefined && {agent}),
			...(model !== undefined && {model}),
			...(sessionKey !== undefined && {sessionKey}),
			...(banner !== undefined && {banner}),
		}),
		command => void (performer ? performer.perform(command, dispatch) : waiting.push(command)),
	);
	const dispatch: Dispatch = event => {
		observe(event);
		store.dispatch(event);
	};
	return {
		store,
		happened: event => dispatch({...event, at: systemClock.now()} as Event),
		async connect({clearScreen}) {
			const [{createPerformer}, {watchNetworkChanges}, transcripts, gateway] = await Promise.all([
				import('../perform.js'),
				import('../network/changes.js'),
				home === undefined ? undefined : import('../transcripts/transcripts.js').then(({openTranscripts}) => openTranscripts(home)),
				opening.openGateway(),
			]);
			performer = createPerformer({
				gateway,
				...(transcripts && {transcripts}),
				clock: systemClock,
				random: Math.random,
				newId: randomUUID,
				openProfile: opening.openProfile,
				...(opening.openTunnel && {openTunnel: opening.openTunnel}),
				...(opening.hearPath && {hearPath: opening.hearPath}),
				clearScreen,
				watchNetwork: onChange => watchNetworkChanges(onChange),
			});
			performer.start(dispatch);
			for (const command of waiting.splice(0)) performer.perform(command, dispatch);
		},
		close: async () => performer?.close(),
	};
}
