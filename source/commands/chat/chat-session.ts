import type {Command} from '../../chat/command.js';
import type {OpenedConversation} from '../../chat/conversation/open-conversation.js';
import type {Event} from '../../chat/event.js';
import {initialState} from '../../chat/initial-state.js';
import type {Place, State} from '../../chat/state.js';
import type {Gateway} from '../../gateway/gateway.js';
import {systemClock} from '../../perform/clock.js';
import type {PanelDesk} from '../../perform/panel-desk.js';
import type {PanelWork} from '../../perform/panel-work.js';
import type {Performer, World} from '../../perform.js';
import {createStore, type Dispatch, type Store} from '../../store.js';
import type {KeyRemap} from '../../terminal/key-bindings.js';
import type {ThemeName} from '../../theme-names.js';
import type {Transcripts} from '../../transcripts/transcripts.js';
import {newConversationId} from './conversation-id.js';

/** What a chat is opened with; nothing of it is sent or loaded before the first paint. */
export interface ChatOpening {
	readonly openGateway: () => Promise<Gateway>;
	readonly openProfile: World['openProfile'];
	readonly openTunnel?: World['openTunnel'];
	readonly hearPath?: World['hearPath'];
	/** Loads the connection panel's work; `write` sends control sequences to the terminal. Absent: no panel. */
	readonly loadPanelWork?: (write: (sequence: string) => void) => Promise<PanelWork>;
	/** Loads what the composer needs of the disk. */
	readonly loadComposerWork?: World['loadComposerWork'];
	/** Keeps what a change of the connection showed, for later runs. */
	readonly remember?: World['remember'];
	readonly place: Place;
	readonly agent?: string;
	readonly model?: string;
	readonly sessionKey?: string;
	/** clawtalk's own folder, where conversations are kept; absent = nothing is written to disk. */
	readonly home?: string;
	readonly banner?: string;
	/** Puts a conversation of before in the place of the new one; it has been read by now. */
	readonly begin?: (state: State) => State;
	/** The keys that the configuration changes. */
	readonly keys?: KeyRemap;
}

/** Store and performer of one chat. The store works at once; the performer is loaded by `connect`, and commands wait for it. */
export interface ChatSession {
	readonly store: Store;
	/** Adds the time to what happened. */
	happened(event: EventWithoutTime): void;
	/** A key of a token that is typed hidden: it is in no event. */
	typeHidden(key: Parameters<PanelDesk['typeHidden']>[0]): void;
	connect(surroundings: ChatSurroundings): Promise<void>;
	/** Resolves when everything is on disk and the sockets are closed. */
	close(): Promise<void>;
}

export type EventWithoutTime = Event extends infer Kind ? (Kind extends Event ? Omit<Kind, 'at'> : never) : never;

/** What a screen does for the chat that is drawn on it. */
export interface ChatSurroundings {
	clearScreen(): void;
	/** Sends control sequences to the terminal; absent where there is no panel. */
	readonly write?: (sequence: string) => void;
	/** See `World`. */
	readonly lendTerminal?: World['lendTerminal'];
	/** See `World`. */
	readonly editText?: World['editText'];
	readonly pauseAfterRefusal?: World['pauseAfterRefusal'];
	readonly loadScreenWork?: World['loadScreenWork'];
	/** The terminal, as it is now. */
	readonly room: () => OpenedConversation['room'];
}

/** @param observe Hears every event before the state changes. */
export function createChatSession(
	opening: ChatOpening,
	observe: (event: Event) => void = () => undefined,
	{
		hasPanel = false,
		hasScreen = false,
		theme,
	}: {readonly hasPanel?: boolean; readonly hasScreen?: boolean; readonly theme?: ThemeName} = {},
): ChatSession {
	const {place, agent, model, sessionKey, home, banner} = opening;
	const waiting: Command[] = [];
	let performer: Performer | undefined;
	const begin = opening.begin ?? (state => state);
	const store = createStore(
		begin(
			initialState({
				at: systemClock.now(),
				conversationId: newConversationId(),
				ephemeral: home === undefined,
				hasPanel,
				hasScreen,
				place,
				...(theme !== undefined && {theme}),
				...(agent !== undefined && {agent}),
				...(model !== undefined && {model}),
				...(sessionKey !== undefined && {sessionKey}),
				...(banner !== undefined && {banner}),
			}),
		),
		command => void (performer ? performer.perform(command, dispatch) : waiting.push(command)),
	);
	const dispatch: Dispatch = event => {
		observe(event);
		store.dispatch(event);
	};
	return {
		store,
		happened: event => dispatch({...event, at: systemClock.now()} as Event),
		typeHidden: key => performer?.typeHidden(key, dispatch),
		async connect(surroundings) {
			const notice = (text: string) => dispatch({type: 'screen-told', at: systemClock.now(), text});
			const [{createPerformer}, world] = await Promise.all([import('../../perform.js'), worldOf(opening, surroundings, notice)]);
			performer = createPerformer(world);
			performer.start(dispatch);
			for (const command of waiting.splice(0)) performer.perform(command, dispatch);
		},
		close: async () => performer?.close(),
	};
}

/** What the performer works with; opens the gateway and the folder of conversations. */
async function worldOf(opening: ChatOpening, surroundings: ChatSurroundings, notice: (text: string) => void): Promise<World> {
	const {place, home, loadPanelWork} = opening;
	const {clearScreen, write, lendTerminal, editText, pauseAfterRefusal, loadScreenWork, room} = surroundings;
	const [{randomUUID}, {watchNetworkChanges}, transcripts, gateway] = await Promise.all([
		import('node:crypto'),
		import('../../network/changes.js'),
		home === undefined ? undefined : openTranscriptsAt(home, notice),
		opening.openGateway(),
	]);
	return {
		gateway,
		profile: place.profile,
		...(transcripts && {transcripts}),
		clock: systemClock,
		random: Math.random,
		newId: randomUUID,
		openProfile: opening.openProfile,
		...(opening.openTunnel && {openTunnel: opening.openTunnel}),
		...(opening.hearPath && {hearPath: opening.hearPath}),
		clearScreen,
		...(write && {writeTerminal: write}),
		...(lendTerminal && {lendTerminal}),
		...(editText && {editText}),
		...(opening.loadComposerWork && {loadComposerWork: opening.loadComposerWork}),
		...(loadScreenWork && {loadScreenWork}),
		...(home !== undefined && {loadConversationWork: () => loadConversationWork(home, room)}),
		contact: contactOnce,
		...(pauseAfterRefusal && {pauseAfterRefusal}),
		...(opening.remember && {remember: opening.remember}),
		...(write && loadPanelWork && {loadPanelWork: () => loadPanelWork(write)}),
		watchNetwork: onChange => watchNetworkChanges(onChange),
	};
}

async function loadConversationWork(home: string, room: ChatSurroundings['room']) {
	const {createConversationWork} = await import('./conversation-work.js');
	return createConversationWork(home, room, systemClock.now);
}

async function openTranscriptsAt(home: string, notice: (text: string) => void): Promise<Transcripts> {
	const {openTranscripts} = await import('../../transcripts/transcripts.js');
	return openTranscripts(home, notice);
}

/** One bare connection: how it failed; undefined when somebody took it, or when a bare connection tells nothing (a proxy). */
async function contactOnce(gateway: Gateway, signal: AbortSignal): Promise<string | undefined> {
	const {collect} = await import('../../diagnosis/probes/collect.js');
	const {observations} = await collect(gateway, {depth: 'contact', minimal: true, manual: false, before: [], env: process.env, signal});
	const failures = observations.map(seen => {
		if (seen.kind === 'tcp-attempt') return seen.outcome === 'connected' ? undefined : (seen.failure?.code ?? seen.outcome);
		return seen.kind === 'name-lookup' && seen.addresses.length === 0 ? (seen.failure?.code ?? 'no address') : 'nothing';
	});
	const told = failures.filter(failure => failure !== 'nothing');
	return told.length === 0 || told.includes(undefined) ? undefined : [...new Set(told)].join(' ');
}
