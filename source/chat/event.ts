import type {Evidence} from '../diagnosis/evidence.js';
import type {TransportEvent, Via} from '../gateway/transport.js';
import type {ApprovalEvent} from './approval/approval.js';
import type {AttachmentEvent} from './composer/attachment-order.js';
import type {CompletionEvent} from './composer/completion.js';
import type {EditorEvent} from './composer/external-editor.js';
import type {StoredDraft} from './composer/stored-draft.js';
import type {ConversationWithDraft} from './composer/waiting-drafts.js';
import type {ConversationEvent} from './conversation/conversation-order.js';
import type {SessionEvent} from './conversation/session-order.js';
import type {ChoiceEvent} from './overlay/choice-order.js';
import type {ScreenEvent} from './screen-order.js';
import type {Place} from './state.js';

/** What happened: past-tense facts, each with the moment it happened at (milliseconds since the epoch). */
export type Event = {readonly at: number} & ( // The keyboard, as meaning (see terminal/keys.ts for which key means what)
	| {readonly type: 'text-typed'; readonly text: string}
	| {readonly type: 'text-pasted'; readonly text: string}
	/** `place`: where the row above or below has the caret, as the screen shows the draft; absent at its first and last row. */
	| {readonly type: 'edit-requested'; readonly edit: Edit; readonly place?: number}
	/** `inBurst`: it came in one go with text, as from a program or a paste that is not marked as one. */
	| {readonly type: 'submit-requested'; readonly inBurst?: true}
	| {readonly type: 'cancel-requested'}
	| {readonly type: 'interrupt-requested'}
	| {readonly type: 'end-of-input'}
	| {readonly type: 'panel-requested'}
	/** Tab. */
	| {readonly type: 'completion-requested'}
	/** Search in what was sent before. */
	| {readonly type: 'history-search-requested'}
	/** The draft, in the user's own editor. */
	| {readonly type: 'editor-requested'}
	| {readonly type: 'code-blocks-requested'}
	/** Shows in full what is shown as a label or folded. */
	| {readonly type: 'unfold-requested'}
	/** Markdown as it came, and back. */
	| {readonly type: 'raw-requested'}
	| {readonly type: 'redraw-requested'}
	| {readonly type: 'scroll-requested'; readonly direction: 'up' | 'down'}
	/** The first of two strokes was pressed; the next key ends it, whatever it is. */
	| {readonly type: 'chord-begun'; readonly chord: string}
	| {readonly type: 'chord-ended'}
	/** The first line that is shown of the help, or of the tool runs; the screen knows how far it goes. */
	| {readonly type: 'help-scrolled'; readonly top: number}
	| EditorEvent
	| CompletionEvent
	| ApprovalEvent
	| AttachmentEvent
	| ChoiceEvent
	/** A signal, or the terminal went away: ends whatever is under way and keeps what was typed. */
	| {readonly type: 'quit-requested'}
	// The gateway
	| {readonly type: 'connection-checked'; readonly latencyMs: number; readonly evidence: Evidence; readonly via?: Via}
	| {readonly type: 'connection-lost'; readonly evidence: Evidence; readonly retryAt: number}
	/** `retryAt`: when it is looked at again, where waiting may be enough. */
	| {readonly type: 'connection-refused'; readonly evidence: Evidence; readonly retryAt?: number | undefined}
	| {readonly type: 'agents-listed'; readonly agents: readonly string[]}
	| {readonly type: 'reply-received'; readonly events: readonly TransportEvent[]}
	/** The profile that was wanted cannot be used; the chat stays where it is. */
	| {readonly type: 'profile-refused'; readonly problem: string}
	/** The same gateway is reached by another path: the conversation goes on. */
	| {readonly type: 'path-changed'; readonly place: Place}
	/** Something happened to the path to the gateway, in a line. */
	| {readonly type: 'path-told'; readonly text: string}
	| {readonly type: 'place-changed'; readonly place: Place; readonly agent?: string; readonly model?: string}
	// The connection panel. `orderId` is that of the command which is answered.
	| {readonly type: 'panel-observed'; readonly orderId: number; readonly evidence: Evidence; readonly isComplete: boolean}
	/** An order of the panel has ended, well or not; in a line. */
	| {readonly type: 'panel-told'; readonly orderId: number; readonly text: string}
	/** What is wrong may pass by itself: it is looked again then. */
	| {readonly type: 'panel-waits'; readonly orderId: number; readonly until: number}
	/** What was wrong has passed, as far as can be seen without a question. */
	| {readonly type: 'panel-passed'; readonly orderId: number}
	| {readonly type: 'panel-report-prepared'; readonly orderId: number; readonly text: string}
	/** Neither the configuration nor its token command has another token: it has to be typed. */
	| {readonly type: 'panel-token-wanted'; readonly orderId: number; readonly why: string}
	/** The hidden text has another length; the text itself is never in an event. */
	| {readonly type: 'panel-token-typed'; readonly length: number}
	/** The typed token was accepted and is used; it may be saved, where is said in words. */
	| {readonly type: 'panel-token-accepted'; readonly orderId: number; readonly savedIn: string}
	| {readonly type: 'panel-address-used'; readonly orderId: number; readonly place: Place; readonly canSave: boolean}
	// The program
	| {readonly type: 'conversation-created'; readonly id: string; readonly name?: string; readonly after?: 'delete'}
	| ({readonly type: 'draft-restored'} & StoredDraft)
	/** Drafts of earlier runs that wait for their conversations to be opened, the newest first. */
	| {readonly type: 'drafts-waiting'; readonly conversations: readonly ConversationWithDraft[]}
	| {readonly type: 'history-loaded'; readonly lines: readonly string[]}
	| {readonly type: 'save-failed'; readonly what: string; readonly message: string}
	| {readonly type: 'clock-ticked'}
	/** Nothing came for a moment after an Enter that was held; `id` is its number. */
	| {readonly type: 'burst-ended'; readonly id: number}
	| ConversationEvent
	| SessionEvent
	/** So many entries are in the scrollback. */
	| {readonly type: 'entries-printed'; readonly count: number}
	| ScreenEvent
);

/** Motions and deletions of the composer, named as readline(3) names them. */
export type Edit =
	| 'backward-char'
	| 'forward-char'
	| 'backward-word'
	| 'forward-word'
	| 'beginning-of-line'
	| 'end-of-line'
	| 'beginning-of-buffer'
	| 'end-of-buffer'
	| 'previous-line'
	| 'next-line'
	| 'backward-delete-char'
	| 'delete-char'
	| 'backward-kill-word'
	| 'kill-word'
	| 'kill-line'
	| 'unix-line-discard'
	| 'yank'
	| 'yank-pop'
	| 'undo'
	| 'redo'
	| 'insert-newline';
