import {defaultGatewayUrl, type GatewayUrl, readGatewayUrl} from './gateway-url.js';
import {configProblem} from './problem-line.js';
import type {ConfigObject} from './read.js';
import {isRecord, knownProfiles} from './schema.js';
import type {ConfigProblem, Setting, SettingsFlags, Source} from './settings.js';
import {quoted} from './shown.js';

/** The top level of config.json or one of its profiles, with the gateway its token, headers and proxy belong to. */
export interface Place {
	readonly source: Source & {readonly kind: 'file'};
	readonly values: ConfigObject;
	readonly origin: string;
}

export interface Places {
	/** Name of the profile in use. */
	readonly profile?: string;
	/** True when `--profile` named it: then the environment's URL and token stand back. */
	readonly profileIsExplicit: boolean;
	/** The profile in use first, then the top level. */
	readonly inUse: readonly Place[];
	/** The place of a profile name; `default` is the top level unless a profile has that name. */
	find(name: string): Place | undefined;
}

/** Which parts of a (checked) config file take part: `--profile`, else `CLAWTALK_PROFILE`, else its own `profile`. */
export function choosePlaces(
	config: ConfigObject,
	path: string,
	flags: SettingsFlags,
	env: Readonly<NodeJS.ProcessEnv>,
): Places | {readonly problem: ConfigProblem} {
	const top = placeOf(config, config, path);
	const profiles = isRecord(config['profiles']) ? config['profiles'] : {};
	const find = (name: string): Place | undefined => {
		const values = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
		if (isRecord(values)) return placeOf(values, config, path, name);
		return name === 'default' ? top : undefined;
	};
	const ownDefault = typeof config['profile'] === 'string' ? config['profile'] : undefined;
	const name = flags.profile ?? (env['CLAWTALK_PROFILE'] || undefined) ?? ownDefault;
	const profileIsExplicit = flags.profile !== undefined;
	if (name === undefined) return {profileIsExplicit, inUse: [top], find};
	const place = find(name);
	if (place === undefined) {
		const where = profileIsExplicit ? '--profile' : 'CLAWTALK_PROFILE';
		return {problem: configProblem(where, `there is no profile ${quoted(name)}. ${knownProfiles(config)}`)};
	}
	if (place.source.profile === undefined) return {profileIsExplicit, inUse: [top], find};
	return {profile: name, profileIsExplicit, inUse: [place, top], find};
}

/** The first value of a key in the places given, with its source. */
export function textSetting(places: readonly Place[], key: string): Setting<string> | undefined {
	for (const {values, source} of places) {
		const value = values[key];
		if (typeof value === 'string') return {value, source};
	}
	return undefined;
}

function placeOf(values: ConfigObject, config: ConfigObject, path: string, profile?: string): Place {
	const url = values['gatewayUrl'] ?? config['gatewayUrl'];
	return {
		source: {kind: 'file', path, ...(profile === undefined ? {} : {profile})},
		values,
		origin: originOf(readGatewayUrl(typeof url === 'string' ? url : defaultGatewayUrl)),
	};
}

function originOf(url: GatewayUrl): string {
	return url.ok ? url.origin : '';
}
