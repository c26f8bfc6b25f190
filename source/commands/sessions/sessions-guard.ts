import {locate} from '../../config/location.js';
import {shown} from '../../config/shown.js';
import {type ExitCode, exitCodeOfSignal, exitCodes} from '../../exit-codes.js';
import {escapeControls} from '../../export/json-export.js';
import type {CommandContext} from '../command.js';
import {say} from '../say.js';

/** What cannot be done, in one line: a mistake of the user unless another exit code says otherwise. */
export class SessionsRefusal extends Error {
	override readonly name = 'SessionsRefusal';

	constructor(
		message: string,
		readonly exitCode: ExitCode = exitCodes.usage,
	) {
		super(message);
	}
}

/** Clawtalk's own folder, which has the conversations. */
export function homeOf({env}: Pick<CommandContext, 'env'>): string {
	return locate(env).directory;
}

/** Runs a subcommand: what it refuses and what the disk refuses becomes one line and an exit code; all else is a bug and thrown on. */
export async function guarded(context: CommandContext, run: () => Promise<ExitCode>): Promise<ExitCode> {
	try {
		return await run();
	} catch (error) {
		if (context.signal.aborted) return exitCodeOfSignal(context.signal) ?? exitCodes.ok;
		if (error instanceof SessionsRefusal) {
			say(context, error.message);
			return error.exitCode;
		}
		if (!isSystemError(error)) throw error;
		say(context, `The disk refuses: ${systemWords(error)}.`);
		return exitCodes.configuration;
	}
}

/** What the system said, without its own wording: `EACCES, open /home/me/.clawtalk/conversations`. */
export function systemWords({code, syscall, path}: NodeJS.ErrnoException): string {
	return [code ?? 'unknown error', ...(path === undefined ? [] : [`${syscall ?? 'use of'} ${shown(path)}`])].join(', ');
}

export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
	return error instanceof Error && typeof (error as NodeJS.ErrnoException).code === 'string' && 'syscall' in error;
}

/** One document on stdout, in one line; nothing in it is a control sequence, whatever a conversation says. */
export function printDocument({stdout}: Pick<CommandContext, 'stdout'>, document: object): void {
	stdout.write(`${escapeControls(JSON.stringify(document))}\n`);
}
