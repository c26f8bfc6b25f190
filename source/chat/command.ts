import type {Evidence} from '../diagnosis/evidence.js';
import type {Question} from '../gateway/transport.js';
import type {ConversationRecord} from '../transcripts/record.js';
import type {ApprovalOrder} from './approval/approval.js';
import type {AttachmentOrder} from './composer/attachment-order.js';
import type {CompletionOrder} from './composer/completion.js';
import type {HeldImage} from './composer/piece.js';
import type {StoredDraft} from './composer/stored-draft.js';
import type {ConversationOrder} from './conversation/conversation-order.js';
import type {SessionOrder} from './conversation/session-order.js';
import type {ChoiceOrder} from './overlay/choice-order.js';
import type {ScreenOrder} from './screen-order.js';

/** Orders to the outside world; `perform` carries each out exactly once and answers with events. */
export type Command =
	/** `images` are held by the performer, which puts their content into the question. */
	| {readonly type: 'send-question'; readonly question: Question; readonly images?: readonly HeldImage[]}
	| {readonly type: 'stop-answer'; readonly questionId: string}
	/** Look at the gateway now, because the user asked; also forgets that the token was refused. */
	| {readonly type: 'check-connection'}
	| {readonly type: 'list-agents'}
	| {readonly type: 'switch-profile'; readonly name: string}
	/** Goes over to the gateway of this profile by way of ssh; absent = no profile is in use. */
	| {readonly type: 'open-tunnel'; readonly profile?: string}
	/** Answered by `conversation-created` with a fresh id: ids come from outside, `update` is pure. */
	| {readonly type: 'create-conversation'; readonly name?: string; readonly after?: 'delete'}
	| {readonly type: 'append-record'; readonly conversationId: string; readonly record: ConversationRecord}
	| ({readonly type: 'save-draft'; readonly conversationId: string} & StoredDraft)
	| {readonly type: 'remember-input'; readonly line: string}
	| {readonly type: 'clear-screen'}
	/** Lets the user edit the text in their own editor; answered by `editor-closed`. */
	| {readonly type: 'open-editor'; readonly text: string}
	/** Waiting time is shown while an answer is under way or the gateway is away: ticks at this pace, none when idle. */
	| {readonly type: 'start-clock'; readonly pace: ClockPace}
	| {readonly type: 'stop-clock'}
	/** Waits whether more input follows at once; answered by `burst-ended`. */
	| {readonly type: 'await-burst-end'; readonly id: number}
	| ScreenOrder
	| ConversationOrder
	| SessionOrder
	| CompletionOrder
	| ApprovalOrder
	| AttachmentOrder
	| ChoiceOrder
	| PanelOrder
	/** The answer to an order is not wanted any more: what can be ended is ended, and nothing comes of it. */
	| {readonly type: 'drop-order'; readonly orderId: number}
	| {readonly type: 'forget-typed-token'}
	| {readonly type: 'quit'};

/** What the connection panel orders. Answers carry the id; where nothing else is said, the answer is `panel-told`. */
export type PanelOrder = {readonly orderId: number} & (
	| /** Looks closer; `manual` when the user asked. Answered by `panel-observed`. */
	{readonly type: 'look-closely'; readonly manual: boolean}
	/** Answered by `panel-waits` when what is explained may pass by itself; else by nothing. */
	| {readonly type: 'await-change'; readonly evidence: Evidence; readonly cause?: Evidence}
	/** Looks whether it has passed, without the token, after so many looks: answered by `panel-waits` or `panel-passed`. */
	| {readonly type: 'look-for-change'; readonly looks: number}
	/** Puts the command of one fix on the clipboard; `cause` is explained when `evidence` shows no failure. */
	| {readonly type: 'copy-fix'; readonly evidence: Evidence; readonly cause?: Evidence; readonly number: number}
	/** Answered by `panel-report-prepared`. */
	| {readonly type: 'prepare-report'; readonly evidence: Evidence; readonly cause?: Evidence}
	| {readonly type: 'write-report'; readonly text: string}
	/** Answered by `panel-address-used`, or told why not. */
	| {readonly type: 'use-address'; readonly origin: string}
	| {readonly type: 'save-address'; readonly origin: string}
	/** Reads the configuration again and runs its token command once; else answered by `panel-token-wanted`. */
	| {readonly type: 'renew-token'; readonly evidence: Evidence; readonly cause?: Evidence}
	/** Answered by `panel-token-accepted`, or `panel-token-wanted` again. */
	| {readonly type: 'try-typed-token'}
	| {readonly type: 'save-token'}
);

/** What is on the screen changes by the second, or only by the minute. */
export type ClockPace = 'second' | 'minute';
