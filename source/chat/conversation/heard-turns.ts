import type {SessionTurn} from '../../gateway/session.js';
import type {StoredTurn} from '../../transcripts/stored.js';

/** A turn of the open conversation that is on disk or on the screen: what is told of it again is not new. */
export interface HeardTurn {
	readonly id: string;
	/** The beginning of the question. */
	readonly said: string;
	/** When it was asked, by the clock of whoever kept it. */
	readonly at: number;
	/** Nothing more is expected of its answer. */
	readonly isAnswered: boolean;
	/** Another clawtalk asked it while the conversation was open here, and writes its answer, too. */
	readonly isKeptByOther?: true;
}

/** How much of a question tells it from others, UTF-16 units. */
const toldApartBy = 200;
/** So many turns are known; the gateway is asked for fewer. */
const mostKnown = 400;
/** The same words within this time are one question that both sides kept: over HTTP the gateway gives it an id of its own. Milliseconds. */
const sameMomentMs = 5 * 60_000;

export function heardTurn(id: string, question: string, at: number, isAnswered: boolean): HeardTurn {
	return {id, said: question.trim().slice(0, toldApartBy), at, isAnswered};
}

export function withHeard(heard: readonly HeardTurn[] = [], turn: HeardTurn): readonly HeardTurn[] {
	return [...heard.filter(({id}) => id !== turn.id), turn].slice(-mostKnown);
}

/** Endings after which an answer may still be found at the gateway. */
const openEndings: ReadonlySet<string | undefined> = new Set([undefined, 'cut', 'lost', 'abandoned']);

export function heardOnDisk(turns: readonly StoredTurn[]): readonly HeardTurn[] {
	return turns
		.slice(-mostKnown)
		.map(({questionId, question, askedAt, answer}) => heardTurn(questionId, question, askedAt, !openEndings.has(answer?.ended)));
}

/** For each turn that the gateway tells of, the one that is known already. */
export function knownAmong(heard: readonly HeardTurn[], turns: readonly SessionTurn[]): readonly (HeardTurn | undefined)[] {
	const byId = new Map(heard.map(turn => [turn.id, turn]));
	const taken = new Set(turns.flatMap(({id}) => (byId.has(id) ? [id] : [])));
	return turns.map(({id, question, askedAt}) => {
		const known = byId.get(id);
		if (known !== undefined) return known;
		const said = question.trim().slice(0, toldApartBy);
		const same = heard.find(turn => turn.said === said && !taken.has(turn.id) && Math.abs(turn.at - askedAt) <= sameMomentMs);
		if (same !== undefined) taken.add(same.id);
		return same;
	});
}
