import type {GatewayCommand, SessionTurn} from '../../gateway/session.js';
import type {PickerItem} from '../overlay/picker.js';
import type {Place} from '../state.js';

/** A session of the gateway as the orders name it: a key, which without `agent:…:` is one of the agent's. */
export interface SessionName {
	readonly sessionKey: string;
	/** Absent: the gateway's default. */
	readonly agent?: string;
}

/** Orders about what the gateway knows. Nothing is sent into a session by any of them. What failed is told by `conversation-told`. */
export type SessionOrder =
	/** Answered by `sessions-listed`. */
	| {readonly type: 'list-sessions'; readonly orderId: number}
	/**
	 * Opens the conversation on disk that goes on in this session; where there is none, begins one with its newest history. Answered by
	 * `conversation-opened`.
	 */
	| ({readonly type: 'open-session'; readonly orderId: number} & Pick<Place, 'origin' | 'profile'> & SessionName)
	/** From now on what others say in it is told by `session-heard`; `own` begins the ids of our questions. `catchUp`: also what was said before. */
	| ({
			readonly type: 'follow-session';
			readonly conversationId: string;
			readonly own: string;
			readonly catchUp: boolean;
	  } & SessionName)
	| {readonly type: 'leave-session'}
	/** Reads what is older than all but the `older` oldest messages. Answered by `earlier-read`. */
	| ({readonly type: 'read-earlier'; readonly orderId: number; readonly older: number} & SessionName)
	/** Answered by `gateway-commands-listed`. */
	| {readonly type: 'list-gateway-commands'};

export type SessionEvent =
	/** `more`: sessions that are not among them. */
	| {readonly type: 'sessions-listed'; readonly orderId: number; readonly items: readonly PickerItem[]; readonly more: number}
	/** The newest turns; `older`: about so many messages are before them. */
	| {readonly type: 'session-heard'; readonly conversationId: string; readonly turns: readonly SessionTurn[]; readonly older?: number}
	/** The agent answers others in the session; `text`: the end of what it has said so far. Without: no more, as far as can be seen. */
	| {readonly type: 'session-at-work'; readonly conversationId: string; readonly sessionKey: string; readonly text?: string}
	/** What there is to say about following it. */
	| {readonly type: 'session-told'; readonly conversationId: string; readonly text: string}
	| {readonly type: 'earlier-read'; readonly orderId: number; readonly turns: readonly SessionTurn[]; readonly older: number}
	| {readonly type: 'gateway-commands-listed'; readonly commands: readonly GatewayCommand[]};
