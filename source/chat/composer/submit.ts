import {askEdited, whyNotEdited} from '../answer/ask-again.js';
import {heldCommand, sayOrderInside, whyNotForwarded} from '../connection/gateway-commands.js';
import {keptDuringAnswer} from '../conversation/conversation-requests.js';
import {elsewhereWords} from '../conversation/open-conversation.js';
import {closePanel} from '../panel/panel.js';
import {carryOut} from '../requests.js';
import {readInput, type SlashRequest} from '../slash.js';
import type {State} from '../state.js';
import {notice, type Step, stay, then, without} from '../step.js';
import {withNextFiles} from './attach.js';
import {outgoingOf} from './draft.js';
import {afterFiles} from './files-before.js';
import {goneWords, sayGone, withoutGone} from './gone-images.js';
import {continuedLine} from './line-continuation.js';
import {askInTurn, messageOf, releaseQueue} from './queue.js';
import {changeDraft, rememberCommand, rememberDraft} from './update-draft.js';

/** Enter. What cannot be sent stays in the composer; a slash command that is none goes to the input history, so that the next one can be typed. */
export function submit(state: State): Step {
	const {draft} = state;
	const continued = state.hasScreen ? continuedLine(draft) : undefined;
	if (continued !== undefined) return stay(changeDraft(state, continued));
	const begins = afterFiles(draft);
	const behind = readInput(draft.text.slice(begins));
	const input = behind.kind === 'nothing' ? readInput(draft.text) : behind;
	switch (input.kind) {
		case 'nothing':
			return state.queueHeld && canAsk(state) ? then(releaseQueue(state), leaveFailureBehind) : checkIfAway(state);
		case 'mistake':
			return then(rememberCommand(state, begins), current => stay(notice(current, `${input.problem} ↑ brings it back.`)));
		case 'unknown-command': {
			const refusal = whyNotForwarded(state, input);
			if (refusal !== undefined)
				return then(rememberCommand(state, begins), current => stay(notice(current, `${refusal} ↑ brings it back.`)));
			return send(state, draft.text.slice(begins));
		}
		case 'request':
			return (
				keptDuringAnswer(state, input.request) ??
				then(rememberCommand(state, begins), current => heldAgain(current, input.request) ?? carryOut(current, input.request))
			);
		case 'message':
			return send(state, input.text);
	}
}

/** `/retry` of a command that was asked about before it was sent: it takes the same away again. */
function heldAgain(state: State, {kind}: SlashRequest): Step | undefined {
	const {answer, queue, conversation} = state;
	if (kind !== 'retry' || answer !== undefined || queue.length > 0 || conversation.last === undefined) return undefined;
	return heldCommand(state, messageOf(conversation.last.draft).text);
}

/** Sends the draft, which says `text`. What the gateway would carry out is looked at first. */
function send(state: State, text: string): Step {
	const {draft} = state;
	const gone = goneWords(state, draft);
	const notEdited = whyNotEdited(state);
	if (!canAsk(state)) return sayNotSent(state);
	if (state.attaching !== undefined)
		return stay(notice(state, `${state.attaching[0]?.path} is still being read. Enter again when its label stands there.`));
	if (gone !== undefined && state.goneSaid !== draft.text) return stay(sayGone(state, gone));
	if (notEdited !== undefined) return stay(notice(state, notEdited));
	if (state.conversation.elsewhere !== undefined) return stay(notice(state, elsewhereWords(state.conversation) ?? ''));
	const held = heldCommand(state, text) ?? sayOrderInside(state, outgoingOf(draft).text);
	if (held !== undefined) return held;
	return then(
		then(rememberDraft(without(state, 'attachedNext')), current =>
			askEdited(current, edited => askInTurn(edited, withoutGone(state, withNextFiles(state)))),
		),
		leaveFailureBehind,
	);
}

/** What was wrong with the question before is no matter any more when the next one is on its way. */
function leaveFailureBehind(state: State): Step {
	return state.panel?.openedBy === 'failure' && state.answer !== undefined ? closePanel(state) : stay(state);
}

/** Before the first answer of the health check a question waits in the queue; away or refused, it waits in the composer. */
function canAsk({connection}: State): boolean {
	return connection.state === 'online' || connection.state === 'connecting';
}

function checkIfAway(state: State): Step {
	if (state.connection.state !== 'waiting' || state.checkAsked !== undefined) return stay(state);
	return [{...state, checkAsked: 'submit'}, [{type: 'check-connection'}]];
}

/** Why nothing can be sent was explained when it began; a gateway that is away is looked at once more, and the result is said. */
function sayNotSent(state: State): Step {
	if (state.connection.state !== 'refused') return checkIfAway(state);
	return stay(notice(state, 'Nothing was sent, your text is still here. /status asks the gateway again.'));
}
