import {defaultGatewayUrl, type GatewayUrl, readGatewayUrl} from './gateway-url.js';
import {type Places, textSetting} from './places.js';
import {configProblem} from './problem-line.js';
import type {ConfigProblem, Setting, SettingsFlags} from './settings.js';
import {shown} from './shown.js';

/** The URL that won, as typed, with its source. */
export function chooseUrl(places: Places, flags: SettingsFlags, env: Readonly<NodeJS.ProcessEnv>): Setting<string> {
	if (flags.gateway !== undefined) return {value: flags.gateway, source: {kind: 'flag', name: '--gateway'}};
	const environment = places.profileIsExplicit ? undefined : environmentUrls(env)[0];
	return environment ?? textSetting(places.inUse, 'gatewayUrl') ?? {value: defaultGatewayUrl, source: {kind: 'default'}};
}

/** The URLs of the environment, the one that counts first. */
export function environmentUrls(env: Readonly<NodeJS.ProcessEnv>): ReadonlyArray<Setting<string>> {
	return ['CLAWTALK_GATEWAY_URL', 'OPENCLAW_GATEWAY_URL'].flatMap(name => {
		const value = env[name];
		return value ? [{value, source: {kind: 'environment', name} as const}] : [];
	});
}

/** What a URL setting is called in messages. */
export function urlPlace({source}: Setting<string>): string {
	if (source.kind === 'flag' || source.kind === 'environment') return source.name;
	if (source.kind === 'default') return 'default URL';
	return `${source.profile === undefined ? '' : `profiles.${source.profile}.`}gatewayUrl in ${shown(source.path)}`;
}

/** Reads the URL that won, or says why it cannot be used. */
export function readChosenUrl(
	setting: Setting<string>,
): (GatewayUrl & {readonly ok: true}) | {readonly ok: false; readonly problem: ConfigProblem} {
	const url = readGatewayUrl(setting.value);
	return url.ok ? url : {ok: false, problem: configProblem(urlPlace(setting), `${url.finding.message}.`, url.finding.row)};
}
