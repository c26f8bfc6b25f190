import stringWidth from 'string-width';
import type {Answer, Connection, State} from '../chat/state.js';
import {closelyWatchedMs} from '../closely-watched.js';
import {sanitizeLine} from '../terminal/sanitize.js';
import {wrapProse} from '../terminal/wrap.js';
import {cutLine} from './cut-line.js';
import type {Drawing} from './drawing.js';
import {duration} from './duration.js';
import {nextLook} from './next-look.js';
import {phaseWords} from './run-words.js';

/** Silence longer than this is worth a word: providers that retry are silent for 60–90 s (OpenClaw 2026.9.6). */
const longSilenceMs = 10_000;

const separator = ' · ';

/** A part of the status line. Parts stand in the order in which they are read; those of the highest rank are left out first. */
interface Part {
	readonly text: string;
	readonly rank: number;
	/** Says what is going on, and is coloured for it; the others say with whom. */
	readonly isState?: true;
	/** Its beginning is worth something. */
	readonly mayBeCut?: true;
}

/** The one status line: what is going on and what to do, then with whom and over which path. Never wider than the terminal. */
export function statusLine(state: State, columns: number, {palette, clock, keysNamed = same, awaitsApproval}: Drawing): string {
	const {answer, connection, quitArmedUntil, chordBegun} = state;
	const isArmed = quitArmedUntil !== undefined;
	const isWaiting = answer === undefined || answer.interruption !== undefined;
	const urgent = isArmed || (isWaiting && connection.state !== 'online' && connection.state !== 'connecting');
	const paint = (text: string) => (urgent ? palette.warning(text) : answer ? palette.accent(text) : palette.good(text));
	const named = (parts: readonly Part[]) => parts.map(part => ({...part, text: keysNamed(part.text)}));
	const doing =
		chordBegun !== undefined
			? [say(`${chordBegun} …`, 0), say('Esc drops it', 1)]
			: isArmed
				? named([say('Ctrl+C again quits', 0)])
				: answer
					? named(answerParts(answer, state, clock, awaitsApproval?.(state)))
					: named(connectionParts(state, clock));
	const waits = chordBegun !== undefined || isArmed ? [] : approvalParts(state);
	return fitting([...waits, ...doing, ...whereParts(state)], columns)
		.map(({text, isState}, index) => `${index === 0 ? '' : palette.dim(separator)}${isState ? paint(text) : palette.dim(text)}`)
		.join('');
}

const same = (text: string) => text;

/** Ranks up to this are on the line of every terminal but the narrowest, cut where they have to be. */
const alwaysShown = 0.5;
/** As much of a long name tells one profile from another. */
const leastNameCells = 8;

/** As many parts as have room, by importance; no part is cut but what is going on, and the profile's name. */
function fitting(parts: readonly Part[], columns: number): readonly Part[] {
	let room = columns + separator.length;
	const kept = new Map<Part, Part>();
	for (const part of parts.toSorted((a, b) => a.rank - b.rank)) {
		const width = stringWidth(part.text) + separator.length;
		if (kept.size === 0 && width > room) return [{...part, text: wrapProse(part.text, columns)[0] ?? ''}];
		const isCut = width > room && (part.rank <= alwaysShown || part.mayBeCut) && room - separator.length >= leastNameCells;
		if (width > room && !isCut) break;
		kept.set(part, isCut ? {...part, text: cutLine(part.text, room - separator.length)} : part);
		room -= isCut ? room : width;
	}
	return parts.flatMap(part => kept.get(part) ?? []);
}

function say(text: string, rank: number): Part {
	return {text, rank, isState: true};
}

/** Requests for approval that are not shown: put aside, or something else stands above the composer. */
function approvalParts({approvals, overlay}: State): readonly Part[] {
	const count = (approvals?.waiting.filter(({answering}) => answering === undefined).length ?? 0) + (approvals?.leftOut ?? 0);
	if (count === 0 || overlay?.kind === 'approval') return [];
	return [say(count === 1 ? '1 command waits for approval: /approvals' : `${count} commands wait for approval: /approvals`, 0.2)];
}

function connectionParts(state: State, clock: (at: number) => string): readonly Part[] {
	const {connection, queueHeld, draft} = state;
	const why = state.hasPanel && state.panel === undefined ? [say('Ctrl+T: why', 3)] : [];
	switch (connection.state) {
		case 'connecting':
			return [say('connecting', 0)];
		case 'online':
			return queueHeld
				? [say('online', 0), say(draft.text === '' ? 'Enter sends what is held, Esc edits it' : 'Enter sends what is held, then this', 1)]
				: [say('online', 0)];
		case 'waiting':
			return [say(`offline since ${clock(connection.since)}`, 0), ...lookParts(connection, state, clock), ...why];
		case 'refused':
			return [say('not usable', 0), ...refusedParts(connection, state, clock), ...why];
	}
}

function refusedParts(
	{retryAt, since}: Connection & {state: 'refused'},
	{checkAsked, now}: State,
	clock: (at: number) => string,
): readonly Part[] {
	if (checkAsked !== undefined) return [say('looking now', 1)];
	return [...(retryAt === undefined || retryAt <= now ? [] : [say(nextLook(retryAt, since, now, clock), 2)]), say('/status asks again', 1)];
}

function lookParts(
	{retryAt, since}: Connection & {state: 'waiting'},
	{checkAsked, now}: State,
	clock: (at: number) => string,
): readonly Part[] {
	if (checkAsked !== undefined) return [say('looking now', 1)];
	// Counted while somebody may be watching; then nothing on the screen changes any more.
	const isCounted = now - since < closelyWatchedMs;
	if (isCounted && retryAt <= now) return [say('looking now', 1)];
	return [say(isCounted ? nextLook(retryAt, since, now, clock) : 'looking every 10 s', 2), say('Enter looks now', 1)];
}

function answerParts(answer: Answer, state: State, clock: (at: number) => string, awaits = false): readonly Part[] {
	const {phase, askedAt, lastByteAt, firstTokenAt, progress, thinking, tools} = answer;
	const {now, panel, overlay} = state;
	if (phase === 'cancelling') return [say('stopping', 0)];
	if (answer.interruption !== undefined) return interruptedParts(answer.interruption, state, clock);
	if (phase === 'sending') return [say(`sending ${duration(now - askedAt)}`, 0)];
	// Esc belongs to an open panel, and to a request for approval.
	const stops = say(panel === undefined && overlay?.kind !== 'approval' ? 'Esc stops' : 'Ctrl+C stops', 1);
	if (tools.length > 0) return [say(`${toolsInWords(tools.length, awaits)} ${duration(now - askedAt)}`, 0), stops];
	if (thinking !== undefined) return [say(`thinking ${duration(now - askedAt)}`, 0), stops];
	const doing = progress === undefined || progress.retry ? 'waiting for the answer' : phaseWords(progress);
	if (firstTokenAt === undefined || progress) return [say(`${doing} ${duration(now - askedAt)}`, 0), stops];
	const silent = now - lastByteAt;
	const quiet = silent >= longSilenceMs ? [say(`silent for ${duration(silent)}`, 2)] : [];
	return [say(`answering ${duration(now - askedAt)}`, 0), ...quiet, stops];
}

/** The run goes on without us, or does not: that is known when the gateway is back. */
function interruptedParts(
	{since, soughtUntil}: NonNullable<Answer['interruption']>,
	state: State,
	clock: (at: number) => string,
): readonly Part[] {
	const {connection, now, panel} = state;
	const stops = say(panel === undefined ? 'Esc waits no longer' : 'Ctrl+C waits no longer', 2.5);
	if (connection.state === 'online') {
		const back = Math.max(since, connection.since);
		const most = soughtUntil === undefined ? duration(now - back) : `up to ${duration(Math.max(0, soughtUntil - now))} more`;
		return [say(`looking for the rest of the answer ${most}`, 0), stops];
	}
	const [first, ...more] = connectionParts(state, clock);
	// At 80 columns there is room for one of them: the key is of more use than the time that passes by itself.
	const later = more.map(part => (part.rank < 2 ? {...part, rank: 1.9} : part));
	return [...(first === undefined ? [] : [first]), say('the answer may go on', 0.7), ...later, stops];
}

/** The one tool that is said to run may wait for a person. */
function toolsInWords(count: number, awaits: boolean): string {
	if (count === 1 && awaits) return 'waiting for your approval';
	return count === 1 ? 'a tool is running' : `${count} tools are running`;
}

/** What the gateway chooses by itself is said in other words than a name: an agent or a model may be called `default`. */
function whereParts({place, agent, model, connection, answer}: State): readonly Part[] {
	const isCalm = connection.state === 'online' && answer === undefined;
	return [
		// With whom is always said: a message for one gateway must not go to another.
		{text: place.profile ?? 'no profile', rank: 0.5},
		...(place.profile === undefined ? [{text: place.origin.replace(/^\w+:\/\//, ''), rank: 4}] : []),
		{text: place.path, rank: 5},
		...(isCalm ? wayParts(connection) : []),
		...(isCalm ? [{text: `${Math.round(connection.latencyMs)} ms`, rank: 6}] : []),
		agent === undefined ? {text: 'default agent', rank: 9} : {text: `agent ${agent}`, rank: 7},
		...(model === undefined ? [] : [{text: `model ${model}`, rank: 8}]),
	].map(part => ({...part, text: sanitizeLine(part.text)}));
}

/** Which way questions go, and why not the better one. */
function wayParts({via}: Connection & {state: 'online'}): readonly Part[] {
	if (via === undefined) return [];
	if (via.transport === 'ws') return [{text: 'control plane', rank: 5.5}];
	return [via.missing === undefined ? {text: 'HTTP', rank: 5.5} : {text: `HTTP: ${via.missing}`, rank: 5.5, mayBeCut: true}];
}
