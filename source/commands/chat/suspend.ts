import type {LentTerminal} from './lent-terminal.js';

/** How the chat is stopped, and goes on after `fg`. */
export interface Suspension {
	/** Ctrl+Z: gives the terminal back and stops the process group, as the terminal itself would outside of raw mode. */
	suspend(): void;
	/** SIGTSTP of others stops this process as it stops any other again. */
	end(): void;
}

/** Lends the terminal for as long as the process is stopped, whoever stops it: Ctrl+Z, or a SIGTSTP from elsewhere. */
export function createSuspension({lend, isLent}: Pick<LentTerminal, 'lend' | 'isLent'>): Suspension {
	if (process.platform === 'win32') return {suspend: () => undefined, end: () => undefined};
	const stop = (pid: number) => {
		// With a listener the signal would stop nothing.
		process.off('SIGTSTP', onStop);
		process.kill(pid, 'SIGTSTP');
	};
	const wait = () =>
		// The timer runs on after `fg`; where there is no job control the signal is ignored by the system and the chat is back at once.
		new Promise<void>(resolve => {
			setTimeout(() => {
				if (!hasEnded) process.on('SIGTSTP', onStop);
				resolve();
			}, 100);
		});
	const stopAndWait = (pid: number) => {
		stop(pid);
		return wait();
	};
	// While another program has the terminal (an editor that is suspended stops its whole group) there is nothing to give back.
	const onStop = () => void (isLent() ? stopAndWait(process.pid) : lend(() => stopAndWait(process.pid)));
	let hasEnded = false;
	process.on('SIGTSTP', onStop);
	return {
		suspend: () => void lend(() => stopAndWait(0)),
		end() {
			hasEnded = true;
			process.off('SIGTSTP', onStop);
		},
	};
}
