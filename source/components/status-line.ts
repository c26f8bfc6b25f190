import stringWidth from 'string-width';
import type {Answer, Connection, State} from '../chat/state.js';
import {sanitizeLine} from '../terminal/sanitize.js';
import {wrapVerbatim} from '../terminal/wrap.js';
import type {Drawing} from './drawing.js';
import {duration} from './duration.js';

/** Silence longer than this is worth a word: providers that retry are silent for 60–90 s (OpenClaw 2026.9.6). */
const longSilenceMs = 10_000;

/** The one status line: what is going on, then with whom and over which path. Never wider than the terminal. */
export function statusLine(state: State, columns: number, {palette, clock}: Drawing): string {
	const {place, agent, model, answer, connection, quitArmed} = state;
	const doing = quitArmed ? 'Ctrl+C again quits' : answer ? answerWords(answer, state.now) : connectionWords(connection, state.now, clock);
	const urgent = quitArmed || (!answer && connection.state !== 'online' && connection.state !== 'connecting');
	const where = [
		place.profile,
		`${place.origin.replace(/^\w+:\/\//, '')} (${place.path})`,
		`agent ${agent ?? 'default'}`,
		model === undefined ? undefined : `model ${model}`,
	];
	const rest = where
		.filter(part => part !== undefined)
		.map(part => ` · ${sanitizeLine(part)}`)
		.join('');
	const cut = cutTo(doing + rest, columns);
	const head = cut.slice(0, doing.length);
	return (urgent ? palette.warning(head) : answer ? palette.accent(head) : palette.good(head)) + palette.dim(cut.slice(doing.length));
}

function connectionWords(connection: Connection, now: number, clock: (at: number) => string): string {
	switch (connection.state) {
		case 'connecting':
			return 'connecting';
		case 'online':
			return 'online';
		case 'waiting':
			return connection.retryAt > now
				? `offline since ${clock(connection.since)}, looking again in ${duration(connection.retryAt - now + 999)}`
				: `offline since ${clock(connection.since)}, looking now`;
		case 'refused':
			return 'not usable, /status asks again';
	}
}

function answerWords({phase, askedAt, lastByteAt, firstTokenAt}: Answer, now: number): string {
	if (phase === 'cancelling') return 'stopping';
	if (phase === 'sending') return `sending ${duration(now - askedAt)}`;
	if (firstTokenAt === undefined) return `waiting for the answer ${duration(now - askedAt)} · Esc stops`;
	const silent = now - lastByteAt;
	const quiet = silent >= longSilenceMs ? `, silent for ${duration(silent)}` : '';
	return `answering ${duration(now - askedAt)}${quiet} · Esc stops`;
}

function cutTo(text: string, columns: number): string {
	if (stringWidth(text) <= columns) return text;
	return `${wrapVerbatim(text, Math.max(1, columns - 1))[0] ?? ''}…`;
}
