import type {Command} from './chat/command.js';
import type {EditorResult} from './chat/composer/external-editor.js';
import {createAnswerRuns} from './perform/answer-runs.js';
import {createApprovalDesk} from './perform/approval-desk.js';
import {createBurstWait} from './perform/burst-wait.js';
import {carryOut} from './perform/carry-out.js';
import {createComposerDesk} from './perform/composer-desk.js';
import type {ComposerWork} from './perform/composer-work.js';
import {type ConversationWork, createConversationDesk} from './perform/conversation-desk.js';
import {createGatewayLink, type LinkSurroundings} from './perform/gateway-link.js';
import {createKeeper} from './perform/keeper.js';
import {createPanelDesk, type PanelDesk} from './perform/panel-desk.js';
import type {PanelWork} from './perform/panel-work.js';
import {createScreenDesk, type ScreenWork} from './perform/screen-desk.js';
import {createSessionDesk} from './perform/session-desk.js';
import {createTicker} from './perform/ticker.js';
import type {Dispatch} from './store.js';
import type {Transcripts} from './transcripts/transcripts.js';

/** The outside world of a chat. */
export interface World extends LinkSurroundings {
	/** Absent: nothing is kept on disk. */
	readonly transcripts?: Transcripts;
	/** A fresh conversation id. */
	readonly newId: () => string;
	readonly clearScreen: () => void;
	/** Sends control sequences to the terminal, when it is ours; absent where the chat goes line by line. */
	readonly writeTerminal?: (sequence: string) => void;
	/**
	 * Gives the terminal to other work (an editor, a pager) and takes it back after it; absent where the chat goes line by line. The chat
	 * goes on meanwhile, nothing is written. Fails as the work fails.
	 */
	readonly lendTerminal?: <Result>(work: () => Promise<Result>) => Promise<Result>;
	/** Lets the user edit a text in their own editor, which is lent the terminal; absent where the chat goes line by line. */
	readonly editText?: (text: string, lend: NonNullable<World['lendTerminal']>) => Promise<EditorResult>;
	/** Loads what the connection panel needs, when it is opened; absent where there is none. */
	readonly loadPanelWork?: () => Promise<PanelWork>;
	/** Loads what the composer needs of the disk, when it is first asked for; absent where nothing is completed. */
	readonly loadComposerWork?: () => Promise<ComposerWork>;
	/** Loads what is done with conversations on disk, when it is first asked for; absent where nothing is kept there. */
	readonly loadConversationWork?: () => Promise<ConversationWork>;
	/** Loads what is done with the terminal, when it is first asked for; absent where nobody sees one. */
	readonly loadScreenWork?: () => Promise<ScreenWork>;
}

export interface Performer {
	/** Begins: reads the input history and a draft that was left behind, and watches the gateway. */
	start(dispatch: Dispatch): void;
	/** Carries out one command; what comes of it is dispatched. */
	readonly perform: (command: Command, dispatch: Dispatch) => void;
	/** A key of the panel's hidden token, which is in no command. */
	readonly typeHidden: PanelDesk['typeHidden'];
	/** Ends everything: resolves when what is to be kept is on disk and the sockets are closed. A second call waits for the first. */
	close(): Promise<void>;
}

/** Turns commands into I/O and what comes of it into events. Owns the clock and every AbortController of a chat. */
export function createPerformer(world: World): Performer {
	const {clock, transcripts} = world;
	const link = createGatewayLink(world);
	const keeper = transcripts === undefined ? undefined : createKeeper(transcripts, clock);
	const ticker = createTicker(clock);
	const burst = createBurstWait(clock);
	const desk = createPanelDesk(clock, link, world.loadPanelWork ?? noPanel);
	const composer = createComposerDesk({
		clock,
		newId: world.newId,
		showsImages: () => link.gateway.transport.capabilities.attachments,
		load: world.loadComposerWork ?? noComposer,
	});
	const conversations = createConversationDesk({clock, newId: world.newId, keeper, load: world.loadConversationWork});
	const screen = createScreenDesk(clock, world.loadScreenWork ?? noScreen);
	const approvals = createApprovalDesk(clock);
	const sessions = createSessionDesk({
		clock,
		newId: world.newId,
		control: () => link.gateway.control,
		load: world.loadConversationWork,
	});
	const runs = createAnswerRuns(clock, evidence => link.lookAfter(evidence));
	let closing: Promise<void> | undefined;
	const end = async () => {
		ticker.stop();
		burst.stop();
		runs.stopAll();
		sessions.close();
		approvals.close();
		await conversations.close();
		await Promise.all([keeper?.finish(), desk.close(), screen.close(), composer.close(), link.close()]);
	};
	const close = () => {
		closing ??= end();
		return closing;
	};
	const parts = {world, link, runs, ticker, burst, desk, conversations, sessions, approvals, screen, composer, keeper, close};
	return {
		start(dispatch) {
			keeper?.readBack(dispatch);
			link.hearGateways(({control}) => approvals.follow(control, dispatch));
			link.start(dispatch);
		},
		perform: (command, dispatch) => carryOut(parts, command, dispatch),
		typeHidden: desk.typeHidden,
		close,
	};
}

function noComposer(): never {
	throw new Error('this chat completes nothing');
}

function noScreen(): never {
	throw new Error('this chat has no terminal');
}

function noPanel(): never {
	throw new Error('this chat has no panel');
}
