import type {Evidence} from '../diagnosis/evidence.js';
import type {GatewayCommand} from '../gateway/session.js';
import type {Message, Outcome, Usage} from '../gateway/transport.js';
import type {ThemeName} from '../theme-names.js';
import type {ToolRun} from '../transcripts/record.js';
import type {Approvals} from './approval.js';
import type {AttachedPiece} from './attach.js';
import type {Attaching} from './attachment-order.js';
import type {BlockScan} from './blocks.js';
import type {Completion} from './completion.js';
import type {Connection, Place} from './connection.js';
import type {Conversation} from './conversation.js';
import type {Draft} from './draft.js';
import type {Editing} from './editing.js';
import type {GatewaySeen} from './gateway-seen.js';
import type {HeldEnter} from './held-enter.js';
import type {Interruption} from './interruption.js';
import type {KnownChoices} from './known-choices.js';
import type {Overlay} from './overlay.js';
import type {Panel} from './panel.js';
import type {Progress} from './progress.js';
import type {Thinking} from './thinking.js';
import type {RunningTool} from './tool-run.js';
import type {EndedTools} from './tool-runs.js';

/** All that the chat knows. Serialisable; changed only by `update`. Times are milliseconds since the epoch, given by events. */
export interface State {
	readonly conversation: Conversation;
	/** How the gateway is named in the status line. */
	readonly place: Place;
	readonly agent?: string;
	readonly model?: string;
	/** How much the model is to think, in the gateway's words; absent = as the agent has it. */
	readonly thinking?: string;
	readonly connection: Connection;
	/** The gateway as it was when it was last there. */
	readonly gatewaySeen?: GatewaySeen;
	/** What has been said, oldest first: each entry goes to the terminal's scrollback once. Of those that are there the newest are kept. */
	readonly entries: readonly Entry[];
	/** Entries before these, which are on the screen and no more in memory. */
	readonly forgotten: number;
	/** The answer under way. */
	readonly answer?: Answer;
	/** What was said during the answer and is not part of it: shown below it, and appended to `entries` when it has ended. */
	readonly asides: readonly NewEntry[];
	/** Agents the gateway listed, once it was asked. */
	readonly agents?: readonly string[];
	readonly listed?: KnownChoices;
	/** Slash commands that the gateway carries out, once the control plane told them. */
	readonly gatewayCommands?: readonly GatewayCommand[];
	/** Questions typed while an answer is under way, or before the connection is ready; sent in order. */
	readonly queue: readonly Draft[];
	/** The queue waits for Enter, because the answer before it did not complete or the gateway is away. Esc takes it back. */
	readonly queueHeld: boolean;
	readonly draft: Draft;
	/** Undo, and what was killed. */
	readonly editing: Editing;
	/** An Enter that waits whether more text follows at once; and the number of the last one. */
	readonly enterHeld?: HeldEnter;
	readonly entersHeld?: number;
	readonly inputHistory: InputHistory;
	/** The newest turns, a question and its answer each: for a fresh session of the gateway, and for copying. */
	readonly turns: readonly Message[];
	/** Set by the first Ctrl+C on an empty prompt: until then another one quits, unless a key came between. */
	readonly quitArmedUntil?: number;
	/** The user asked for a look at the gateway: its result is said, even when nothing changed. */
	readonly checkAsked?: 'status' | 'submit';
	/** The cause of the last failure that was printed in full, since the gateway could last be used (see `causeOf`). */
	readonly explainedCause?: string;
	/** Another profile is being opened: nothing is sent meanwhile, since it would go to the gateway that is being left. */
	readonly switchingProfile?: true;
	/** There is a screen that is drawn anew: what is only looked at (help, a search) leaves nothing behind. Absent where the chat goes line by line. */
	readonly hasScreen?: true;
	/** The first of two strokes, as people write it, while the second is waited for. */
	readonly chordBegun?: string;
	/** The draft that is open in the user's own editor, as it was when it went there. */
	readonly inEditor?: Draft;
	/** There is a screen for the connection panel; without one, failures are explained in full where they happen. */
	readonly hasPanel: boolean;
	/** A picker or a question above the composer: it has the keys. */
	readonly overlay?: Overlay;
	/** Requests for approval, where the gateway tells of them. */
	readonly approvals?: Approvals;
	/** Markdown is shown as it came. */
	readonly raw?: true;
	/** What the colours are; absent = `auto`. */
	readonly theme?: ThemeName;
	/** What could be typed next. */
	readonly completion?: Completion;
	/** Orders of the composer so far (completions, files, profiles); numbers the next one. */
	readonly orders?: number;
	/** Files that were chosen and are being read. */
	readonly attaching?: readonly Attaching[];
	/** Files that go with the next message, where the chat goes line by line and no draft shows them. */
	readonly attachedNext?: readonly AttachedPiece[];
	/** Images whose content is at hand, by their ids: not those of a clawtalk that has ended. */
	readonly heldImages?: readonly string[];
	/** The draft of which it was said that an image is missing: Enter once more sends its words alone. */
	readonly goneSaid?: string;
	/** The text of which it was said that the gateway reads an order in it: Enter once more sends it. */
	readonly orderSaid?: string;
	/** The order that asks where a profile leads, before the user is asked. */
	readonly profileOrder?: number;
	/** The order about conversations whose answer is waited for. */
	readonly waitsForConversation?: number;
	/** The conversation that is on its way to the trash: nothing more is sent in it. */
	readonly deleting?: {readonly orderId: number; readonly id: string};
	/** The name in the trash of what `/delete` took away last. */
	readonly trashed?: string;
	/** What was not sent when another conversation was opened, by conversation; it is on disk, too. */
	readonly leftDrafts?: Readonly<Record<string, Draft>>;
	/** The connection panel, while it is open. */
	readonly panel?: Panel;
	/** Looks and other orders of the panel so far; numbers the next one. */
	readonly panelOrders: number;
	/** What could not be saved and was said: each is said once. */
	readonly failedSaves: readonly string[];
	/** `quitting` makes the shell unmount. */
	readonly phase: 'open' | 'quitting';
	/** Last moment an event told; the view shows waiting times relative to it. */
	readonly now: number;
}

export type {Connection, Place} from './connection.js';
export type {Conversation} from './conversation.js';

export type Entry =
	| {readonly kind: 'banner'; readonly id: string; readonly text: string}
	/** `attachments`: names of files that travelled with it. `isEarlier`, here and below: it was read back from disk. */
	| {
			readonly kind: 'question';
			readonly id: string;
			readonly text: string;
			readonly attachments?: readonly string[];
			readonly isEarlier?: true;
			/** It was asked on another surface of the gateway. */
			readonly elsewhere?: true;
	  }
	/**
	 * One finished block of markdown of an answer. `first` draws the speaker's mark; `continues` means that a very long block was
	 * cut here: no empty line before it.
	 */
	| {
			readonly kind: 'block';
			readonly id: string;
			readonly markdown: string;
			/** As it was received, where that differs. */
			readonly source?: string;
			readonly first: boolean;
			readonly continues: boolean;
			readonly isEarlier?: true;
	  }
	/** A tool run that has ended. `follows`: it stands below another one without an empty line; `isUnfolded`: with arguments and output. */
	| {
			readonly kind: 'tool';
			readonly id: string;
			readonly run: ToolRun;
			readonly follows?: true;
			readonly isEarlier?: true;
			readonly isUnfolded?: true;
	  }
	/** The model has thought; `text` is the end of it, `length` what there was. */
	| {
			readonly kind: 'thought';
			readonly id: string;
			readonly text: string;
			readonly length: number;
			readonly durationMs: number;
			readonly follows?: true;
	  }
	| {
			readonly kind: 'answer-end';
			readonly id: string;
			readonly outcome: Ending;
			/** Absent for an answer of an earlier run, of which the record alone is known. */
			readonly evidence?: Evidence;
			/** When it ended. */
			readonly at?: number;
			/** Which agent and model were asked, or which model the gateway named. */
			readonly agent?: string;
			readonly model?: string;
			readonly firstTokenMs?: number;
			readonly totalMs?: number;
			readonly usage?: Usage;
			/** How many tool runs it had. */
			readonly toolRuns?: number;
			readonly hadText: boolean;
			readonly isEarlier?: true;
			/** The panel explains it: one line is enough. */
			readonly isBrief?: true;
	  }
	| {readonly kind: 'notice'; readonly id: string; readonly text: string}
	/** The tables of slash commands (`slashCommands` in slash.ts) and of keys (terminal/keys.ts). */
	| {readonly kind: 'help'; readonly id: string}
	/** A failure outside an answer, explained by the rules while drawing. */
	| {readonly kind: 'failure'; readonly id: string; readonly evidence: Evidence; readonly isBrief?: true};

/** How an answer ended; `unrecorded`: its end was not heard, for clawtalk ended before, or another surface asked. */
export type Ending = Outcome | {readonly kind: 'unrecorded'; readonly elsewhere?: true};

/** An entry without its id; `Omit` keeps the kinds apart. */
export type NewEntry = Entry extends infer Kind ? (Kind extends Entry ? Omit<Kind, 'id'> : never) : never;

export interface Answer {
	readonly questionId: string;
	/** As it was sent. */
	readonly question: string;
	/** As it was typed; absent = the same. */
	readonly draft?: Draft;
	/** Which agent and model were asked, where one was named. */
	readonly agent?: string;
	readonly askedModel?: string;
	readonly askedAt: number;
	readonly phase: 'sending' | 'accepted' | 'streaming' | 'cancelling';
	readonly runId?: string;
	/** Whole text so far, for the transcript. */
	readonly text: string;
	/** The unfinished block: `scan.pending` is the live tail, all before it has become entries. */
	readonly scan: BlockScan;
	/** Length of `text` that is in the conversation's file as `answer-part` records. */
	readonly savedLength: number;
	/** An entry of this answer exists: the speaker's mark is drawn. */
	readonly begun: boolean;
	/** The model's name as the gateway told it. */
	readonly model?: string;
	readonly firstTokenAt?: number;
	readonly lastByteAt: number;
	/** The connection was lost in the middle of it. */
	readonly interruption?: Interruption;
	/** What the run is doing before text comes, or again between. */
	readonly progress?: Progress;
	/** Tools that are running; those that have ended are entries. */
	readonly tools: readonly RunningTool[];
	readonly toolsEnded?: EndedTools;
	/** What the model thinks now, where that is told. */
	readonly thinking?: Thinking;
	readonly usage?: Usage;
}

export type {RunningTool, ToolRun};

/** Lines sent before; `position` walks them with ↑ and ↓, `stash` keeps what was typed. */
export interface InputHistory {
	readonly lines: readonly string[];
	readonly position?: number;
	readonly stash?: Draft;
	/** Recalled lines that were changed while walking, by position; forgotten when something is sent. */
	readonly edits?: Readonly<Record<number, Draft>>;
}
