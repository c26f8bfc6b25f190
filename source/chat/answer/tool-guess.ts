import type {Answer, State} from '../state.js';
import {notice} from '../step.js';

/** Answers of a conversation that speak of tools that timed out. Over HTTP the gateway tells nothing of its tools: that is all there is. */
export interface ToolGuess {
	readonly conversationId: string;
	readonly answers: number;
	/** What is guessed from it, once there is enough. */
	readonly text?: string;
}

/** One such answer may be about something else. */
const enoughToGuess = 2;

/** What the gateway's tools say when a node or a tool does not answer, and how models put it. */
const timeoutWords =
	/\bgateway timeout after \d+ ?ms\b|\b(?:node invoke|(?:tool|exec|node)(?: call| run| command)?) (?:has |was |is )?(?:timed|timing) out\b/i;

/** E08, where tools cannot be seen: a guess, said once in a conversation. Where tools are seen, what they say themselves counts. */
export function guessFromWords(state: State, {text}: Answer): State {
	const {connection, conversation, toolGuess} = state;
	if (connection.state !== 'online' || connection.via?.transport === 'ws' || !timeoutWords.test(text)) return state;
	const answers = (toolGuess?.conversationId === conversation.id ? toolGuess.answers : 0) + 1;
	const guess = {conversationId: conversation.id, answers};
	if (answers < enoughToGuess) return {...state, toolGuess: guess};
	const known = {...state, toolGuess: {...guess, text: guessWords}};
	return answers === enoughToGuess ? notice(known, guessWords) : known;
}

const guessWords =
	'A guess from the words of two answers: chat works, and tools time out [E08, possible]. On the gateway host: see which nodes are connected: openclaw nodes status';
