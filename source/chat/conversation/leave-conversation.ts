import {breakOff} from '../answer/end-answer.js';
import type {Command} from '../command.js';
import {dropNext} from '../composer/attach.js';
import {emptyDraft} from '../composer/draft.js';
import {takeQueueBack, unsent} from '../composer/queue.js';
import {closeOverlay} from '../overlay/overlay.js';
import type {State} from '../state.js';
import {notice, type Step, stay, then, without} from '../step.js';
import type {Conversation} from './conversation.js';

/**
 * Before another conversation takes the place of the one that is open: an answer under way ends here, and what was not sent stays with the
 * conversation that it was meant for. One that was never begun has no draft to come back to: that is carried along.
 *
 * @param later How what was not sent is found again, in a sentence.
 */
export function leaveBehind(state: State, later = resumeWords(state.conversation)): Step {
	return then(breakOff(state), current => {
		const {conversation} = current;
		const closed: State = {
			...without(current, 'completion', 'enterHeld', 'goneSaid', 'orderSaid'),
			conversation: without(conversation, 'replacing'),
		};
		if (!isBegun(conversation)) return stay(takeQueueBack(closed));
		const draft = unsent(closed);
		const emptied = emptyComposer(closed);
		if (draft.text === '') return emptied;
		const leftDrafts = {...closed.leftDrafts, [conversation.id]: draft};
		return then(emptied, after => stay(notice({...after, leftDrafts}, later)));
	});
}

function resumeWords({id}: Conversation): string {
	return `What was not sent stays with the conversation that you leave: /resume ${id.slice(0, 8)} shows it.`;
}

/** Nothing that was typed, queued or chosen for one conversation goes on in another: no file that is still being read, no step of undo. */
export function emptyComposer(state: State): Step {
	const {inputHistory, editing} = state;
	const rest: State = dropNext({
		...without(closeQuestion(state), 'attaching'),
		queue: [],
		queueHeld: false,
		draft: emptyDraft,
		inputHistory: {lines: inputHistory.lines},
		editing: {past: [], future: [], text: '', kills: editing.kills},
	});
	return [rest, doubtedFile(state)];
}

/** A question about the conversation that is left, or about a file for it, is not answered any more. */
function closeQuestion(state: State): State {
	return state.overlay?.kind === 'confirmation' && state.overlay.act.type !== 'switch-profile' ? closeOverlay(state) : state;
}

function doubtedFile({overlay}: State): readonly Command[] {
	if (overlay?.kind !== 'confirmation' || overlay.act.type !== 'attach-file') return [];
	return [{type: 'forget-file', orderId: overlay.act.file.orderId}];
}

/** Whether it has a file, or is about to. */
export function isBegun({asked, isStored, ephemeral}: Conversation): boolean {
	return !ephemeral && (asked > 0 || isStored === true);
}
