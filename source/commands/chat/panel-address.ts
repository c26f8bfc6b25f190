import {readGatewayUrl} from '../../config/gateway-url.js';
import {locate} from '../../config/location.js';
import {resolveTarget} from '../../config/resolve-target.js';
import {saveConfig} from '../../config/save.js';
import {readSettingPath, withValueAt} from '../../config/setting-path.js';
import type {Settings, Source} from '../../config/settings.js';
import {shown} from '../../config/shown.js';
import type {GatewayTarget} from '../../gateway/gateway.js';
import type {OpenedAddress} from '../../perform/panel-work.js';
import type {CommandContext} from '../command.js';
import {isTailscalePeer} from '../gateway-target.js';
import type {PanelSetting} from './panel-work.js';
import {placeOf} from './place-of.js';

/**
 * The gateway at another address, with the token of the one that is left: the user saw both addresses and said yes, which is what
 * `--token-from` says. Plain http into a network that nobody allowed keeps the token back all the same.
 */
export async function openAddress({context, settings}: PanelSetting, origin: string, left: GatewayTarget): Promise<OpenedAddress> {
	const url = readGatewayUrl(origin);
	if (settings === undefined || !url.ok) return {ok: false, problem: `${origin} cannot be used here.`};
	const token = tokenOf(settings, left);
	const {token: _ofBefore, proxy: _forTheOther, ...rest} = settings;
	const resolved = await quietlyResolve(context, {
		...rest,
		origin: {value: url.origin, source: fileOf(context)},
		basePath: left.basePath,
		addressClass: url.addressClass,
		headers: {},
		...(token && {token}),
	});
	if (!resolved.ok) return {ok: false, problem: resolved.problem};
	const {gatewayFor} = await import('../chat.js');
	const gateway = await gatewayFor({...withTokenSource(resolved.target, left), source: 'the panel'}, context);
	const place = placeOf(url.origin, url.addressClass, profileIn(left.source));
	return {ok: true, gateway, place, canSave: canSave(context, left.source)};
}

/**
 * The token of the gateway that is left, also one that only its address kept back: the yes is about that one. Another gateway's token
 * stays under its own rule.
 */
function tokenOf(settings: Settings, {credential, origin}: GatewayTarget): Settings['token'] {
	if (credential.kind === 'token') return {...secretFor(settings, credential.secret, origin), insisted: true};
	if (credential.kind === 'none' || settings.token === undefined) return undefined;
	return settings.token.belongsTo === origin ? {...settings.token, insisted: true} : settings.token;
}

function withTokenSource(target: GatewayTarget, {credential: before}: GatewayTarget): GatewayTarget {
	const {credential} = target;
	return credential.kind === 'none' || before.kind === 'none' ? target : {...target, credential: {...credential, source: before.source}};
}

/** What a flag or the environment says would win over the file in the next run, too. */
export function canSave({flags}: CommandContext, source: string): boolean {
	return flags['ephemeral'] !== true && (source === 'config.json' || source === 'default' || profileIn(source) !== undefined);
}

/** The profile that a value is from, out of its source in words. */
export function profileIn(source: string): string | undefined {
	return /^profile ([A-Za-z0-9._-]+)$/.exec(source)?.[1];
}

export async function saveSetting(context: CommandContext, key: string, value: string, profile: string | undefined): Promise<string> {
	const read = readSettingPath(key, profile);
	if (!read.ok) return read.problem.message;
	const locations = locate(context.env);
	const saved = await saveConfig(locations, config => withValueAt(config, read.path.segments, value));
	return saved.ok ? `${read.path.segments.join('.')} is saved in ${shown(locations.configFile)}.` : `Not saved: ${saved.problem.message}`;
}

export function secretFor(
	settings: Settings,
	secret: Extract<GatewayTarget['credential'], {kind: 'token'}>['secret'],
	belongsTo: string,
): NonNullable<Settings['token']> {
	return {source: settings.token?.source ?? settings.origin.source, belongsTo, value: {kind: 'secret', secret}};
}

/** Settings as a target, asking nobody: what would need a yes is kept back. */
export async function quietlyResolve(
	context: CommandContext,
	settings: Settings,
): Promise<{readonly ok: true; readonly target: GatewayTarget; readonly said: string} | {readonly ok: false; readonly problem: string}> {
	const resolved = await resolveTarget(settings, {
		locations: locate(context.env),
		env: context.env,
		insecure: context.flags['insecure'] === true,
		isTailscalePeer,
		onWithheld: 'carry',
		signal: context.signal,
	});
	const said = resolved.notices.join(' ');
	return resolved.ok
		? {ok: true, target: resolved.target, said}
		: {ok: false, problem: resolved.problems.map(({message}) => message).join(' ')};
}

/** As if it stood in the file: what is taken for typed in this run would loosen the rule about plain http. */
export function fileOf(context: CommandContext): Source {
	return {kind: 'file', path: locate(context.env).configFile};
}
