import {defaultGatewayUrl, readGatewayUrl} from '../../config/gateway-url.js';
import {type Locations, locate} from '../../config/location.js';
import {type ConfigObject, readConfigFile} from '../../config/read.js';
import {saveConfig} from '../../config/save.js';
import {isRecord} from '../../config/schema.js';
import {withValueAt} from '../../config/setting-path.js';
import {shown} from '../../config/shown.js';
import type {GatewayTarget} from '../../gateway/gateway.js';

/** Where a token is kept: beside the address that it is for, and nowhere else. */
export interface TokenPlace {
	/** Absent: the top level of config.json. */
	readonly profile?: string;
	/** The address that the token is for. */
	readonly origin: string;
	readonly basePath: string;
	/** Nothing in config.json has this address: a new profile takes both. */
	readonly isNew: boolean;
}

/** The place of config.json whose address this is, the preferred one first; else a new profile, named by the host. */
export async function tokenPlaceFor(
	env: Readonly<NodeJS.ProcessEnv>,
	{origin, basePath}: Pick<GatewayTarget, 'origin' | 'basePath'>,
	preferred: string | undefined,
): Promise<TokenPlace | undefined> {
	const file = await readConfigFile(locate(env).configFile);
	if (file.kind === 'broken') return undefined;
	const config = file.kind === 'object' ? file.value : {};
	const where = {origin, basePath};
	const others = [undefined, ...Object.keys(profilesOf(config))];
	for (const profile of preferred === undefined ? others : [preferred, ...others])
		if (originAt(config, profile) === origin) return {...where, ...(profile !== undefined && {profile}), isNew: false};
	return {...where, profile: freeName(config, origin), isNew: true};
}

/** `config.json`, `profile home`, `the new profile home-18789, with the address`. */
export function tokenPlaceInWords({profile, isNew}: TokenPlace): string {
	if (profile === undefined) return 'config.json';
	return isNew ? `the new profile ${profile}, with the address` : `profile ${profile}`;
}

/** Saves a token in its place, if that has the address still; says what came of it. */
export async function saveTokenAt(env: Readonly<NodeJS.ProcessEnv>, place: TokenPlace, token: string): Promise<string> {
	const {profile, origin, basePath, isNew} = place;
	const locations: Locations = locate(env);
	let isOther = false;
	const saved = await saveConfig(locations, config => {
		isOther = isNew ? Object.hasOwn(profilesOf(config), profile ?? '') : originAt(config, profile) !== origin;
		if (isOther) return config;
		const path = profile === undefined ? [] : ['profiles', profile];
		const named = isNew ? withValueAt(config, [...path, 'gatewayUrl'], `${origin}${basePath}`) : config;
		return withValueAt(named, [...path, 'gatewayToken'], token);
	});
	if (!saved.ok) return `Not saved: ${saved.problem.message}`;
	const file = shown(locations.configFile);
	if (isOther) return `Not saved: ${file} was changed meanwhile, and the token belongs to ${origin}.`;
	if (isNew) return `Saved in ${file}. To use both again: clawtalk --profile ${profile}`;
	return `${[...(profile === undefined ? [] : ['profiles', profile]), 'gatewayToken'].join('.')} is saved in ${file}.`;
}

function profilesOf({profiles}: ConfigObject): Readonly<Record<string, unknown>> {
	return isRecord(profiles) ? profiles : {};
}

/** The origin that a place of the file stands for; a profile without an address has the one of the top level. */
function originAt(config: ConfigObject, profile: string | undefined): string | undefined {
	const values = profile === undefined ? config : profilesOf(config)[profile];
	if (!isRecord(values)) return undefined;
	const url = readGatewayUrl(String(values['gatewayUrl'] ?? config['gatewayUrl'] ?? defaultGatewayUrl));
	return url.ok ? url.origin : undefined;
}

/** `192-0-2-2-18789`: a profile's name from the host and the port; numbered when another gateway has it. */
function freeName(config: ConfigObject, origin: string): string {
	const name =
		new URL(origin).host
			.replace(/[^A-Za-z0-9]+/g, '-')
			.replace(/^-|-$/g, '')
			.slice(0, 56) || 'gateway';
	const taken = profilesOf(config);
	let number = 1;
	const numbered = () => (number === 1 ? name : `${name}-${number}`);
	while (Object.hasOwn(taken, numbered())) number++;
	return numbered();
}
