import {draftOf} from '../composer/draft.js';
import {goneWords} from '../composer/gone-images.js';
import {askInTurn} from '../composer/queue.js';
import {changeDraft, rememberDraft} from '../composer/update-draft.js';
import {type FreshSession, inFreshSession, type LastQuestion} from '../conversation/conversation.js';
import {elsewhereWords} from '../conversation/open-conversation.js';
import type {State} from '../state.js';
import {notice, type Step, stay, then, without} from '../step.js';

/** `/retry`: the last question once more. */
export function retry(state: State): Step {
	const {last} = state.conversation;
	const problem = whyNot(state, '/retry') ?? whyNotNow(state) ?? (last && goneWords(state, last.draft));
	if (last === undefined || problem !== undefined) return stay(notice(state, problem ?? nothingAsked));
	return askInPlaceOf(state, last, 'retry', current => askInTurn(current, last.draft));
}

/** `/edit`: the last question comes back to the composer; when it is sent, it takes the place of the one that was sent. */
export function editLast(state: State): Step {
	const problem = whyNot(state, '/edit');
	const {last} = state.conversation;
	if (last === undefined || problem !== undefined) return stay(notice(state, problem ?? nothingAsked));
	const typed = state.draft.text === '' ? stay(state) : rememberDraft(state);
	return then(typed, current => {
		const editing = changeDraft({...current, conversation: {...current.conversation, replacing: last.id}}, last.draft);
		return stay(state.hasScreen ? editing : notice(editing, `${editWords}\n${last.draft.text}`));
	});
}

/** Line by line there is no text that could be changed in place. */
const editWords = 'Type your last message anew, it goes in the place of this one; an empty line sends it as it is:';

/** Why what stands in the composer cannot take the place of the last question now: it would not go out at once, and much can change until then. */
export function whyNotEdited(state: State): string | undefined {
	if (state.conversation.replacing === undefined) return undefined;
	return whyNot(state, 'Enter') ?? whyNotNow(state);
}

/** Sends what stands in the composer in the place of the last question. */
export function askEdited(state: State, ask: (state: State) => Step): Step {
	const {last, replacing} = state.conversation;
	return last === undefined || last.id !== replacing ? ask(state) : askInPlaceOf(state, last, 'edit', ask);
}

/** Enter asks a new question after all. */
export function keepLast(state: State): State {
	const kept = {...state, conversation: without(state.conversation, 'replacing')};
	return notice(kept, 'What you sent stays as it is: Enter sends this as a new message.');
}

/** What is asked to go on after an answer that is not whole; the user sees it as any message. */
const goOn = 'Go on where you stopped.';

/** `/continue`. */
export function continueLast(state: State): Step {
	const problem = whyNot(state, '/continue') ?? whyNotNow(state);
	const {last} = state.conversation;
	if (last === undefined || problem !== undefined) return stay(notice(state, problem ?? nothingAsked));
	if (last.isWhole) return stay(notice(state, 'The last answer is whole. What is to come next, you have to say.'));
	if (last.isBlank) return stay(notice(state, 'You stopped before anything came: there is nothing to go on with. /retry asks once more.'));
	return askInTurn({...state, conversation: without(state.conversation, 'replacing')}, draftOf(goOn));
}

const nothingAsked = 'Nothing was asked yet.';

function whyNot({answer, conversation, queue}: State, command: string): string | undefined {
	if (answer !== undefined) return `An answer is under way. Esc stops it, then ${command} works.`;
	if (queue.length > 0) return `Messages wait to be sent. Esc takes them back, then ${command} works.`;
	return elsewhereWords(conversation);
}

function whyNotNow({connection, switchingProfile}: State): string | undefined {
	return connection.state === 'online' && !switchingProfile ? undefined : 'Nothing was sent: the gateway cannot be used now.';
}

/**
 * A question that the gateway never got is simply asked. One that it got stays in the memory of its session: so the question goes to another
 * one, which is told what was said before it.
 */
function askInPlaceOf(state: State, last: LastQuestion, why: FreshSession['why'], ask: (state: State) => Step): Step {
	const replacing = {...state, conversation: {...state.conversation, replacing: last.id}};
	if (!last.isDelivered) return ask(replacing);
	const turns = last.isTurn ? state.turns.slice(0, -2) : state.turns;
	const conversation = inFreshSession(replacing.conversation, why, turns);
	return ask(notice({...replacing, turns, conversation}, freshWords(turns.length)));
}

function freshWords(told: number): string {
	const knows = told === 0 ? 'which knows nothing yet' : `which is told the ${told} messages before`;
	return [
		`Asked in place of your last message, in a fresh session of the gateway, ${knows}.`,
		'The agent may act again. The old session still remembers what it did and said.',
	].join(' ');
}
