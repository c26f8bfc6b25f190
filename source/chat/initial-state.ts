import type {ThemeName} from '../theme-names.js';
import {emptyDraft} from './composer/draft.js';
import {noEditing} from './composer/editing.js';
import type {Conversation, Place, State} from './state.js';

/** What a chat begins with. */
export interface Beginning {
	/** The moment, milliseconds since the epoch. */
	readonly at: number;
	/** Fresh and unique; names the conversation's file and its session at the gateway. */
	readonly conversationId: string;
	/** A session key the user chose; `clawtalk:<id>` when absent. */
	readonly sessionKey?: string;
	/** Nothing is written to disk. */
	readonly ephemeral: boolean;
	/** The connection panel can be shown. */
	readonly hasPanel?: boolean;
	/** There is a screen that is drawn anew. */
	readonly hasScreen?: boolean;
	readonly place: Place;
	readonly theme?: ThemeName;
	readonly agent?: string;
	readonly model?: string;
	/** First lines on the screen. */
	readonly banner?: string;
}

/** A chat before its first event: connecting, nothing said. */
export function initialState(beginning: Beginning): State {
	const {at, conversationId, ephemeral, place, agent, model, banner, theme} = beginning;
	const {sessionKey} = beginning;
	const conversation = newConversation(conversationId, sessionKey ?? sessionKeyOf(conversationId), ephemeral);
	return {
		conversation: sessionKey === undefined ? conversation : {...conversation, isNamed: true},
		place,
		...(agent !== undefined && {agent}),
		...(model !== undefined && {model}),
		...(theme !== undefined && {theme}),
		connection: {state: 'connecting', since: at},
		entries: banner === undefined ? [] : [{kind: 'banner', id: 'e1', text: banner}],
		forgotten: 0,
		asides: [],
		queue: [],
		queueHeld: false,
		draft: emptyDraft,
		editing: noEditing,
		inputHistory: {lines: []},
		turns: [],
		hasPanel: beginning.hasPanel === true,
		...(beginning.hasScreen === true && {hasScreen: true as const}),
		panelOrders: 0,
		failedSaves: [],
		phase: 'open',
		now: at,
	};
}

export function newConversation(id: string, sessionKey: string, ephemeral: boolean): Conversation {
	return {id, sessionKey, ephemeral, asked: 0};
}

/** Each conversation is a session of its own at the gateway. */
export function sessionKeyOf(conversationId: string): string {
	return `clawtalk:${conversationId}`;
}
