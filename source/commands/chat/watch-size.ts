import {eraseReflowed, type Frame, reflows} from '../../terminal/reflow.js';
import type {CommandContext} from '../command.js';

export interface SizeWatch {
	/** So many rows of an unfinished answer may be drawn now; all that fit when it is undefined. */
	mostTail(): number | undefined;
	stop(): void;
}

export interface SizeWatchOptions {
	readonly stdout: NodeJS.WriteStream;
	readonly env: CommandContext['env'];
	/** What stands on the screen, if it is ours. */
	shown(): Frame | undefined;
	/** The size has been the same for a while. */
	onSettled(): void;
}

/** Somebody who drags a window stops in between. tmux tells a second size up to 250 ms late. */
const settledAfterMs = 1000;

/**
 * Erases what the terminal has wrapped anew, ahead of Ink's own handler, which knows nothing of that. tmux moves the screen up by each row
 * that a narrower window takes more, though rows below are free, and what leaves the screen is out of reach. So there an answer is not
 * drawn while the size changes: only the first change finds it on the screen.
 */
export function watchSize({stdout, env, shown, onSettled}: SizeWatchOptions): SizeWatch {
	let {columns, rows} = stdout;
	let most: number | undefined;
	let timer: NodeJS.Timeout | undefined;
	const settled = () => {
		most = undefined;
		onSettled();
	};
	const resized = () => {
		const frame = shown();
		const isOther = stdout.columns !== columns || stdout.rows < rows;
		if (frame && isOther && reflows(env)) stdout.write(eraseReflowed(frame, stdout));
		if (stdout.columns !== columns && env['TMUX']) {
			most = 0;
			clearTimeout(timer);
			timer = setTimeout(settled, settledAfterMs).unref();
		}
		({columns, rows} = stdout);
	};
	stdout.prependListener('resize', resized);
	return {
		mostTail: () => most,
		stop() {
			clearTimeout(timer);
			stdout.off('resize', resized);
		},
	};
}
