import type {Readable} from 'node:stream';
import type {SettingsFlags, SettingsResult} from './settings.js';

/** What settings are made of. */
export interface LoadContext {
	readonly flags: SettingsFlags;
	readonly env: Readonly<NodeJS.ProcessEnv>;
	/** Path of the config file; default: `locate(env).configFile`. */
	readonly configPath?: string;
	/** For `--token -`. Absent when stdin is taken (by the question), which makes `--token -` a usage error. */
	readonly stdin?: Readable & {isTTY?: boolean};
	/** Whether a question can be asked: stdin and stderr are terminals. */
	readonly stdinIsTTY: boolean;
}

/**
 * Every setting with its source: flag > environment > file (profile before top level) > default. Reads the config file, the token
 * file and `--token -`; runs no token command, asks nothing, writes nothing, sends nothing. Never rejects for what a user can cause.
 */
export function loadSettings(context: LoadContext): Promise<SettingsResult> {
	return Promise.reject(new Error(`not built yet: ${context.stdinIsTTY}`));
}
