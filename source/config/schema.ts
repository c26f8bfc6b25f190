import {nearest} from '../nearest-word.js';
import {remapKeys} from '../terminal/key-bindings.js';
import {themeNames} from '../theme-names.js';
import {transportNames} from '../transport-names.js';
import {readGatewayUrl} from './gateway-url.js';
import {configProblem} from './problem-line.js';
import {notifyChoices, readSwitch} from './screen-settings.js';
import type {ConfigProblem, ConfigWarning} from './settings.js';
import {kindOf, maskedSecret, quoted, shown} from './shown.js';
import {readTokenText} from './token-text.js';
import {splitCommand} from './word-split.js';

/** The outcome of looking at one value: what is wrong with it and what to do, or nothing. */
type Check = (value: unknown) => {readonly message: string; readonly row?: string} | undefined;

interface Key {
	readonly help: string;
	readonly secret?: true;
	readonly check: Check;
}

const probeLevels = ['full', 'minimal'] as const;

/** The keys of config.json, at the top level and in each profile. */
export const settingKeys = {
	gatewayUrl: {help: 'where the gateway is, e.g. http://127.0.0.1:18789', check: checkUrl},
	gatewayToken: {help: 'its token or password (secret)', secret: true, check: checkToken},
	gatewayTokenCommand: {help: 'a program that prints the token: a list of words, or one line without shell syntax', check: checkCommand},
	defaultAgent: {help: 'agent to talk to', check: checkText},
	defaultModel: {help: 'model to ask for', check: checkText},
	sessionKey: {help: 'session to continue', check: checkText},
	theme: {help: themeNames.join(', '), check: checkTheme},
	notify: {
		help: `call when an answer has ended, if the window has not the keyboard or after 10 s: ${notifyChoices.join(', ')}`,
		check: checkNotify,
	},
	title: {help: 'on or off: the window title says what goes on', check: checkSwitch},
	screenReader: {help: 'on or off: lines in their order with labels, nothing drawn anew', check: checkSwitch},
	animation: {help: 'on or off: waiting times count by the second', check: checkSwitch},
	approvals: {
		help: 'on or off: the chat asks for the right to show and answer requests for approval (off by default)',
		check: checkSwitch,
	},
	transport: {help: 'which way questions go: http, ws (the control plane), or auto', check: checkTransport},
	proxy: {help: 'proxy for this gateway, e.g. http://proxy:3128', check: checkProxy},
	ssh: {help: 'how ssh reaches the machine of the gateway, for clawtalk tunnel, e.g. me@home.example', check: checkSsh},
	probes: {
		help: 'what status may look at on this machine: full, or minimal (runs no programs, reads no openclaw.json)',
		check: checkProbes,
	},
	keys: {help: 'other keys for the chat, each keys.NAME; clawtalk keys lists the names', check: checkKeys},
	headers: {help: 'more request headers, each headers.NAME (secret)', secret: true, check: checkHeaders},
} as const satisfies Record<string, Key>;

export type SettingKey = keyof typeof settingKeys;

const names = new Set<string>([...Object.keys(settingKeys), 'profile', 'profiles']);

/** True for a name that config.json gives a meaning to. */
export function isSettingName(name: string): boolean {
	return names.has(name);
}

export function isSettingKey(name: string): name is SettingKey {
	return Object.hasOwn(settingKeys, name);
}

/** Profile names stay usable as a flag value, in messages and in dotted keys. */
export function isProfileName(name: string): boolean {
	return /^[A-Za-z0-9_-]{1,64}$/.test(name) && name !== '__proto__';
}

/** What is wrong with one value, as a phrase that follows the key; nothing when it is fine. */
export function checkSetting(key: SettingKey, value: unknown): {readonly message: string; readonly row?: string} | undefined {
	const check: Check = settingKeys[key].check;
	return check(value);
}

/** Every problem of a parsed config file, one line each. `path` is for the messages. */
export function checkConfig(config: Readonly<Record<string, unknown>>, path: string): readonly ConfigProblem[] {
	const problems = checkPlace(config, '', path);
	const {profile, profiles} = config;
	if (profiles !== undefined && !isRecord(profiles)) {
		return [...problems, configProblem(`profiles in ${shown(path)}`, `is ${kindOf(profiles)}; an object {"NAME": {…}} is needed.`)];
	}
	for (const [name, values] of Object.entries(profiles ?? {})) {
		const where = `profiles.${shown(name)} in ${shown(path)}`;
		if (!isProfileName(name)) problems.push(configProblem(where, 'is no usable profile name. Letters, digits, "-" and "_", at most 64.'));
		else if (isRecord(values)) problems.push(...checkPlace(values, `profiles.${name}.`, path));
		else problems.push(configProblem(where, `is ${kindOf(values)}; an object {…} is needed.`));
	}
	if (profile !== undefined && (typeof profile !== 'string' || !Object.hasOwn(profiles ?? {}, profile))) {
		const message =
			typeof profile === 'string'
				? `there is no profile ${quoted(profile)}. ${knownProfiles(config)}`
				: `is ${kindOf(profile)}; a name is needed.`;
		problems.push(configProblem(`profile in ${shown(path)}`, message));
	}
	return problems;
}

/** The sentence that names the profiles there are. */
export function knownProfiles(config: Readonly<Record<string, unknown>>): string {
	const profiles = isRecord(config['profiles']) ? Object.keys(config['profiles']) : [];
	if (profiles.length === 0) return 'There are no profiles yet: clawtalk config set --profile NAME gatewayUrl URL';
	return `There are: ${profiles.map(name => shown(name)).join(', ')}`;
}

function checkPlace(values: Readonly<Record<string, unknown>>, prefix: string, path: string): ConfigProblem[] {
	return Object.entries(values).flatMap(([key, value]) => {
		const problem = isSettingKey(key) ? checkSetting(key, value) : undefined;
		return problem ? [configProblem(`${prefix}${key} in ${shown(path)}`, problem.message, problem.row)] : [];
	});
}

/** Names that others give to what clawtalk calls otherwise. */
const otherNames: Readonly<Record<string, SettingKey>> = {
	gateway: 'gatewayUrl',
	url: 'gatewayUrl',
	token: 'gatewayToken',
	password: 'gatewayToken',
	agent: 'defaultAgent',
	model: 'defaultModel',
};

/** Names that are close to a known one: kept as they are, for a later version may know them, but probably meant otherwise. */
export function checkNames(config: Readonly<Record<string, unknown>>, path: string): readonly ConfigWarning[] {
	const profiles = isRecord(config['profiles']) ? Object.entries(config['profiles']) : [];
	const inProfiles = profiles.flatMap(([name, values]) => (isRecord(values) ? misnamed(values, `profiles.${shown(name)}.`, path) : []));
	return [...misnamed(config, '', path), ...inProfiles];
}

function misnamed(values: Readonly<Record<string, unknown>>, prefix: string, path: string): readonly ConfigWarning[] {
	const plain = (name: string): string => name.toLowerCase().replace(/[-_]/g, '');
	const known = new Map([...names].map(name => [plain(name), name] as const));
	return Object.keys(values).flatMap(key => {
		if (names.has(key)) return [];
		const meant = Object.hasOwn(otherNames, key) ? otherNames[key] : known.get(nearest(plain(key), known.keys()) ?? '');
		return meant ? [{where: `${prefix}${shown(key)} in ${shown(path)}`, message: `is not used; the name is ${meant}.`}] : [];
	});
}

function checkText(value: unknown): ReturnType<Check> {
	if (typeof value !== 'string') return {message: `is ${kindOf(value)}; a text in double quotes is needed.`};
	if (value.trim() === '') return {message: 'is empty. Write a value, or delete the line.'};
	if (/[\p{Cc}]/u.test(value)) return {message: `${quoted(value)} has a control character inside.`};
	return undefined;
}

function checkUrl(value: unknown): ReturnType<Check> {
	if (typeof value !== 'string') return checkText(value);
	const url = readGatewayUrl(value);
	return url.ok ? undefined : {row: url.finding.row, message: `${url.finding.message}.`};
}

function checkToken(value: unknown): ReturnType<Check> {
	if (typeof value !== 'string') return {message: `is ${kindOf(value)}; a text in double quotes is needed.`};
	const text = readTokenText(value);
	return text.ok ? undefined : {row: text.row, message: `${maskedSecret(value)}: ${text.message}`};
}

function checkCommand(value: unknown): ReturnType<Check> {
	if (typeof value === 'string') {
		const words = splitCommand(value);
		return words.ok ? undefined : {message: words.message};
	}
	if (Array.isArray(value) && value.length > 0 && value.every(word => typeof word === 'string') && value[0] !== '') return undefined;
	return {message: `is ${kindOf(value)}; a text or a list of texts is needed, e.g. ["pass", "show", "gateway"].`};
}

function checkTheme(value: unknown): ReturnType<Check> {
	return checkChoice(value, themeNames);
}

function checkNotify(value: unknown): ReturnType<Check> {
	return checkChoice(value, notifyChoices);
}

function checkSwitch(value: unknown): ReturnType<Check> {
	return readSwitch(value) === undefined ? {message: `is ${quoted(value)}; on or off is needed.`} : undefined;
}

function checkTransport(value: unknown): ReturnType<Check> {
	return checkChoice(value, transportNames);
}

function checkProbes(value: unknown): ReturnType<Check> {
	return checkChoice(value, probeLevels);
}

function checkChoice(value: unknown, choices: readonly string[]): ReturnType<Check> {
	if (choices.some(choice => choice === value)) return undefined;
	return {message: `is ${quoted(value)}; one of ${choices.join(', ')} is needed.`};
}

/** It becomes an argument of ssh: nothing in it may be taken for an option or mean anything to a shell. */
function checkSsh(value: unknown): ReturnType<Check> {
	if (typeof value !== 'string') return checkText(value);
	const name = '[A-Za-z0-9_][A-Za-z0-9._-]*';
	if (value.length <= 255 && new RegExp(`^(?:${name}@)?(?:${name}|[A-Fa-f0-9:.]*:[A-Fa-f0-9:.]*:[A-Fa-f0-9:.]*)$`).test(value))
		return undefined;
	if (/^(?:[\w.-]+@)?[\w.-]+:\d+$/.test(value)) {
		return {
			message: `${quoted(value)} has a port, which goes into ~/.ssh/config (Host, HostName, Port). Write USER@HOST, or that Host's name.`,
		};
	}
	return {message: `${quoted(value)} is not USER@HOST or a Host of ~/.ssh/config: letters, digits and . _ - are allowed.`};
}

function checkProxy(value: unknown): ReturnType<Check> {
	if (typeof value !== 'string') return checkText(value);
	if (/^https?:\/\/[^/\s]/i.test(value) && URL.canParse(value)) return undefined;
	// Not quoted: it may hold a password, which without a scheme nothing recognises.
	return {message: 'is no proxy. Write it as http://HOST:PORT.'};
}

function checkKeys(value: unknown): ReturnType<Check> {
	if (!isRecord(value)) return {message: `is ${kindOf(value)}; an object {"NAME": "Ctrl+G"} is needed.`};
	const remapped = remapKeys(value);
	return remapped.ok ? undefined : {message: remapped.message};
}

function checkHeaders(value: unknown): ReturnType<Check> {
	if (!isRecord(value)) return {message: `is ${kindOf(value)}; an object {"NAME": "VALUE"} is needed.`};
	for (const [name, content] of Object.entries(value)) {
		const problem = checkHeader(name, content);
		if (problem) return {message: problem};
	}
	return undefined;
}

/** What is wrong with one header, or nothing. The value is a secret and never part of the answer. */
export function checkHeader(name: string, value: unknown): string | undefined {
	if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) return `${quoted(name)} is no header name.`;
	if (/^(?:authorization|connection|content-length|content-type|host|origin|transfer-encoding|upgrade)$/i.test(name)) {
		return `${name} is set by clawtalk itself${/^auth/i.test(name) ? '; the token goes into gatewayToken' : ''}.`;
	}
	if (typeof value !== 'string') return `${name} is ${kindOf(value)}; a text in double quotes is needed.`;
	return /^[\t\u0020-\u007e\u00a1-\u00ff]*$/.test(value) ? undefined : `${name} has a character that HTTP headers cannot carry.`;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
