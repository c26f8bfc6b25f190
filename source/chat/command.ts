import type {Question} from '../gateway/transport.js';
import type {ConversationRecord} from '../transcripts/record.js';

/** Orders to the outside world; `perform` carries each out exactly once and answers with events. */
export type Command =
	| {readonly type: 'send-question'; readonly question: Question}
	| {readonly type: 'stop-answer'; readonly questionId: string}
	/** Look at the gateway now, because the user asked; also forgets that the token was refused. */
	| {readonly type: 'check-connection'}
	| {readonly type: 'list-agents'}
	| {readonly type: 'switch-profile'; readonly name: string}
	/** Goes over to the gateway of this profile by way of ssh; absent = no profile is in use. */
	| {readonly type: 'open-tunnel'; readonly profile?: string}
	/** Answered by `conversation-created` with a fresh id: ids come from outside, `update` is pure. */
	| {readonly type: 'create-conversation'}
	| {readonly type: 'append-record'; readonly conversationId: string; readonly record: ConversationRecord}
	| {readonly type: 'save-draft'; readonly conversationId: string; readonly text: string}
	| {readonly type: 'remember-input'; readonly line: string}
	| {readonly type: 'clear-screen'}
	/** Waiting time is shown while an answer is under way: one tick a second, none when idle. */
	| {readonly type: 'start-clock'}
	| {readonly type: 'stop-clock'}
	| {readonly type: 'quit'};
