import type {LentTerminal} from './lent-terminal.js';

/**
 * Ctrl+Z: gives the terminal back and stops the process group, as the terminal itself would outside of raw mode. The timer runs on
 * after `fg`; where there is no job control the signal is ignored by the system and the chat is back at once.
 */
export async function suspendProcess(lend: LentTerminal['lend']): Promise<void> {
	if (process.platform === 'win32') return;
	await lend(
		() =>
			new Promise<void>(resolve => {
				process.kill(0, 'SIGTSTP');
				setTimeout(resolve, 100);
			}),
	);
}
