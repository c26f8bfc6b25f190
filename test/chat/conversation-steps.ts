import type {Command} from '../../source/chat/command.js';
import type {OpenedConversation} from '../../source/chat/conversation/open-conversation.js';
import type {State} from '../../source/chat/state.js';
import type {Question} from '../../source/gateway/transport.js';
import type {StoredConversation, StoredEntry} from '../../source/transcripts/stored.js';
import {beginning, checked, complete, delta, ended, reply, run, submit} from './steps.js';

/** Whole as it comes: nothing is completed. */
export const line = (text: string) => [{type: 'text-pasted', text}, submit] as const;
export const answer = (text: string, id: string) => reply(delta(text, id), ended(complete, id));
export const connected = run(beginning(), checked).state;
export const talked = run(connected, ...line('one'), answer('first', 'c1-1'), ...line('two'), answer('second', 'c1-2')).state;

export const questions = (commands: readonly Command[]): readonly Question[] =>
	commands.flatMap(command => (command.type === 'send-question' ? [command.question] : []));
export const records = (commands: readonly Command[]) =>
	commands.flatMap(command => (command.type === 'append-record' ? [command.record] : []));
/** Orders of a kind, without their numbers. */
export const orders = (commands: readonly Command[], type: Command['type']) =>
	commands.flatMap(command => {
		if (command.type !== type) return [];
		const {orderId: _number, ...order} = command as Command & {orderId?: number};
		return [order];
	});
export const told = (question: Question | undefined) => question?.seed?.map(({text}) => text);

export function stored(id: string, entries: readonly StoredEntry[] = [], more: Partial<StoredConversation> = {}): StoredConversation {
	return {
		id,
		sessionKey: `clawtalk:${id}`,
		origin: 'http://127.0.0.1:18789',
		createdAt: 0,
		updatedAt: 0,
		bytes: 100,
		asked: entries.filter(({kind}) => kind === 'turn').length,
		unreadable: {tornBytes: 0, brokenLines: 0, unknownRecords: 0},
		title: 'Birds',
		entries,
		earlierTurns: 0,
		...more,
	};
}

export const turn = (questionId: string): StoredEntry => ({
	kind: 'turn',
	questionId,
	askedAt: 0,
	question: `ask ${questionId}`,
	answer: {text: `answer ${questionId}`, ended: 'complete', finishReason: 'stop'},
});

/** Opens what was stored, as an answer to the order that waits. */
export function opening(state: State, conversation: StoredConversation, more: Partial<OpenedConversation> = {}) {
	const ordered = run(state, ...line(`/resume ${conversation.id}`));
	const orderId = ordered.state.waitsForConversation ?? 0;
	const opened = {stored: conversation, tag: 'f00', room: {columns: 80, rows: 24}, ...more};
	const after = run(ordered.state, {type: 'conversation-opened', orderId, opened});
	return {...after, ordered};
}
