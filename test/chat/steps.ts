import type {Command} from '../../source/chat/command.js';
import type {Event} from '../../source/chat/event.js';
import {type Beginning, initialState} from '../../source/chat/initial-state.js';
import type {State} from '../../source/chat/state.js';
import {update} from '../../source/chat/update.js';
import type {Evidence, Observation} from '../../source/diagnosis/evidence.js';
import type {Outcome, TransportEvent} from '../../source/gateway/transport.js';

type WithoutAt<T> = T extends unknown ? Omit<T, 'at'> : never;
export type Happening = WithoutAt<Event> & {readonly at?: number};

/** Runs events through `update`, one millisecond apart unless they say when; gathers the commands. The state is frozen on the way. */
export function run(state: State, ...happenings: readonly Happening[]): {state: State; commands: readonly Command[]} {
	let current = frozen(state);
	const commands: Command[] = [];
	for (const happening of happenings) {
		const [next, orders] = update(current, {at: current.now + 1, ...happening} as Event);
		current = frozen(next);
		commands.push(...orders);
	}
	return {state: current, commands};
}

/** `update` is pure: writing to what it was given throws. */
function frozen<T>(value: T): T {
	if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
	Object.freeze(value);
	for (const part of Object.values(value)) frozen(part);
	return value;
}

export function beginning(changes: Partial<Beginning> = {}): State {
	const place = {origin: 'http://127.0.0.1:18789', path: 'loopback'};
	return initialState({at: 1_000, conversationId: 'c1', ephemeral: false, place, ...changes});
}

export function evidence(...observations: readonly Observation[]): Evidence {
	return {
		schema: 'clawtalk.evidence/1',
		at: '2026-01-01T00:00:00.000Z',
		target: {origin: 'http://127.0.0.1:18789', source: 'default', addressClass: 'loopback'},
		credential: {set: false, sent: false},
		observations,
	};
}

export function httpAnswer(status: number, layer: 'chat' | 'identity' = 'chat'): Observation {
	return {kind: 'http-answer', layer, atMs: 0, method: 'POST', path: '/v1/chat/completions', status, body: 'json', headers: {}};
}

export function networkFailure(method: string, path: string): Observation {
	const attempts = [{code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 127.0.0.1:18789'}];
	return {kind: 'network-failure', layer: 'tcp', atMs: 0, method, path, phase: 'connect', attempts};
}

export const checked: Happening = {type: 'connection-checked', latencyMs: 3, evidence: evidence()};
export const lost: Happening = {type: 'connection-lost', evidence: evidence(), retryAt: 9_000};
export const submit: Happening = {type: 'submit-requested'};

export function typed(text: string): Happening {
	return {type: 'text-typed', text};
}

/** What comes for question `id`. */
export function reply(...events: readonly TransportEvent[]): Happening {
	return {type: 'reply-received', events};
}

export function delta(text: string, questionId = 'c1-1'): TransportEvent {
	return {type: 'delta', questionId, text};
}

export function ended(outcome: Outcome, questionId = 'c1-1', seen = evidence()): TransportEvent {
	return {type: 'ended', questionId, outcome, evidence: seen};
}

export const complete: Outcome = {kind: 'complete', finishReason: 'stop'};

/** Connected, with a question under way. */
export function asking(text = 'hello'): State {
	return run(beginning(), checked, typed(text), submit).state;
}

export function types(commands: readonly Command[]): readonly string[] {
	return commands.map(command => command.type);
}

export function sent(commands: readonly Command[]): readonly string[] {
	return commands.flatMap(command => (command.type === 'send-question' ? [command.question.text] : []));
}

/** Entries in short: kind, and text where there is one. */
export function shown(state: State): readonly string[] {
	return state.entries.map(entry => {
		if (entry.kind === 'block') return `block ${entry.markdown.trimEnd()}`;
		if (entry.kind === 'answer-end') return `end ${entry.outcome.kind}`;
		return 'text' in entry ? `${entry.kind} ${entry.text}` : entry.kind;
	});
}

/** The messages that wait, as they were typed. */
export function queued(state: State): readonly string[] {
	return state.queue.map(({text}) => text);
}
