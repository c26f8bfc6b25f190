import {homedir, userInfo} from 'node:os';
import {join, resolve} from 'node:path';

/** Where clawtalk keeps what it knows. Nothing here is created by looking. */
export interface Locations {
	/** `~/.clawtalk`: trust, refusals, conversations, crash reports. */
	readonly directory: string;
	/** `~/.clawtalk/config.json`, or what `CLAWTALK_CONFIG` names. */
	readonly configFile: string;
	/** True when `CLAWTALK_CONFIG` names the config file: its folder is then not ours to chmod. */
	readonly configFileIsNamed: boolean;
	readonly trustFile: string;
	readonly refusalsFile: string;
	/** The key of this device and what gateways gave it. */
	readonly identityFile: string;
	/** What the last looks at each gateway found, for shell prompts. */
	readonly lastStatusFile: string;
	/** The evidence of the last failure. */
	readonly lastFailureFile: string;
	/** When each gateway could be used and when not, one line a change. */
	readonly connectionLogFile: string;
}

/** The paths for an environment. `CLAWTALK_CONFIG` moves the config file only; a relative one counts from the working directory. */
export function locate(env: Readonly<NodeJS.ProcessEnv>): Locations {
	const directory = join(homeOf(env), '.clawtalk');
	const named = env['CLAWTALK_CONFIG'];
	return {
		directory,
		configFile: named ? resolve(named) : join(directory, 'config.json'),
		configFileIsNamed: Boolean(named),
		trustFile: join(directory, 'trust.json'),
		refusalsFile: join(directory, 'refusals.json'),
		identityFile: join(directory, 'identity.json'),
		lastStatusFile: join(directory, 'last-status.json'),
		lastFailureFile: join(directory, 'last-failure.json'),
		connectionLogFile: join(directory, 'connection-log.jsonl'),
	};
}

/** The user's home folder. `os.homedir()` honours HOME but not a HOME that is set to nothing, as some cron setups do. */
export function homeOf(env: Readonly<NodeJS.ProcessEnv>): string {
	return env['HOME'] || homedir() || userInfo().homedir;
}
