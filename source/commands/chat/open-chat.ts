import type {ExitCode} from '../../exit-codes.js';
import type {CommandContext} from '../command.js';
import type {ChatOpening} from './chat-session.js';
import type {ScreenWishes} from './screen-wishes.js';

/** Opens a chat: on a terminal the full one, else (a pipe, `TERM=dumb`) line by line. Resolves when it was left. */
export async function openChat(context: CommandContext, opening: ChatOpening, wishes: ScreenWishes): Promise<ExitCode> {
	const {stdin, stdout, env} = context;
	if (stdin.isTTY && stdout.isTTY && env['TERM'] !== 'dumb' && !wishes.screenReader) {
		const {runFullChat} = await import('./full-chat.js');
		return runFullChat(context, opening, wishes);
	}
	if (stdin.isTTY && stdout.isTTY && wishes.screenReader) {
		const {runSpokenChat} = await import('./spoken-chat.js');
		return runSpokenChat(context, opening, wishes);
	}
	const {runPlainChat} = await import('./plain-chat.js');
	return runPlainChat(context, opening);
}
