import type {Secret} from '../diagnosis/redact.js';
import type {AddressClass} from '../network/address-class.js';
import type {KeyRemap} from '../terminal/key-bindings.js';
import type {ThemeName} from '../theme-names.js';
import type {TransportName} from '../transport-names.js';
import type {ScreenSettings} from './screen-settings.js';

/** Where a value came from. Flags beat the environment, the environment beats the file, the file beats the default. */
export type Source =
	| {readonly kind: 'flag'; readonly name: string}
	| {readonly kind: 'environment'; readonly name: string}
	| {readonly kind: 'file'; readonly path: string; readonly profile?: string}
	| {readonly kind: 'default'};

export interface Setting<T> {
	readonly value: T;
	readonly source: Source;
}

/** `minimal`: looking at a connection runs no programs and does not read `openclaw.json`. */
export type ProbeLevel = 'full' | 'minimal';

/** Every value a command needs, resolved, each with its source. No secret is readable by printing this. */
export interface Settings {
	/** Name of the profile in use; absent when none is. */
	readonly profile?: string;
	/** `http(s)://host:port`. */
	readonly origin: Setting<string>;
	readonly basePath: string;
	readonly addressClass: AddressClass;
	/** Present when any source gives one. A token command is not run before the token is needed. */
	readonly token?: TokenSetting;
	readonly agent?: Setting<string>;
	readonly model?: Setting<string>;
	readonly sessionKey?: Setting<string>;
	readonly theme: Setting<ThemeName>;
	readonly screen: ScreenSettings;
	readonly proxy?: Setting<string>;
	/** How ssh reaches the machine of this gateway: `[user@]host`, or a Host of ~/.ssh/config. Safe as an argument. */
	readonly ssh?: Setting<string>;
	readonly probes: Setting<ProbeLevel>;
	/** The chat asks for the right to answer requests for approval. Absent: it does not. */
	readonly approvals?: Setting<boolean>;
	/** Which way questions go. Absent: `auto`. */
	readonly transport?: Setting<TransportName>;
	/** Other keys for the chat; they were checked. */
	readonly keys?: Setting<KeyRemap>;
	readonly headers: Readonly<Record<string, Secret>>;
	/** Things corrected on the way (missing scheme, outer quotes …), one line each, to be said on stderr. */
	readonly corrections: readonly string[];
	/** Things that work but deserve a look (a token file others can read, https to an IP address …), one line each. */
	readonly warnings: readonly ConfigWarning[];
	/** Settings that two sources give different values (C17). */
	readonly conflicts: readonly SettingConflict[];
}

/** Two sources with different values, in words. The values were compared in memory and are not kept. */
export interface SettingConflict {
	readonly setting: 'gatewayUrl' | 'gatewayToken';
	readonly used: string;
	readonly ignored: string;
}

/** Something about the configuration that does not stop anything. */
export interface ConfigWarning {
	/** Matrix row when there is one, e.g. `C03`. */
	readonly row?: string;
	readonly where: string;
	readonly message: string;
}

export interface TokenSetting {
	readonly source: Source;
	/** The origin this token was configured with; it goes nowhere else unless the user insists. */
	readonly belongsTo: string;
	/** The user insisted on this token for this origin (`--token-from`). */
	readonly insisted?: boolean;
	readonly value:
		| {readonly kind: 'secret'; readonly secret: Secret}
		| {readonly kind: 'command'; readonly argv: readonly string[]}
		| {readonly kind: 'ask'};
}

/** What is wrong with the configuration: one clear line each. Exit code: `configuration` (78), for flags `usage` (2), when a question was ended by Ctrl+C `interrupted` (130). */
export interface ConfigProblem {
	/** Matrix row when there is one, e.g. `C10`. */
	readonly row?: string;
	readonly exitCode: 2 | 78 | 130;
	/** The setting or file it is about. */
	readonly where: string;
	/** What is wrong and what to do, one line, secrets masked. */
	readonly message: string;
}

export type SettingsResult =
	| {readonly ok: true; readonly settings: Settings}
	| {readonly ok: false; readonly problems: readonly ConfigProblem[]};

/** Flags that take part in settings, as parsed; absent = not given. `token: ''` means `--token` without a value (ask). */
export interface SettingsFlags {
	readonly gateway?: string;
	readonly token?: string;
	readonly tokenFile?: string;
	readonly tokenFrom?: string;
	readonly profile?: string;
	readonly agent?: string;
	readonly model?: string;
	readonly session?: string;
	readonly transport?: string;
	readonly insecure?: boolean;
}
