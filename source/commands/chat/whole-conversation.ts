import {replay} from '../../chat/conversation/replay.js';
import type {NewEntry, State} from '../../chat/state.js';
import {readConversation} from '../../transcripts/read-conversation.js';
import type {StoredTool} from '../../transcripts/stored.js';

/**
 * All of the conversation that is open: as it is on disk, then the answer that is still coming. What is only in memory when nothing is kept
 * on disk, or nothing can be read. @param home clawtalk's own folder; absent = nothing is kept.
 */
export async function wholeConversation(state: State, home: string | undefined): Promise<readonly NewEntry[]> {
	const {conversation, entries, answer} = state;
	const stored =
		home === undefined || conversation.asked === 0 ? undefined : await readConversation(home, conversation.id).catch(() => undefined);
	const turns = stored?.entries.filter(entry => entry.kind === 'turn') ?? [];
	if (turns.length === 0) return [...entries, ...comingEntries(state)];
	const done = turns.filter(({questionId}) => questionId !== answer?.questionId);
	const asked: readonly NewEntry[] = answer === undefined ? [] : [{kind: 'question', text: answer.question}];
	const tools = turns.find(({questionId}) => questionId === answer?.questionId)?.answer?.tools;
	return [...replay(done), ...asked, ...comingEntries({...state, entries: []}, tools)];
}

/** What has come of an answer and is not among the entries, and that it has not ended. @param tools Its tool runs that are on disk. */
function comingEntries({answer, entries}: State, tools: readonly StoredTool[] = []): readonly NewEntry[] {
	if (answer === undefined) return [];
	const text = entries.length > 0 ? answer.scan.pending : answer.text;
	const begun = replay([{questionId: answer.questionId, askedAt: answer.askedAt, question: '', answer: {text, tools}}]);
	return [...begun.filter(({kind}) => kind === 'block' || kind === 'tool'), {kind: 'notice', text: '(The answer is still coming.)'}];
}
