import type {Message} from '../../gateway/transport.js';
import type {ConversationRecord} from '../../transcripts/record.js';
import type {Draft} from '../composer/draft.js';
import type {Place} from '../state.js';
import type {HeardTurn} from './heard-turns.js';

/** The conversation that is open. */
export interface Conversation {
	readonly id: string;
	readonly sessionKey: string;
	/** Questions that were asked since it was opened; numbers the next one. */
	readonly asked: number;
	/** Nothing is written to disk. */
	readonly ephemeral: boolean;
	/** Its file has been begun. */
	readonly isStored?: true;
	/** The user named its session (`--session`): the gateway may know it already. */
	readonly isNamed?: true;
	/** What others said in it before its file is begun: written with the first question of ours. */
	readonly unwritten?: readonly ConversationRecord[];
	/** In the ids that this process makes in a conversation which another one may have open, too: none is made twice. */
	readonly tag?: string;
	readonly name?: string;
	/** Session keys that this process has taken for it. */
	readonly freshSessions?: number;
	/** Its session is new to the gateway. */
	readonly fresh?: FreshSession;
	readonly last?: LastQuestion;
	/** `/edit`: the question in whose place the next one is asked. */
	readonly replacing?: string;
	/** It belongs to another gateway than the one that is talked to: it is shown, and nothing is sent. */
	readonly elsewhere?: Pick<Place, 'origin' | 'profile'>;
	/** The newest turns that are here, whoever said them: what the gateway tells of them again is not new. */
	readonly heard?: readonly HeardTurn[];
	/** The agent is at work for others in this session; the end of what it has said so far. */
	readonly otherRun?: {readonly sessionKey: string; readonly text: string};
	/** About so many messages of its session are older than what is on disk here. */
	readonly older?: number;
}

export interface FreshSession {
	readonly why: 'retry' | 'edit' | 'fork' | 'opened';
	/** What the first question takes along. */
	readonly seed: readonly Message[];
	/** The conversation's file tells of this session. */
	readonly isRecorded?: true;
}

/** What was asked last, for asking it once more. */
export interface LastQuestion {
	readonly id: string;
	readonly draft: Draft;
	/** Its question and answer are the last two of `State.turns`. */
	readonly isTurn: boolean;
	/** The gateway may have taken it. */
	readonly isDelivered: boolean;
	/** The gateway said that the answer is finished, and not for its length. */
	readonly isWhole: boolean;
	/** The user stopped it before any text or tool was seen. */
	readonly isBlank?: true;
}

/** What came of a question. */
interface Came {
	readonly text: string;
	/** A tool was seen to run for it. */
	readonly hadTools: boolean;
}

export function isBlank({text, hadTools}: Came): boolean {
	return text === '' && !hadTools;
}

/** Whether a session of the gateway has got a question; `unknown` when it broke off before anything came of it. */
type Delivery = 'none' | 'unknown' | 'sure';

/**
 * @param ended How the answer ended, as its record says it; absent when nobody saw the end. A run that failed has its question in the
 * session all the same (2026.9.6 and 2026.2.9, with a provider that answers 400 or 500).
 */
export function deliveryOf(ended: string | undefined, {text, hadTools}: Came): Delivery {
	if (text !== '' || hadTools) return 'sure';
	if (ended === 'refused' || ended === 'unreachable') return 'none';
	return ended === 'complete' || ended === 'empty' || ended === 'failed' ? 'sure' : 'unknown';
}

/** The id of the next question. */
export function nextQuestionId({id, tag, asked}: Conversation): string {
	return `${id}-${tag === undefined ? '' : `${tag}-`}${asked + 1}`;
}

/** The conversation goes on in a session of which the gateway knows nothing yet. */
export function inFreshSession(conversation: Conversation, why: FreshSession['why'], seed: readonly Message[]): Conversation {
	const {id, tag, freshSessions = 0} = conversation;
	const sessionKey = `clawtalk:${id}:${tag === undefined ? '' : `${tag}-`}${freshSessions + 2}`;
	return {...conversation, sessionKey, freshSessions: freshSessions + 1, fresh: {why, seed}};
}

/** As people name it: its name, or its id in short. */
export function nameOf({name, id}: Pick<Conversation, 'name' | 'id'>): string {
	return name ?? id.slice(0, 8);
}

/** Whether a stored conversation belongs to the gateway of this place. A profile may have another address by now; an address may belong to two profiles. */
export function belongsTo(
	stored: {readonly origin?: string; readonly profile?: string},
	place: Pick<Place, 'origin' | 'profile'>,
): boolean {
	if (stored.profile !== undefined && place.profile !== undefined) return stored.profile === place.profile;
	return stored.origin === place.origin;
}
