import {readDirectives, replyToDirectives} from './directives.js';
import type {Generation} from './options.js';
import {completeReply, type Reply} from './reply.js';
import {capabilities, connecting, failures, introduction, keyboard, markdownSample} from './samples.js';
import type {Remembered} from './sessions.js';
import {show} from './shows.js';

type Answer = (prompt: string, history: readonly Remembered[]) => string | undefined;

/** Asked in this order; the first that has something to say answers. */
const answers: readonly Answer[] = [
	recallName,
	noteName,
	recallQuestion,
	echo,
	about(/\bmarkdown\b|\btable\b|\bcode (block|sample)|\bformat/i, markdownSample),
	about(/\bconnect\b|\breal gateway\b|\bset ?up\b|\bconfigur|\btoken\b/i, connecting),
	about(/\bkeys?\b|\bkeyboard\b|\bshortcut/i, keyboard),
	about(/\bfail|\bfault|\bbreak\b|\berror/i, failures),
	about(/\bwhat (can|do|does)\b.*\b(you|it|clawtalk)\b|\bfeatures?\b|\bclawtalk\b/i, capabilities),
	about(/^\s*(hi|hello|hey|good (morning|evening|day)|help|\?)\b/i, introduction),
];

/** Answers offline. Orders in the prompt (see `directives.ts`) come before anything else. */
export function answer(prompt: string, history: readonly Remembered[], generation: Generation): Reply {
	const orders = readDirectives(prompt);
	if (orders) {
		const before = history.filter(message => message.role === 'user').map(({text}) => text);
		return replyToDirectives(orders, {prompt, heard: [...before, prompt]}, generation);
	}

	const shown = isTold(prompt) ? undefined : show(prompt);
	if (shown) return shown;
	for (const attempt of answers) {
		const text = attempt(prompt, history);
		if (text !== undefined) {
			return completeReply(text, prompt);
		}
	}

	return completeReply(`You said: ${prompt}\n\nI only know a few things. Say **hello** to see them.`, prompt);
}

/** Whether a prompt tells what to say, whatever it is about. */
function isTold(prompt: string): boolean {
	return echo(prompt) !== undefined || nameIn(prompt) !== undefined;
}

function about(topic: RegExp, text: string): Answer {
	return prompt => (topic.test(prompt) ? text : undefined);
}

function nameIn(text: string): string | undefined {
	return /\bmy name is\s+([\p{L}\p{M}'’-]+)/iu.exec(text)?.[1];
}

function noteName(prompt: string): string | undefined {
	const name = nameIn(prompt);
	return name === undefined ? undefined : `Hello ${name}, I will remember that for this conversation.`;
}

function recallName(prompt: string, history: readonly Remembered[]): string | undefined {
	if (!/\b(what('s| is)|do you (know|remember)) my name\b|\bwho am i\b/i.test(prompt)) {
		return undefined;
	}

	const name = history
		.filter(message => message.role === 'user')
		.map(message => nameIn(message.text))
		.findLast(found => found !== undefined);
	return name === undefined ? 'You have not told me your name in this conversation.' : `Your name is ${name}.`;
}

function recallQuestion(prompt: string, history: readonly Remembered[]): string | undefined {
	if (!/\bwhat did i (just )?(say|ask|write)\b|\bmy last (message|question)\b/i.test(prompt)) {
		return undefined;
	}

	const last = history.findLast(message => message.role === 'user');
	return last === undefined ? 'This is the first thing you say in this conversation.' : `Before this you said: ${last.text}`;
}

function echo(prompt: string): string | undefined {
	return /^\s*(?:echo|say|repeat)\b[\s:]+(.+)$/is.exec(prompt)?.[1];
}
