import {randomUUID} from 'node:crypto';
import type {Settings} from '../../config/settings.js';
import type {Flag, FlagValues} from '../command.js';
import {parseDurationMs} from '../duration.js';
import {transportFlag} from '../transport-flag.js';

export const askFlags: Readonly<Record<string, Flag>> = {
	agent: {type: 'string', value: 'NAME', help: 'agent that answers'},
	model: {type: 'string', value: 'NAME', help: 'model for this turn'},
	session: {type: 'string', value: 'KEY', help: 'continue the conversation with this key'},
	new: {type: 'boolean', help: 'a fresh conversation, whatever --session and the config say'},
	system: {type: 'string', value: 'TEXT', help: 'instructions beside the question'},
	file: {type: 'string', value: 'FILE', multiple: true, help: 'add the text of FILE to the question'},
	image: {type: 'string', value: 'FILE', multiple: true, help: 'send an image along: PNG, JPEG, WebP or GIF'},
	timeout: {type: 'string', value: 'S', help: 'stop after S seconds (or 5m, 1h30m)'},
	wait: {type: 'string', value: 'TIME', help: 'wait so long for the gateway, or for the end of a rate limit, then send once'},
	json: {type: 'boolean', help: 'the same as --output json'},
	output: {type: 'string', choices: ['text', 'json', 'stream-json'], help: 'what goes to stdout (default: text)'},
	noStream: {type: 'boolean', help: 'print the answer when it is complete'},
	noStdin: {type: 'boolean', help: 'do not read stdin'},
	raw: {type: 'boolean', help: 'no markdown on a terminal either'},
	quiet: {type: 'boolean', help: 'no notes and no progress on stderr'},
	showTools: {type: 'boolean', help: 'say on stderr what tools the agent uses; needs a transport that shows tools'},
	transport: transportFlag,
	requireTools: {type: 'boolean', help: 'fail with 80 when a tool failed; needs a transport that shows tools'},
	allowOrders: {type: 'boolean', help: 'send it also where the gateway reads an order about its tools in it: /exec, /elevated'},
};

export interface AskOptions {
	readonly output: 'text' | 'json' | 'stream-json';
	readonly system?: string;
	readonly session?: string;
	readonly fresh: boolean;
	readonly files: readonly string[];
	readonly images: readonly string[];
	readonly timeoutMs?: number;
	readonly waitMs?: number;
	readonly stream: boolean;
	readonly stdin: boolean;
	readonly raw: boolean;
	readonly quiet: boolean;
	readonly showTools: boolean;
	readonly requireTools: boolean;
	/** Orders about the gateway's tools inside of the question are meant. */
	readonly allowOrders: boolean;
}

export type AskOptionsResult = {readonly ok: true; readonly options: AskOptions} | {readonly ok: false; readonly message: string};

/** Flags as parsed → options, or one line about the first that makes no sense. */
export function readAskOptions(flags: FlagValues): AskOptionsResult {
	const text = (name: string) => (typeof flags[name] === 'string' ? flags[name] : undefined);
	const list = (name: string) => (Array.isArray(flags[name]) ? (flags[name] as readonly string[]) : []);
	const output = text('output') as AskOptions['output'] | undefined;
	if (flags['json'] === true && output !== undefined && output !== 'json') {
		return {ok: false, message: `--json and --output ${output} contradict each other.`};
	}
	const [timeout, wait, session, system] = [text('timeout'), text('wait'), text('session'), text('system')];
	const timeoutMs = timeout === undefined ? undefined : parseDurationMs(timeout);
	if (timeout !== undefined && timeoutMs === undefined)
		return {ok: false, message: '--timeout takes seconds, or a time such as 90s, 5m, 1h30m.'};
	const waitMs = wait === undefined ? undefined : parseDurationMs(wait);
	if (wait !== undefined && waitMs === undefined) return {ok: false, message: '--wait takes a time such as 90s, 5m, 1h30m.'};
	if (session !== undefined && !isSessionKey(session)) {
		return {ok: false, message: '--session takes a key of at most 256 visible ASCII characters.'};
	}
	return {
		ok: true,
		options: {
			output: flags['json'] === true ? 'json' : (output ?? 'text'),
			...(system === undefined ? {} : {system}),
			...(session === undefined ? {} : {session}),
			...(timeoutMs === undefined ? {} : {timeoutMs}),
			...(waitMs === undefined ? {} : {waitMs}),
			fresh: flags['new'] === true,
			files: list('file'),
			images: list('image'),
			stream: flags['noStream'] !== true,
			stdin: flags['noStdin'] !== true,
			raw: flags['raw'] === true,
			quiet: flags['quiet'] === true,
			showTools: flags['showTools'] === true,
			requireTools: flags['requireTools'] === true,
			allowOrders: flags['allowOrders'] === true,
		},
	};
}

/** The key travels in a header. */
function isSessionKey(key: string): boolean {
	return /^[\x21-\x7E]{1,256}$/.test(key);
}

/**
 * The key of the conversation. A fresh one is made here and not left to the gateway, which would give the session a name that the
 * answer does not tell (observed on OpenClaw 2026.9.6); so every question can be followed up.
 */
export function chooseSessionKey(options: AskOptions, settings: Pick<Settings, 'sessionKey'>): string {
	const wanted = options.fresh ? undefined : (options.session ?? settings.sessionKey?.value);
	return wanted ?? `clawtalk:${randomUUID()}`;
}
