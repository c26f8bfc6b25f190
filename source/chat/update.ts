import {closelyWatchedMs} from '../closely-watched.js';
import {savePart} from './answer/end-answer.js';
import {receiveReply} from './answer/update-answer.js';
import {showApproval} from './approval/approval.js';
import {approvalPace} from './approval/approval-words.js';
import {expireApprovals, hearApproval} from './approval/hear-approval.js';
import type {ClockPace, Command} from './command.js';
import {hearFile} from './composer/attach.js';
import {hearAgents, hearCompletions} from './composer/complete.js';
import {emptyDraft} from './composer/draft.js';
import {hearEditor} from './composer/external-editor.js';
import {endBurst, pressInBurst} from './composer/held-enter.js';
import {releaseImages} from './composer/needed-images.js';
import {pressInComposer} from './composer/press-in-composer.js';
import {sendNext, unsent} from './composer/queue.js';
import {restoredDraft, storedDraft} from './composer/stored-draft.js';
import {loadHistory, restoreDraft} from './composer/update-draft.js';
import {sayDraftsWait} from './composer/waiting-drafts.js';
import {
	beginConversation,
	changePath,
	changePlace,
	connectionChecked,
	connectionLost,
	connectionRefused,
} from './connection/update-connection.js';
import {sessionCommands} from './conversation/follow-session.js';
import {hearConversation} from './conversation/hear-conversation.js';
import {hearSession} from './conversation/hear-session.js';
import type {Event} from './event.js';
import {scrollHelp} from './help.js';
import {leave} from './leave.js';
import {hearAgentList, hearChoice} from './overlay/choices.js';
import type {KeyEvent} from './overlay/overlay.js';
import {pressInOverlay} from './overlay/press-in-overlay.js';
import {hearInPanel, lookForChange} from './panel/hear-panel.js';
import {pressInPanel} from './panel/press-in-panel.js';
import {panelHasKeys, togglePanel} from './panel/update-panel.js';
import type {State} from './state.js';
import {forgetPrinted, notice, type Step, stay, then, without} from './step.js';

/**
 * The whole behaviour of the chat: what happened goes in, the next state and orders to the outside world come out. Pure, and total
 * by type: an event that is not handled here does not compile.
 */
export function update(state: State, event: Event): Step {
	if (state.phase === 'quitting') return stay(state);
	const [heard, commands] = then(react({...state, now: event.at}, event), releaseImages);
	const next = showApproval(heard);
	const all = [...commands, ...draftCommands(state, next), ...clockCommands(state, next), ...sessionCommands(state, next)];
	return [next, next.conversation.ephemeral ? all.filter(command => !isSaving(command)) : all];
}

function react(state: State, event: Event): Step {
	switch (event.type) {
		case 'text-typed':
		case 'text-pasted':
		case 'edit-requested':
		case 'submit-requested':
		case 'cancel-requested':
		case 'interrupt-requested':
		case 'end-of-input':
		case 'completion-requested':
		case 'history-search-requested':
		case 'editor-requested':
		case 'code-blocks-requested':
		case 'unfold-requested':
		case 'raw-requested':
		case 'redraw-requested':
		case 'scroll-requested':
			return pressInBurst(event.type === 'interrupt-requested' ? state : disarmed(state), event, press);
		case 'burst-ended':
			return endBurst(state, event.id, press);
		case 'chord-begun':
			return stay({...disarmed(state), chordBegun: event.chord});
		case 'chord-ended':
			return stay(without(state, 'chordBegun'));
		case 'help-scrolled':
			return stay(scrollHelp(state, event.top));
		case 'editor-closed':
			return hearEditor(state, event);
		case 'panel-requested':
			return togglePanel(disarmed(state));
		case 'quit-requested':
			return leave(state);
		case 'connection-checked':
			return connectionChecked(state, event);
		case 'connection-lost':
			return connectionLost(state, event.evidence, event.retryAt);
		case 'connection-refused':
			return connectionRefused(state, event.evidence, event.retryAt);
		case 'panel-observed':
		case 'panel-told':
		case 'panel-waits':
		case 'panel-passed':
		case 'panel-report-prepared':
		case 'panel-token-wanted':
		case 'panel-token-typed':
		case 'panel-token-accepted':
		case 'panel-address-used':
			return hearInPanel(state, event);
		case 'agents-listed':
			return stay(hearAgents(hearAgentList(state, event.agents)));
		case 'completions-found':
			return stay(hearCompletions(state, event));
		case 'file-read':
		case 'file-doubted':
		case 'file-refused':
			return hearFile(state, event);
		case 'profile-described':
		case 'choice-told':
			return stay(hearChoice(state, event));
		case 'reply-received':
			return receiveReply(state, event.events);
		case 'place-changed':
			return changePlace(state, event.place, event.agent, event.model);
		case 'path-changed':
			return changePath(state, event.place);
		case 'path-told':
		case 'screen-told':
			return stay(notice(state, event.text));
		case 'profile-refused':
			return sendNext(notice(without(state, 'switchingProfile'), event.problem));
		case 'approval-requested':
		case 'approvals-listed':
		case 'approvals-back':
		case 'approval-resolved':
		case 'approval-answered':
		case 'approvals-lost':
		case 'approval-drawn':
		case 'approval-scrolled':
			return hearApproval(state, event);
		case 'conversation-created':
			return beginConversation(state, event);
		case 'conversations-listed':
		case 'conversations-found':
		case 'conversation-opened':
		case 'conversation-trashed':
		case 'conversation-told':
			return hearConversation(state, event);
		case 'sessions-listed':
		case 'session-heard':
		case 'session-told':
		case 'session-at-work':
		case 'earlier-read':
		case 'gateway-commands-listed':
			return hearSession(state, event);
		case 'entries-printed':
			return stay(forgetPrinted(state, event.count));
		case 'draft-restored':
			return restoreDraft(state, restoredDraft(event));
		case 'drafts-waiting':
			return stay(sayDraftsWait(state, event.conversations));
		case 'history-loaded':
			return stay(loadHistory(state, event.lines));
		case 'save-failed':
			return stay(saySaveFailed(state, event.what, event.message));
		case 'clock-ticked':
			return then(then(lookForChange(disarmedByTime(state)), savePart), expireApprovals);
	}
}

/** A key goes to the connection panel when that was given the keys, else to what stands above the composer, else to the composer. */
function press(state: State, event: KeyEvent): Step {
	if (panelHasKeys(state)) return pressInPanel(state, event);
	return state.overlay === undefined ? pressInComposer(state, event) : pressInOverlay(state, state.overlay, event);
}

/** Any key but Ctrl+C takes back the first half of quitting. */
function disarmed(state: State): State {
	return state.quitArmedUntil === undefined ? state : without(state, 'quitArmedUntil');
}

function disarmedByTime(state: State): State {
	return state.quitArmedUntil !== undefined && state.now >= state.quitArmedUntil ? disarmed(state) : state;
}

function saySaveFailed(state: State, what: string, message: string): State {
	if (state.failedSaves.includes(what)) return state;
	const told = {...state, failedSaves: [...state.failedSaves, what]};
	return notice(told, `The ${what} cannot be saved: ${message}. The chat goes on; this is said once.`);
}

/** Waiting times are on the screen while an answer is under way or a countdown runs; the wait for a second Ctrl+C ends. */
function clockPace(state: State): ClockPace | undefined {
	const {answer, connection, phase, quitArmedUntil, now, panel} = state;
	if (phase !== 'open') return undefined;
	const pace = approvalPace(state);
	if (pace === 'second') return pace;
	// An answer whose connection is gone waits for that.
	const isAwaited = answer !== undefined && (answer.interruption === undefined || connection.state === 'online');
	if (isAwaited || quitArmedUntil !== undefined) return 'second';
	const counted = [panel?.wait, 'retryAt' in connection ? connection : undefined].filter(wait => wait?.retryAt !== undefined);
	if (counted.length === 0) return pace;
	return counted.some(wait => wait !== undefined && now - wait.since < closelyWatchedMs) ? 'second' : 'minute';
}

function clockCommands(before: State, after: State): readonly Command[] {
	const pace = clockPace(after);
	if (clockPace(before) === pace) return [];
	return [pace === undefined ? {type: 'stop-clock'} : {type: 'start-clock', pace}];
}

/** What was not sent, typed or queued, is kept on disk, under the conversation it belongs to. Leaving saves it itself. */
function draftCommands(before: State, after: State): readonly Command[] {
	const saved = {type: 'save-draft', conversationId: after.conversation.id, ...storedDraft(unsent(after))} as const;
	if (after.phase === 'quitting') return [];
	if (before.conversation.id === after.conversation.id) return unsentChanged(before, after) ? [saved] : [];
	const left = after.leftDrafts?.[before.conversation.id] ?? emptyDraft;
	// First what was carried along: it is nowhere else.
	return [saved, {type: 'save-draft', conversationId: before.conversation.id, ...storedDraft(left)}];
}

/** Texts that did not change are the same strings: nothing is joined for a key that moves the caret. */
function unsentChanged(before: State, after: State): boolean {
	return before.draft.text !== after.draft.text || before.queue !== after.queue;
}

function isSaving({type}: Command): boolean {
	return type === 'append-record' || type === 'save-draft' || type === 'remember-input';
}
