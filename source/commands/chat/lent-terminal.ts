import type {SuspendTerminal} from 'ink';
import type {State} from '../../chat/state.js';

/** Where the chat's state comes from: a store, or one that stands still for a while. */
export interface StateSource {
	getState(): State;
	subscribe(listener: () => void): () => void;
}

/** The chat's terminal, which another program may have for a while: an editor, a pager. */
export interface LentTerminal {
	/** Takes Ink's way to give the terminal away, as soon as there is one. */
	use(suspend: SuspendTerminal): void;
	/**
	 * Gives the terminal to the work (raw mode, bracketed paste, keyboard protocol and the cursor as they were before the chat) and takes
	 * it back after it, also when it fails. What happens meanwhile is written to the scrollback then. One after another: a second loan
	 * waits for the first.
	 */
	lend<Result>(work: () => Promise<Result>): Promise<Result>;
	isLent(): boolean;
	/** Sends control sequences to the terminal, when it is back. */
	write(sequence: string): void;
	/** Hears of each loan: before the terminal goes, and when it is back. Returns how to stop. */
	watch(watcher: LoanWatcher): () => void;
	/** The state as the screen may show it: it stands still while the terminal is lent, for Ink forgets what it cannot write. */
	readonly source: StateSource;
}

export interface LoanWatcher {
	/** Writes what gives modes back. */
	goes(): void;
	/** Writes what sets them again. */
	isBack(): void;
}

/** @param stopReading Leaves the keys to others; it is called when Ink listens no more. */
export function createLentTerminal(
	store: StateSource,
	writeNow: (sequence: string) => void,
	stopReading: () => Promise<void> = async () => undefined,
): LentTerminal {
	const watchers = new Set<LoanWatcher>();
	const listeners = new Set<() => void>();
	let suspend: SuspendTerminal | undefined;
	let frozen: State | undefined;
	let heldBack = '';
	let last: Promise<unknown> = Promise.resolve();

	const comeBack = () => {
		frozen = undefined;
		for (const watcher of watchers) watcher.isBack();
		if (heldBack) writeNow(heldBack);
		heldBack = '';
		for (const listener of [...listeners]) listener();
	};
	const lendNow = async <Result>(work: () => Promise<Result>): Promise<Result> => {
		for (const watcher of watchers) watcher.goes();
		frozen = store.getState();
		let result: {readonly value: Result} | undefined;
		try {
			const take = async () => {
				await stopReading();
				result = {value: await work()};
			};
			await (suspend ? suspend(take) : take());
		} finally {
			comeBack();
		}
		if (result === undefined) throw new Error('the terminal was not given away');
		return result.value;
	};
	return {
		use(given) {
			suspend = given;
		},
		lend(work) {
			const loan = last.then(() => lendNow(work));
			last = loan.catch(() => undefined);
			return loan;
		},
		isLent: () => frozen !== undefined,
		write(sequence) {
			if (frozen === undefined) writeNow(sequence);
			else heldBack += sequence;
		},
		watch(watcher) {
			watchers.add(watcher);
			return () => void watchers.delete(watcher);
		},
		source: {
			getState() {
				const state = store.getState();
				// A signal ends the chat, whoever has the terminal.
				return state.phase === 'quitting' ? state : (frozen ?? state);
			},
			subscribe(listener) {
				listeners.add(listener);
				const stop = store.subscribe(() => {
					if (frozen === undefined || store.getState().phase === 'quitting') listener();
				});
				return () => {
					listeners.delete(listener);
					stop();
				};
			},
		},
	};
}
