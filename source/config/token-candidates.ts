import {defaultGatewayUrl, readGatewayUrl} from './gateway-url.js';
import type {Place, Places} from './places.js';
import {configProblem, usageProblem} from './problem-line.js';
import type {ConfigProblem, SettingsFlags, Source} from './settings.js';
import {quoted} from './shown.js';
import {splitCommand} from './word-split.js';

/** A token that could be used, before it is read: where it is and the origin it belongs to. */
export interface TokenCandidate {
	readonly source: Source;
	readonly belongsTo: string;
	readonly insisted?: boolean;
	readonly from:
		| {readonly kind: 'text'; readonly text: string}
		| {readonly kind: 'file'; readonly path: string}
		| {readonly kind: 'command'; readonly argv: readonly string[]}
		| {readonly kind: 'stdin'}
		| {readonly kind: 'ask'};
}

/**
 * The token to use for an origin, by precedence: flags, environment, profile, top level. The first that belongs to the origin
 * wins; when none does, the first of all is the answer, and the token policy will hold it back and say so. Nothing is read yet.
 */
export function chooseToken(
	places: Places,
	origin: string,
	flags: SettingsFlags,
	env: Readonly<NodeJS.ProcessEnv>,
): {readonly candidate?: TokenCandidate} | {readonly problem: ConfigProblem} {
	const given = [flags.token, flags.tokenFile, flags.tokenFrom].filter(flag => flag !== undefined);
	if (given.length > 1) return {problem: usageProblem('--token', 'only one of --token, --token-file and --token-from can be given.')};
	const flag = tokenFromFlag(flags, origin);
	if (flag) return {candidate: flag};
	if (flags.tokenFrom !== undefined) return insistedToken(places, flags.tokenFrom, origin, env);
	const candidates = configuredTokens(places, origin, flags, env);
	const candidate =
		candidates.find(({belongsTo}) => belongsTo === origin) ?? candidates.find(({source}) => isOfChosenPlace(source, places));
	return candidate ? {candidate} : {};
}

/** The tokens of the environment and of the file, in the order in which they count. */
export function configuredTokens(
	places: Places,
	origin: string,
	flags: SettingsFlags,
	env: Readonly<NodeJS.ProcessEnv>,
): readonly TokenCandidate[] {
	return [...(places.profileIsExplicit ? [] : environmentTokens(env, flags, origin)), ...places.inUse.flatMap(fileToken)];
}

/** A profile without a token has none: the top level's, for another gateway, is not its business and not worth a question. */
function isOfChosenPlace(source: Source, places: Places): boolean {
	return source.kind !== 'file' || source.profile === places.profile;
}

function tokenFromFlag(flags: SettingsFlags, origin: string): TokenCandidate | undefined {
	if (flags.tokenFile !== undefined) {
		return {source: {kind: 'flag', name: '--token-file'}, belongsTo: origin, from: {kind: 'file', path: flags.tokenFile}};
	}
	if (flags.token === undefined) return undefined;
	const from = {'': {kind: 'ask'}, '-': {kind: 'stdin'}} as const;
	const {token} = flags;
	return {
		source: {kind: 'flag', name: '--token'},
		belongsTo: origin,
		from: token === '' || token === '-' ? from[token] : {kind: 'text', text: token},
	};
}

/** `--token-from PROFILE`; `default` is the top level, `environment` the environment's token. */
function insistedToken(
	places: Places,
	name: string,
	origin: string,
	env: Readonly<NodeJS.ProcessEnv>,
): {readonly candidate: TokenCandidate} | {readonly problem: ConfigProblem} {
	const place = places.find(name);
	const candidate = place ? fileToken(place)[0] : name === 'environment' ? environmentTokens(env, {}, origin)[0] : undefined;
	if (candidate) return {candidate: {...candidate, belongsTo: origin, insisted: true}};
	const message = place ? `${quoted(name)} has no token.` : `there is no profile ${quoted(name)}. See: clawtalk profiles`;
	return {problem: configProblem('--token-from', message)};
}

/**
 * Tokens of the environment with the origin each belongs to: the URL of the same family, else that of the other, else the flag's,
 * else the default. A URL that cannot be read owns nothing.
 */
function environmentTokens(env: Readonly<NodeJS.ProcessEnv>, flags: SettingsFlags, origin: string): readonly TokenCandidate[] {
	const variables = ['CLAWTALK_GATEWAY_TOKEN', 'OPENCLAW_GATEWAY_TOKEN', 'OPENCLAW_GATEWAY_PASSWORD'];
	return variables.flatMap(name => {
		const text = env[name];
		if (!text) return [];
		const families = name.startsWith('CLAWTALK') ? ['CLAWTALK', 'OPENCLAW'] : ['OPENCLAW', 'CLAWTALK'];
		const named = families.map(family => env[`${family}_GATEWAY_URL`]).find(Boolean);
		const url = readGatewayUrl(named ?? defaultGatewayUrl);
		const belongsTo = named === undefined && flags.gateway !== undefined ? origin : url.ok ? url.origin : '';
		return [{source: {kind: 'environment', name}, belongsTo, from: {kind: 'text', text}} as const];
	});
}

/** The token of a place: `gatewayToken` before `gatewayTokenCommand`. */
function fileToken({source, values, origin}: Place): readonly TokenCandidate[] {
	const {gatewayToken, gatewayTokenCommand} = values;
	if (typeof gatewayToken === 'string') return [{source, belongsTo: origin, from: {kind: 'text', text: gatewayToken}}];
	const words = typeof gatewayTokenCommand === 'string' ? splitCommand(gatewayTokenCommand) : undefined;
	const argv = words?.ok ? words.words : Array.isArray(gatewayTokenCommand) ? gatewayTokenCommand : undefined;
	return argv ? [{source, belongsTo: origin, from: {kind: 'command', argv}}] : [];
}
