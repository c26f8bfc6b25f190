import stringWidth from 'string-width';
import type {Answer, Connection, State} from '../chat/state.js';
import {sanitizeLine} from '../terminal/sanitize.js';
import {wrapProse} from '../terminal/wrap.js';
import type {Drawing} from './drawing.js';
import {duration} from './duration.js';

/** Silence longer than this is worth a word: providers that retry are silent for 60–90 s (OpenClaw 2026.9.6). */
const longSilenceMs = 10_000;

const separator = ' · ';

/** A part of the status line. Parts stand in the order in which they are read; those of the highest rank are left out first. */
interface Part {
	readonly text: string;
	readonly rank: number;
	/** Says what is going on, and is coloured for it; the others say with whom. */
	readonly isState?: true;
}

/** The one status line: what is going on and what to do, then with whom and over which path. Never wider than the terminal. */
export function statusLine(state: State, columns: number, {palette, clock}: Drawing): string {
	const {answer, connection, quitArmedUntil} = state;
	const isArmed = quitArmedUntil !== undefined;
	const urgent = isArmed || (!answer && connection.state !== 'online' && connection.state !== 'connecting');
	const paint = (text: string) => (urgent ? palette.warning(text) : answer ? palette.accent(text) : palette.good(text));
	const doing = isArmed ? [say('Ctrl+C again quits', 0)] : answer ? answerParts(answer, state.now) : connectionParts(state, clock);
	return fitting([...doing, ...whereParts(state)], columns)
		.map(({text, isState}, index) => `${index === 0 ? '' : palette.dim(separator)}${isState ? paint(text) : palette.dim(text)}`)
		.join('');
}

/** As many parts as have room, by importance; no part is cut unless even the first one is too long. */
function fitting(parts: readonly Part[], columns: number): readonly Part[] {
	let room = columns + separator.length;
	const kept = new Set<Part>();
	for (const part of parts.toSorted((a, b) => a.rank - b.rank)) {
		const width = stringWidth(part.text) + separator.length;
		if (kept.size === 0 && width > room) return [{...part, text: wrapProse(part.text, columns)[0] ?? ''}];
		if (width > room) break;
		room -= width;
		kept.add(part);
	}
	return parts.filter(part => kept.has(part));
}

function say(text: string, rank: number): Part {
	return {text, rank, isState: true};
}

function connectionParts({connection, checkAsked, queueHeld, draft, now}: State, clock: (at: number) => string): readonly Part[] {
	switch (connection.state) {
		case 'connecting':
			return [say('connecting', 0)];
		case 'online':
			return queueHeld
				? [say('online', 0), say(draft.text === '' ? 'Enter sends what is held, Esc edits it' : 'Enter sends what is held, then this', 1)]
				: [say('online', 0)];
		case 'waiting':
			return [say(`offline since ${clock(connection.since)}`, 0), ...lookParts(connection, checkAsked !== undefined, now)];
		case 'refused':
			return [say('not usable', 0), say(checkAsked === undefined ? '/status asks again' : 'looking now', 1)];
	}
}

function lookParts({retryAt}: Connection & {state: 'waiting'}, isAsked: boolean, now: number): readonly Part[] {
	if (isAsked || retryAt <= now) return [say('looking now', 1)];
	return [say(`next look in ${duration(retryAt - now + 999)}`, 2), say('Enter looks now', 1)];
}

function answerParts({phase, askedAt, lastByteAt, firstTokenAt}: Answer, now: number): readonly Part[] {
	if (phase === 'cancelling') return [say('stopping', 0)];
	if (phase === 'sending') return [say(`sending ${duration(now - askedAt)}`, 0)];
	const stops = say('Esc stops', 1);
	if (firstTokenAt === undefined) return [say(`waiting for the answer ${duration(now - askedAt)}`, 0), stops];
	const silent = now - lastByteAt;
	const quiet = silent >= longSilenceMs ? [say(`silent for ${duration(silent)}`, 2)] : [];
	return [say(`answering ${duration(now - askedAt)}`, 0), ...quiet, stops];
}

/** What the gateway chooses by itself is said in other words than a name: an agent or a model may be called `default`. */
function whereParts({place, agent, model}: State): readonly Part[] {
	const address = place.origin.replace(/^\w+:\/\//, '');
	return [
		...(place.profile === undefined ? [] : [{text: place.profile, rank: 4}]),
		{text: `${address} (${place.path})`, rank: 3},
		agent === undefined ? {text: 'default agent', rank: 7} : {text: `agent ${agent}`, rank: 5},
		...(model === undefined ? [] : [{text: `model ${model}`, rank: 6}]),
	].map(part => ({...part, text: sanitizeLine(part.text)}));
}
