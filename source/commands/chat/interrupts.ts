/**
 * Ctrl+C, where the terminal makes a signal of it, goes to this listener alone, which may pass it on to those who have it else. Returns how
 * to give it back to them.
 */
export function takeInterrupts(hear: (passOn: () => void) => void): () => void {
	const others = process.listeners('SIGINT');
	const interrupt = (signal: NodeJS.Signals) =>
		hear(() => {
			for (const other of others) other.call(process, signal);
		});
	process.on('SIGINT', interrupt);
	for (const other of others) process.off('SIGINT', other);
	return () => {
		for (const other of others) process.on('SIGINT', other);
		process.off('SIGINT', interrupt);
	};
}

/** Ctrl+C in a program that has our terminal (an editor, a pager) reaches this process too: it is that program's, not ours. */
export async function withoutInterrupts<Result>(work: () => Promise<Result>): Promise<Result> {
	const giveBack = takeInterrupts(() => undefined);
	try {
		return await work();
	} finally {
		giveBack();
	}
}
