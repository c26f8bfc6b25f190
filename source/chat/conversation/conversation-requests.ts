import {recordName} from '../answer/ask.js';
import {continueLast, editLast, retry} from '../answer/ask-again.js';
import {takeOrder} from '../orders.js';
import {openOverlay} from '../overlay/overlay.js';
import {type PickerPurpose, pickerOf} from '../overlay/picker.js';
import type {SlashRequest} from '../slash.js';
import type {State} from '../state.js';
import {notice, type Step, stay, then, without} from '../step.js';
import {nameOf} from './conversation.js';
import {type ConversationRequest, named} from './conversation-commands.js';
import {hasControl} from './follow-session.js';
import {isBegun} from './leave-conversation.js';
import {order} from './order-conversation.js';
import {openSession, readEarlier} from './session-requests.js';

/** Carries out a slash command about conversations. */
export function carryOutOnConversation(state: State, request: ConversationRequest): Step {
	switch (request.kind) {
		case 'new':
			return duringAnswer(state, '/new') ?? [state, [{type: 'create-conversation', ...named(request.name)}]];
		case 'sessions':
			return duringAnswer(state, '/sessions') ?? (request.which === undefined ? listConversations(state) : openNamed(state, request.which));
		case 'earlier':
			return readEarlier(state);
		case 'rename':
			return request.name === undefined ? stay(notice(state, nameInWords(state))) : rename(state, request.name);
		case 'fork':
			return duringAnswer(state, '/fork') ?? fork(state, request.name);
		case 'delete':
			return duringAnswer(state, '/delete') ?? askToDelete(state);
		case 'undo':
			return duringAnswer(state, '/undo') ?? undo(state);
		case 'retry':
			return retry(state);
		case 'edit':
			return editLast(state);
		case 'continue':
			return continueLast(state);
		case 'search':
			return search(state, request.words);
		case 'export':
			return exportIt(state, request.path);
	}
}

/** What would take the conversation from under an answer has to wait. */
export function duringAnswer(state: State, command: string): Step | undefined {
	return state.answer && stay(notice(state, waitWords(command)));
}

function waitWords(command: string): string {
	return `An answer is under way. Esc stops it, then ${command} works.`;
}

/** The end of the answer is all that a command waits for: it stays in the composer, where there is one, and Enter carries it out then. */
export function keptDuringAnswer(state: State, request: SlashRequest): Step | undefined {
	if (state.answer === undefined || !state.hasScreen || !waitsForEnd(request)) return undefined;
	// Esc is for the answer, not for a list below the composer.
	return stay(notice(without(state, 'completion'), waitWords(`/${request.kind}`)));
}

const waiting: ReadonlySet<SlashRequest['kind']> = new Set([
	'new',
	'sessions',
	'fork',
	'delete',
	'undo',
	'retry',
	'edit',
	'continue',
	'tunnel',
]);

function waitsForEnd(request: SlashRequest): boolean {
	return waiting.has(request.kind) || (request.kind === 'profile' && request.name !== undefined);
}

/** Opens a conversation by its id or a name; `at` is a question to show. */
export function open(state: State, id: string, at?: string): Step {
	return order(state, {type: 'open-conversation', which: id, ...(at !== undefined && {at})});
}

/** By its key for a session of the gateway, else by an id or a name. */
function openNamed(state: State, named: string): Step {
	return /^agent:[^\s:]+:\S+$/.test(named) ? openSession(state, named) : open(state, named);
}

const nothingOnDisk = 'This chat writes nothing to disk: there are no conversations to choose from.';

function listConversations(state: State): Step {
	if (state.conversation.ephemeral) return stay(notice(state, nothingOnDisk));
	const withSessions = hasControl(state);
	const title = withSessions ? 'Conversations and sessions of the gateway' : 'Conversations';
	return then(order(state, {type: 'list-conversations'}), current => {
		const waiting = waitingPicker(current, 'conversation', title);
		return withSessions ? addSessions(waiting) : stay(waiting);
	});
}

/** A number of its own: whichever of the two lists comes first, or fails, the other one is still waited for. */
function addSessions(state: State): Step {
	const {overlay} = state;
	if (overlay?.kind !== 'picker') return stay(state);
	const [ordered, orderId] = takeOrder(state);
	return [{...ordered, overlay: {...overlay, sessionsOrder: orderId}}, [{type: 'list-sessions', orderId}]];
}

function search(state: State, words: string | undefined): Step {
	if (words === undefined) return stay(notice(state, '/search WORDS looks for words in this and all conversations.'));
	if (state.conversation.ephemeral) return stay(notice(state, nothingOnDisk));
	const wanted = {type: 'search-conversations', words, first: state.conversation.id} as const;
	return then(order(state, wanted), current => stay(waitingPicker(current, 'found', `Found: ${words}`)));
}

function waitingPicker(state: State, purpose: PickerPurpose, title: string): State {
	const {waitsForConversation} = state;
	return openOverlay(state, {...pickerOf(purpose, title, []), ...(waitsForConversation !== undefined && {order: waitsForConversation})});
}

function nameInWords({conversation}: State): string {
	const {name, id, sessionKey} = conversation;
	return `Conversation ${name ?? 'without a name'} (${id}), session ${sessionKey} of the gateway.`;
}

function rename(state: State, name: string): Step {
	const [renamed, records] = recordName(state, name);
	// Why was said once, and a second line would not follow.
	const doubt = state.failedSaves.includes('conversation') ? ' Saving has failed before; it is tried again with this.' : '';
	return [notice(renamed, `This conversation is called ${name}.${doubt}`), records];
}

function fork(state: State, name: string | undefined): Step {
	const {conversation, place} = state;
	if (conversation.ephemeral) return stay(notice(state, 'This chat writes nothing to disk: there is nothing to copy.'));
	if (!isBegun(conversation)) return stay(notice(state, 'Nothing was said yet: there is nothing to copy.'));
	const {origin, profile} = place;
	return order(state, {
		type: 'fork-conversation',
		from: conversation.id,
		origin,
		...(profile !== undefined && {profile}),
		...named(name ?? nameOfCopy(conversation.name)),
	});
}

/** `Plans` → `Plans (copy)` → `Plans (copy 2)`. Without a name it goes by its first question, as the original does. */
function nameOfCopy(name: string | undefined): string | undefined {
	const [, original = name, copies] = /^(.*) \(copy(?: (\d+))?\)$/.exec(name ?? '') ?? [];
	if (original === undefined) return undefined;
	return original === name ? `${name} (copy)` : `${original} (copy ${Number(copies ?? 1) + 1})`;
}

function askToDelete(state: State): Step {
	const {conversation} = state;
	if (!isBegun(conversation)) return stay(notice(state, 'This conversation is not on disk: there is nothing to delete.'));
	return stay(
		openOverlay(state, {
			kind: 'confirmation',
			question: `Put the conversation ${nameOf(conversation)} into the trash?`,
			details: ['/undo brings it back. What the gateway remembers of it stays there.'],
			act: {type: 'delete-conversation', id: conversation.id},
		}),
	);
}

/** The user has said yes. */
export function trash(state: State, id: string): Step {
	return then(order(state, {type: 'trash-conversation', id}), current => {
		const {waitsForConversation: orderId = 0} = current;
		return stay({...current, deleting: {orderId, id}});
	});
}

function undo(state: State): Step {
	const {trashed} = state;
	if (trashed === undefined)
		return stay(notice(state, 'Nothing was deleted in this chat. `clawtalk sessions list --trash` shows what is in the trash.'));
	return order(state, {type: 'restore-conversation', trashId: trashed});
}

function exportIt(state: State, path: string | undefined): Step {
	if (!isBegun(state.conversation)) return stay(notice(state, 'Nothing of this conversation is on disk: there is nothing to export.'));
	return order(state, {type: 'export-conversation', id: state.conversation.id, ...(path !== undefined && {path})});
}

/** A hit of a search: `<conversation>#<question>`. */
export function openAt(state: State, hit: string): Step {
	const [id = '', question] = hit.split('#');
	return duringAnswer(state, 'that') ?? open(state, id, question);
}
