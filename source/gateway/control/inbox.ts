/** What happens to somebody who waits for several things at once, one after the other and in order. */
export interface Inbox<T> {
	put(item: T): void;
	/** The oldest that was not taken yet, as soon as there is one. One taker at a time. */
	take(): Promise<T>;
}

export function createInbox<T>(): Inbox<T> {
	const items: T[] = [];
	let waiting: ((item: T) => void) | undefined;
	return {
		put(item) {
			const taker = waiting;
			waiting = undefined;
			if (taker === undefined) items.push(item);
			else taker(item);
		},
		take() {
			const [item] = items.splice(0, 1);
			if (item !== undefined) return Promise.resolve(item);
			return new Promise(resolve => {
				waiting = resolve;
			});
		},
	};
}
