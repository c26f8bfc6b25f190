import type {Readable} from 'node:stream';
import {rememberSecret, Secret} from '../diagnosis/redact.js';
import type {KeyRemap} from '../terminal/key-bindings.js';
import type {ThemeName} from '../theme-names.js';
import {chooseTransport} from './chosen-transport.js';
import {chooseUrl, readChosenUrl, urlPlace} from './chosen-url.js';
import {locate} from './location.js';
import {choosePlaces, type Place, type Places, textSetting} from './places.js';
import {type ConfigFile, type ConfigObject, readConfigFile} from './read.js';
import {checkConfig, checkNames, isRecord} from './schema.js';
import {readSwitch, screenSettings} from './screen-settings.js';
import {findConflicts} from './setting-conflicts.js';
import type {ConfigProblem, ConfigWarning, ProbeLevel, Setting, Settings, SettingsFlags, SettingsResult} from './settings.js';
import {shown} from './shown.js';
import {chooseToken} from './token-candidates.js';
import {readToken} from './token-sources.js';

/** What settings are made of. */
export interface LoadContext {
	readonly flags: SettingsFlags;
	readonly env: Readonly<NodeJS.ProcessEnv>;
	/** Path of the config file; default: `locate(env).configFile`. */
	readonly configPath?: string;
	/** Leaves the config file alone, as if there were none: for looking at a gateway although the file is broken. */
	readonly withoutFile?: boolean;
	/** For `--token -`. Absent when stdin is taken (by the question), which makes `--token -` a usage error. */
	readonly stdin?: Readable & {isTTY?: boolean};
	/** Whether a question can be asked: stdin and stderr are terminals. */
	readonly stdinIsTTY: boolean;
}

/**
 * Every setting with its source: flag > environment > file (profile before top level) > default. Reads the config file, the token
 * file and `--token -`; runs no token command, asks nothing, writes nothing, sends nothing. Never rejects for what a user can cause.
 */
export async function loadSettings(context: LoadContext): Promise<SettingsResult> {
	const {flags, env} = context;
	const path = context.configPath ?? locate(env).configFile;
	const file: ConfigFile = context.withoutFile ? {kind: 'absent'} : await readConfigFile(path);
	if (file.kind === 'broken') return failed(file.problem);
	const config = file.kind === 'object' ? file.value : {};
	const problems = checkConfig(config, path);
	if (problems.length > 0) return failed(...problems);
	rememberSecrets(config);
	const places = choosePlaces(config, path, flags, env);
	if ('problem' in places) return failed(places.problem);
	const transport = chooseTransport(places.inUse, flags.transport, env);
	if (transport !== undefined && 'problem' in transport) return failed(transport.problem);
	const urlSetting = chooseUrl(places, flags, env);
	const url = readChosenUrl(urlSetting);
	if (!url.ok) return failed(url.problem);
	const choice = chooseToken(places, url.origin, flags, env);
	if ('problem' in choice) return failed(choice.problem);
	const token = choice.candidate ? await readToken(choice.candidate, context) : undefined;
	if (token && 'problem' in token) return failed(token.problem);
	const where = urlPlace(urlSetting);
	return {
		ok: true,
		settings: {
			...plainSettings(places, flags, url.origin),
			origin: {value: url.origin, source: urlSetting.source},
			basePath: url.basePath,
			addressClass: url.addressClass,
			...(token ? {token: token.token} : {}),
			...optional('transport', transport),
			corrections: [
				...url.corrections.map(text => `${where}: ${text}; using ${shown(url.origin + url.basePath)}`),
				...(token?.corrections ?? []),
			],
			conflicts: findConflicts(places, flags, env, {url: urlSetting, origin: url.origin, token: token?.token}),
			warnings: [...fileWarnings(file, config, path), ...url.warnings.map(({row, message}) => ({row, where, message: `${message}.`}))],
		},
	};
}

type PlainSettings = Omit<
	Settings,
	'transport' | 'origin' | 'basePath' | 'addressClass' | 'token' | 'corrections' | 'warnings' | 'conflicts'
>;

function plainSettings(places: Places, flags: SettingsFlags, origin: string): PlainSettings {
	const own = places.inUse.filter(place => place.origin === origin);
	return {
		...(places.profile === undefined ? {} : {profile: places.profile}),
		...optional('agent', flagOr(flags.agent, '--agent', textSetting(places.inUse, 'defaultAgent'))),
		...optional('model', flagOr(flags.model, '--model', textSetting(places.inUse, 'defaultModel'))),
		...optional('sessionKey', flagOr(flags.session, '--session', textSetting(places.inUse, 'sessionKey'))),
		...optional('proxy', textSetting(own, 'proxy')),
		...optional('ssh', sshOf(places, origin)),
		probes: (textSetting(places.inUse, 'probes') as Setting<ProbeLevel> | undefined) ?? {value: 'full', source: {kind: 'default'}},
		theme: (textSetting(places.inUse, 'theme') as Setting<ThemeName> | undefined) ?? {value: 'auto', source: {kind: 'default'}},
		screen: screenSettings(places.inUse),
		...optional('approvals', approvalsOf(places.inUse)),
		...optional('keys', keysOf(places.inUse)),
		headers: headersOf(own),
	};
}

/**
 * The machine of the gateway in use. A profile with a gateway of its own has the top level's only by writing it: `127.0.0.1:18789` is a
 * usual address of gateways on many machines, and the profile's token must not reach another one.
 */
function sshOf({inUse}: Places, origin: string): Setting<string> | undefined {
	const [first, top] = inUse;
	if (first?.origin !== origin) return undefined;
	const inherits = top !== undefined && first.values['gatewayUrl'] === undefined;
	return textSetting(inherits ? inUse : [first], 'ssh');
}

function approvalsOf(places: readonly Place[]): Setting<boolean> | undefined {
	const place = places.find(({values}) => values['approvals'] !== undefined);
	return place && {value: readSwitch(place.values['approvals']) === true, source: place.source};
}

/** The keys of a profile replace those of the top level as a whole: together they might mean two things. */
function keysOf(places: readonly Place[]): Setting<KeyRemap> | undefined {
	const place = places.find(({values}) => isRecord(values['keys']));
	return place && {value: place.values['keys'] as KeyRemap, source: place.source};
}

/** Headers are secrets of their gateway: only places that name this very origin contribute. */
function headersOf(own: readonly Place[]): Readonly<Record<string, Secret>> {
	const headers = own.toReversed().flatMap(({values}) => (isRecord(values['headers']) ? Object.entries(values['headers']) : []));
	return Object.fromEntries(
		headers.flatMap(([name, value]) => (typeof value === 'string' ? [[name.toLowerCase(), new Secret(value)]] : [])),
	);
}

function flagOr(value: string | undefined, name: string, otherwise: Setting<string> | undefined): Setting<string> | undefined {
	return value === undefined ? otherwise : {value, source: {kind: 'flag', name}};
}

function optional<K extends string, V>(key: K, value: V | undefined): {readonly [key in K]?: V} {
	return value === undefined ? {} : ({[key]: value} as {readonly [key in K]?: V});
}

/** Every secret of the file, also of profiles that are not in use, is kept out of all texts from now on. */
function rememberSecrets(config: ConfigObject): void {
	const places = [config, ...(isRecord(config['profiles']) ? Object.values(config['profiles']).filter(isRecord) : [])];
	for (const {gatewayToken, headers, proxy} of places) {
		const proxyPassword = typeof proxy === 'string' && URL.canParse(proxy) ? new URL(proxy).password : undefined;
		const values = [gatewayToken, proxyPassword, ...(isRecord(headers) ? Object.values(headers) : [])];
		for (const value of values) if (typeof value === 'string') rememberSecret(value);
	}
}

function fileWarnings(file: ConfigFile, config: ConfigObject, path: string): readonly ConfigWarning[] {
	const warnings = [...checkNames(config, path)];
	if (file.kind === 'object' && file.mode & 0o077 && process.platform !== 'win32') {
		const message = `is open to other users of this machine (mode ${file.mode.toString(8)}). Close it with: chmod 600 ${shellWord(path)}`;
		warnings.push({row: 'C03', where: shown(path), message});
	}
	return warnings;
}

function shellWord(path: string): string {
	return /^[\w./~-]+$/.test(path) ? path : `'${shown(path).replaceAll("'", "'\\''")}'`;
}

function failed(...problems: readonly ConfigProblem[]): SettingsResult {
	return {ok: false, problems};
}
