import {setImmediate} from 'node:timers/promises';
import {createAnswerFilter, keyPauseMs, type TerminalAnswers} from '../../terminal/terminal-answers.js';

export interface HeardInput {
	/** For the reader of keys: as the terminal's own stream, without answers of the terminal. */
	readonly stdin: NodeJS.ReadStream;
	/** Reads no more, once nobody listens: each key from then on is another program's. The next listener makes it read again. */
	rest(): Promise<void>;
	close(): void;
}

/**
 * Listens to what the terminal says between the keys. The stream stays the one it is, with all that is set on it; only `read` is another,
 * because that is what Ink reads with, and what gives the terminal away to other programs must reach the stream itself.
 */
export function hearInput(stdin: NodeJS.ReadStream, answers: TerminalAnswers): HeardInput {
	const filter = createAnswerFilter(answers);
	let released = '';
	let keyTimer: NodeJS.Timeout | undefined;
	const release = () => {
		released += filter.flush();
		if (released !== '') stdin.emit('readable');
	};
	const read = (size?: number): unknown => {
		const chunk: unknown = stdin.read(size);
		// Ink reads until there is nothing more: that ends no wait.
		if (typeof chunk === 'string') {
			clearTimeout(keyTimer);
			const typed = filter.push(chunk);
			if (filter.mayBeKey) keyTimer = setTimeout(release, keyPauseMs);
			return typed;
		}
		if (released === '') return chunk;
		const key = released;
		released = '';
		return key;
	};
	return {
		stdin: new Proxy(stdin, {
			get(target, name) {
				if (name === 'read') return read;
				const value: unknown = Reflect.get(target, name, target);
				return typeof value === 'function' ? value.bind(target) : value;
			},
		}),
		async rest() {
			// A read is under way even with nobody to hear of it; the stream ends it when it is paused, and knows a turn late who has gone.
			await setImmediate();
			stdin.pause();
			await setImmediate();
		},
		close() {
			clearTimeout(keyTimer);
		},
	};
}
