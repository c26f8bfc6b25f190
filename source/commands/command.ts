import type {Readable, Writable} from 'node:stream';
import type {ExitCode} from '../exit-codes.js';

/** One flag of a command. The table is the source of parsing, of `--help`, of the readme and of the man page. */
export interface Flag {
	readonly type: 'string' | 'boolean' | 'number';
	readonly short?: string;
	/** Name of the value in help, e.g. `URL`. */
	readonly value?: string;
	readonly help: string;
	/** May be given more than once (strings only). */
	readonly multiple?: boolean;
	/** For strings: `--token` without a value is allowed and arrives as `''`. */
	readonly valueOptional?: boolean;
	/** The optional value may have spaces: a name, not a token. */
	readonly valueHasSpaces?: true;
	readonly choices?: readonly string[];
}

export type FlagValues = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** One command of the program. Loading the module of a command must be cheap; heavy parts are imported in `run`. */
export interface Command {
	readonly name: string;
	/** One line for the list of commands. */
	readonly summary: string;
	/** Usage lines without the program's name, e.g. `ask [options] QUESTION…`. */
	readonly usage: readonly string[];
	/** More help, shown after the flags. */
	readonly details?: string;
	readonly flags: Readonly<Record<string, Flag>>;
	/** Names of the common flags it takes; absent = all. Another one is refused, and not in its help. */
	readonly commonFlags?: readonly string[];
	run(context: CommandContext): Promise<ExitCode>;
}

/** The world as a command sees it; tests pass their own. */
export interface CommandContext {
	/** Arguments after the command's name, flags taken out. */
	readonly input: readonly string[];
	/** Camel-cased flags. */
	readonly flags: FlagValues;
	readonly env: Readonly<NodeJS.ProcessEnv>;
	readonly stdin: Readable & {isTTY?: boolean};
	readonly stdout: Writable & {isTTY?: boolean; columns?: number};
	readonly stderr: Writable & {isTTY?: boolean; columns?: number};
	/** Aborted by SIGINT, SIGTERM or SIGHUP, the reason is the signal's name; or when stdout cannot be written, then it is `EPIPE` and the like. */
	readonly signal: AbortSignal;
	/** Appends one line to the file of `--debug`, redacted; does nothing without that flag. */
	readonly debug: (line: string) => void;
}
