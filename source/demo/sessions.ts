/** One message of a conversation as the gateway remembers it. */
export interface Remembered {
	readonly role: 'user' | 'assistant';
	readonly text: string;
}

/** The conversations a gateway keeps, by session key. */
export interface Sessions {
	/** Runs one turn. Turns of the same key wait for each other, as on real gateways; without a key the turn stands alone. */
	turn(key: string | undefined, run: (history: Remembered[]) => Promise<void>): Promise<void>;
}

/** Creates an empty set of sessions, kept in memory. */
export function createSessions(): Sessions {
	const histories = new Map<string, Remembered[]>();
	const lastTurns = new Map<string, Promise<void>>();
	return {
		async turn(key, run) {
			if (key === undefined) {
				return run([]);
			}

			const history = histories.get(key) ?? [];
			histories.set(key, history);
			const before = lastTurns.get(key) ?? Promise.resolve();
			const turn = before.then(async () => run(history));
			lastTurns.set(
				key,
				turn.catch(() => undefined), // the next turn waits for this one, whatever became of it
			);
			return turn;
		},
	};
}
