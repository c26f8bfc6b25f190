import type {ControlPlane, Hello} from '../control-plane.js';
import type {Message, Outcome, Question} from '../transport.js';
import {sessionKeyOf} from './ws-question.js';

/** What fresh sessions were told before a question that was stopped, by session key. */
export type LostSeeds = Map<string, readonly Message[]>;

/**
 * 2026.2.9 keeps nothing of a run that was stopped over the control plane, neither its question nor what the fresh session was told with
 * it: so the session is told again with its next question, when it is still empty.
 */
export async function withLostSeed(seeds: LostSeeds, control: ControlPlane, question: Question, hello: Hello): Promise<Question> {
	const key = sessionKeyOf(question, hello);
	const seed = key === undefined ? undefined : seeds.get(key);
	if (key === undefined || seed === undefined || question.seed !== undefined) return question;
	const history = await control.call('chat.history', {sessionKey: key, limit: 1});
	const messages = history.ok ? history.payload['messages'] : undefined;
	return Array.isArray(messages) && messages.length === 0 ? {...question, seed} : question;
}

/** Remembers what is lost with a question that was stopped. */
export function keepLostSeed(seeds: LostSeeds, question: Question, hello: Hello, outcome: Outcome): void {
	const key = sessionKeyOf(question, hello);
	if (key === undefined) return;
	if (hello.protocol < 4 && outcome.kind === 'cancelled' && question.seed !== undefined) seeds.set(key, question.seed);
	else seeds.delete(key);
}
