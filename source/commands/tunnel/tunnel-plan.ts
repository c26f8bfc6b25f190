import {configProblem, sourceInWords} from '../../config/problem-line.js';
import type {ConfigProblem, Settings, TokenSetting} from '../../config/settings.js';
import {shown} from '../../config/shown.js';

/** Where a tunnel goes. */
export interface TunnelPlan {
	/** `[user@]host` or a Host of ~/.ssh/config. */
	readonly host: string;
	/** Port of the gateway on the loopback address of that machine. */
	readonly gatewayPort: number;
	readonly profile?: string;
}

const usualPort = 18_789;

/**
 * The tunnel of the profile in use. The gateway's port there is the one of a gatewayUrl with http; an https port is that of a reverse
 * proxy, whose certificate would not fit 127.0.0.1, so the tunnel goes to the gateway behind it.
 */
export function planTunnel(
	{ssh, origin, profile}: Pick<Settings, 'ssh' | 'origin' | 'profile'>,
	port?: number,
): {readonly ok: true; readonly plan: TunnelPlan} | {readonly ok: false; readonly problem: ConfigProblem} {
	const where = profile === undefined ? 'config.json' : `profile ${shown(profile)}`;
	if (ssh === undefined) {
		const {source} = origin;
		const flag = profile === undefined ? '' : ` --profile ${shown(profile)}`;
		const message =
			source.kind === 'environment'
				? `${source.name} names another gateway. Name the profile: clawtalk tunnel PROFILE`
				: `does not say how ssh reaches its machine. Set it with: clawtalk config set${flag} ssh USER@HOST`;
		return {ok: false, problem: configProblem(where, message)};
	}
	const url = new URL(origin.value);
	const ownPort = url.protocol === 'http:' && url.port !== '' ? Number(url.port) : usualPort;
	return {ok: true, plan: {host: ssh.value, gatewayPort: port ?? ownPort, ...(profile === undefined ? {} : {profile})}};
}

/**
 * The same settings, with the near end of the tunnel as the gateway. The user named the machine for this profile, so the profile's token
 * goes there, as with `--token-from` (after the identity check, as always). Its headers stay behind: they are for what stands before
 * the gateway, and the tunnel goes round that.
 */
export function throughTunnel(settings: Settings, origin: string): Settings {
	const {token, ...rest} = settings;
	const near: Omit<Settings, 'token'> = {
		...rest,
		origin: {value: origin, source: {kind: 'flag', name: '--gateway'}},
		basePath: settings.origin.value.startsWith('https:') ? '' : settings.basePath,
		addressClass: 'loopback',
		headers: {},
	};
	if (token === undefined) return near;
	if (isTokenOfTunnel(token, settings)) return {...near, token: {...token, belongsTo: origin, insisted: true}};
	const message = `the token (${sourceInWords(token.source)}) is not that of ${settings.profile ?? 'config.json'} and is not sent through the tunnel. To send it: --token-from`;
	return {...near, warnings: [...near.warnings, {where: 'token', message: `${message} ${nameOf(token)}`}]};
}

/**
 * A token given for this run, or that of the very place that names the gateway: `127.0.0.1:18789` is the address of many gateways, and
 * the token of the one on this machine is not for the one at the far end.
 */
function isTokenOfTunnel({source, insisted}: TokenSetting, {profile, origin}: Settings): boolean {
	if (insisted === true || source.kind === 'flag') return true;
	if (source.kind !== 'file') return false;
	const hasOwnGateway = profile !== undefined && origin.source.kind === 'file' && origin.source.profile === profile;
	return source.profile === profile || !hasOwnGateway;
}

function nameOf({source}: TokenSetting): string {
	return source.kind === 'file' ? (source.profile ?? 'default') : 'environment';
}
