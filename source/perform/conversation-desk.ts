import type {ConversationOrder} from '../chat/conversation/conversation-order.js';
import type {OpenedConversation} from '../chat/conversation/open-conversation.js';
import type {Event} from '../chat/event.js';
import type {PickerItem} from '../chat/overlay/picker.js';
import type {GatewaySession, HistoryPage} from '../gateway/session.js';
import type {Dispatch} from '../store.js';
import type {Clock} from './clock.js';
import type {Keeper} from './keeper.js';

/** What can be done with the conversations on disk. Everything rejects with the system's error. */
export interface ConversationWork {
	list(): Promise<readonly PickerItem[]>;
	/** By its id, the beginning of it, or a name. */
	find(which: string): Promise<Found>;
	/** `at` is a question to show, besides the end. */
	open(id: string, at?: string): Promise<OpenedConversation>;
	search(words: string, first: string): Promise<readonly PickerItem[]>;
	fork(
		from: string,
		copy: {readonly newId: string; readonly origin: string; readonly profile?: string; readonly name?: string},
	): Promise<void>;
	/** Answers with its name in the trash. */
	trash(id: string): Promise<string>;
	/** Answers with its id. */
	restore(trashId: string): Promise<string>;
	/** A session of the gateway as the list shows it. */
	sessionItem(session: GatewaySession): PickerItem;
	/** The id of the conversation that goes on in this session of the gateway already; the one that was written last, of several. */
	findBySession(session: Pick<AdoptedSession, 'sessionKey' | 'origin' | 'profile'>): Promise<string | undefined>;
	/** Begins a conversation that goes on in a session of the gateway, with what the gateway keeps of it. */
	adopt(id: string, session: AdoptedSession): Promise<void>;
	/** Answers with a line for the user. */
	export(id: string, path: string | undefined): Promise<string>;
}

/** A session that a conversation is to go on in. */
export interface AdoptedSession {
	readonly sessionKey: string;
	readonly origin: string;
	readonly profile?: string;
	readonly name?: string;
	readonly history: HistoryPage;
}

export type Found =
	| {readonly kind: 'one'; readonly id: string}
	| {readonly kind: 'several'; readonly items: readonly PickerItem[]}
	| {readonly kind: 'none'};

export interface ConversationDesk {
	perform(order: ConversationOrder, dispatch: Dispatch): void;
	/** Resolves when what is under way is done. */
	close(): Promise<void>;
}

/** What the desk stands in. */
export interface DeskSurroundings {
	readonly clock: Clock;
	readonly newId: () => string;
	/** What is being written is written before the disk is looked at. */
	readonly keeper: Pick<Keeper, 'finish'> | undefined;
	/** Loads the work when it is first needed; absent where nothing is kept on disk. */
	readonly load: (() => Promise<ConversationWork>) | undefined;
}

/** Carries out orders about conversations, one after another. */
export function createConversationDesk({clock, newId, keeper, load}: DeskSurroundings): ConversationDesk {
	let work: Promise<ConversationWork> | undefined;
	let last: Promise<void> = Promise.resolve();
	const carryOut = async (order: ConversationOrder, dispatch: Dispatch) => {
		const {orderId} = order;
		const at = clock.now();
		if (load === undefined) return dispatch({type: 'conversation-told', at, orderId, text: 'This chat writes nothing to disk.'});
		try {
			await keeper?.finish();
			work ??= load();
			const answer = await answerTo(await work, order, newId);
			dispatch({...answer, at: clock.now(), orderId} as Event);
		} catch (error) {
			dispatch({type: 'conversation-told', at: clock.now(), orderId, text: `That could not be done: ${problemOf(error)}.`});
		}
	};
	return {
		perform(order, dispatch) {
			last = last.then(() => carryOut(order, dispatch));
		},
		close: () => last,
	};
}

function problemOf(error: unknown): string {
	const {code, message} = error as NodeJS.ErrnoException;
	if (code === 'ENOENT') return 'it is not there any more';
	return message;
}

async function answerTo(work: ConversationWork, order: ConversationOrder, newId: () => string): Promise<object> {
	switch (order.type) {
		case 'list-conversations':
			return {type: 'conversations-listed', items: await work.list()};
		case 'open-conversation':
			return open(work, order.which, order.at);
		case 'search-conversations':
			return {type: 'conversations-found', items: await work.search(order.words, order.first)};
		case 'fork-conversation': {
			const id = newId();
			const {origin, profile, name} = order;
			await work.fork(order.from, {newId: id, origin, ...(profile !== undefined && {profile}), ...(name !== undefined && {name})});
			return {type: 'conversation-opened', opened: {...(await work.open(id)), isFork: true}};
		}
		case 'trash-conversation':
			return {type: 'conversation-trashed', id: order.id, trashId: await work.trash(order.id)};
		case 'restore-conversation':
			return {type: 'conversation-opened', opened: await work.open(await work.restore(order.trashId))};
		case 'export-conversation':
			return {type: 'conversation-told', text: await work.export(order.id, order.path)};
	}
}

async function open(work: ConversationWork, which: string, at: string | undefined): Promise<object> {
	const found = await work.find(which);
	switch (found.kind) {
		case 'one':
			return {type: 'conversation-opened', opened: await work.open(found.id, at)};
		case 'several':
			return {type: 'conversations-listed', items: found.items, query: which};
		case 'none':
			return {type: 'conversation-told', text: `There is no conversation ${which}. /sessions lists them.`};
	}
}
