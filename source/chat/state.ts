import type {GatewayCommand} from '../gateway/session.js';
import type {Message} from '../gateway/transport.js';
import type {ThemeName} from '../theme-names.js';
import type {Answer} from './answer/answer.js';
import type {ToolFailure} from './answer/tool-failures.js';
import type {ToolGuess} from './answer/tool-guess.js';
import type {Approvals} from './approval/approval.js';
import type {AttachedPiece} from './composer/attach.js';
import type {Attaching} from './composer/attachment-order.js';
import type {Completion} from './composer/completion.js';
import type {Draft} from './composer/draft.js';
import type {Editing} from './composer/editing.js';
import type {HeldEnter} from './composer/held-enter.js';
import type {Connection, Place} from './connection/connection.js';
import type {GatewaySeen} from './connection/gateway-seen.js';
import type {Conversation} from './conversation/conversation.js';
import type {Entry, NewEntry} from './entry.js';
import type {UncheckedChoice} from './overlay/check-choice.js';
import type {KnownChoices} from './overlay/known-choices.js';
import type {Overlay} from './overlay/overlay.js';
import type {Panel} from './panel/panel.js';

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
	/** What others said in the session meanwhile: below half an answer it would look like a part of it. */
	readonly heardMeanwhile?: readonly NewEntry[];
	/** Agents the gateway listed, once it was asked. */
	readonly agents?: readonly string[];
	readonly listed?: KnownChoices;
	readonly unchecked?: UncheckedChoice;
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
	/** Tools that could not do what they were asked for, oldest first: see `tool-failures.ts`. */
	readonly toolFailures?: readonly ToolFailure[];
	/** What answers say of tools, where tools themselves are not seen. */
	readonly toolGuess?: ToolGuess;
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

/** Lines sent before; `position` walks them with ↑ and ↓, `stash` keeps what was typed. */
export interface InputHistory {
	readonly lines: readonly string[];
	readonly position?: number;
	readonly stash?: Draft;
	/** Recalled lines that were changed while walking, by position; forgotten when something is sent. */
	readonly edits?: Readonly<Record<number, Draft>>;
}

export type {Answer} from './answer/answer.js';
export type {RunningTool} from './answer/tool-run.js';
export type {Connection, Place} from './connection/connection.js';
export type {Conversation} from './conversation/conversation.js';
export type {Ending, Entry, NewEntry} from './entry.js';
