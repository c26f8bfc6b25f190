import type {HistoryPage, SessionTurn} from '../gateway/session.js';

/**
 * Messages that are read; more, where these are not all that is new: a turn with many tool runs has hundreds. No more than the chat knows
 * turns (`heard-turns.ts`): what is told again must be known again.
 */
const limits = [60, 200, 400] as const;

/**
 * Reads what is new in a session since it was read last: back to a turn that was there then, at first to the question of the turn that the
 * page begins in.
 *
 * @param read Reads so many of the newest messages.
 */
export function newestTurns(read: (limit: number) => Promise<HistoryPage>): () => Promise<Pick<HistoryPage, 'turns' | 'older'>> {
	let seen: ReadonlySet<string> = new Set();
	return async () => {
		let turns: readonly SessionTurn[] = [];
		let older = 0;
		for (const limit of limits) {
			const page = await read(limit);
			({turns, older} = page);
			const goesBack = seen.size === 0 ? (turns[0]?.question ?? '') !== '' : turns.some(({id}) => seen.has(id));
			if (goesBack || page.older === 0) break;
		}
		seen = new Set(turns.map(({id}) => id));
		return {turns, older};
	};
}
