import type {Command} from '../chat/command.js';
import type {World} from '../perform.js';
import type {Dispatch} from '../store.js';
import type {AnswerRuns} from './answer-runs.js';
import type {ApprovalDesk} from './approval-desk.js';
import type {BurstWait} from './burst-wait.js';
import type {ComposerDesk} from './composer-desk.js';
import type {ConversationDesk} from './conversation-desk.js';
import type {GatewayLink} from './gateway-link.js';
import type {Keeper} from './keeper.js';
import {openEditor} from './open-editor.js';
import type {PanelDesk} from './panel-desk.js';
import type {ScreenDesk} from './screen-desk.js';
import type {SessionDesk} from './session-desk.js';
import type {Ticker} from './ticker.js';

/** What a chat's orders are carried out with. */
export interface Parts {
	readonly world: World;
	readonly link: GatewayLink;
	readonly runs: AnswerRuns;
	readonly ticker: Ticker;
	readonly burst: BurstWait;
	readonly desk: PanelDesk;
	readonly conversations: ConversationDesk;
	readonly sessions: SessionDesk;
	readonly approvals: ApprovalDesk;
	readonly screen: ScreenDesk;
	readonly composer: ComposerDesk;
	readonly keeper: Keeper | undefined;
	close(): Promise<void>;
}

/** Hands one order to whoever carries it out; what comes of it is dispatched. */
export function carryOut(parts: Parts, command: Command, dispatch: Dispatch): void {
	const {world, link, runs, ticker, burst, desk, sessions, screen, composer, keeper} = parts;
	const {clock} = world;
	switch (command.type) {
		case 'send-question':
			runs.send(link.gateway.transport, composer.withImages(command.question, command.images), events =>
				dispatch({type: 'reply-received', at: clock.now(), events}),
			);
			break;
		case 'stop-answer':
			runs.stop(command.questionId);
			break;
		case 'check-connection':
			link.lookAsked();
			break;
		case 'list-agents':
			if (!sessions.listAgents(dispatch)) link.listAgents();
			break;
		case 'switch-profile':
			link.switchProfile(command.name);
			break;
		case 'open-tunnel':
			link.openTunnel(command.profile);
			break;
		case 'create-conversation':
			dispatch({type: 'conversation-created', at: clock.now(), id: world.newId(), ...nameAndCause(command)});
			break;
		case 'list-conversations':
		case 'open-conversation':
		case 'search-conversations':
		case 'fork-conversation':
		case 'trash-conversation':
		case 'restore-conversation':
		case 'export-conversation':
			parts.conversations.perform(command, dispatch);
			break;
		case 'append-record':
			keeper?.append(command.conversationId, command.record, dispatch);
			break;
		case 'save-draft':
			keeper?.draft(command.conversationId, command, dispatch);
			break;
		case 'remember-input':
			keeper?.remember(command.line, dispatch);
			break;
		case 'clear-screen':
			world.clearScreen();
			break;
		case 'open-editor':
			void openEditor(world, command.text, dispatch);
			break;
		case 'copy-text':
		case 'redraw-conversation':
		case 'page-conversation':
		case 'change-theme':
			screen.perform(command, dispatch);
			break;
		case 'list-sessions':
		case 'open-session':
		case 'read-earlier':
		case 'follow-session':
		case 'leave-session':
		case 'list-gateway-commands':
			sessions.perform(command, dispatch);
			break;
		case 'find-completions':
			if (!sessions.complete(command, dispatch)) composer.perform(command, dispatch);
			break;
		case 'read-file':
		case 'release-file':
		case 'forget-file':
		case 'release-images':
		case 'describe-profile':
		case 'save-choice':
			composer.perform(command, dispatch);
			break;
		case 'answer-approval':
		case 'list-approvals':
			parts.approvals.perform(command, dispatch);
			break;
		case 'start-clock':
			ticker.start(dispatch, command.pace);
			break;
		case 'stop-clock':
			ticker.stop();
			break;
		case 'await-burst-end':
			burst.start(command.id, dispatch);
			break;
		case 'look-closely':
		case 'drop-order':
		case 'await-change':
		case 'look-for-change':
		case 'copy-fix':
		case 'prepare-report':
		case 'write-report':
		case 'use-address':
		case 'save-address':
		case 'renew-token':
		case 'try-typed-token':
		case 'forget-typed-token':
		case 'save-token':
			desk.perform(command, dispatch);
			break;
		case 'quit':
			void parts.close();
			break;
	}
}

function nameAndCause({name, after}: Extract<Command, {type: 'create-conversation'}>): {readonly name?: string; readonly after?: 'delete'} {
	return {...(name !== undefined && {name}), ...(after !== undefined && {after})};
}
