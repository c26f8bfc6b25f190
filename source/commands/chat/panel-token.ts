import type {Settings} from '../../config/settings.js';
import {readTokenText} from '../../config/token-text.js';
import type {Explained} from '../../diagnosis/explained.js';
import {failureLines} from '../../diagnosis/failure-lines.js';
import {Secret} from '../../diagnosis/redact.js';
import {justTyped} from '../../diagnosis/target-words.js';
import type {Gateway, GatewayTarget} from '../../gateway/gateway.js';
import type {RenewedToken} from '../../perform/panel-work.js';
import type {CommandContext} from '../command.js';
import {fileOf, profileIn, quietlyResolve, secretFor} from './panel-address.js';
import type {PanelSetting} from './panel-work.js';
import {saveTokenAt, type TokenPlace, tokenPlaceFor} from './token-place.js';

/** Whether the configuration has another token by now: the file is read again, and its token command run once. */
export async function renewToken(
	{context, settings}: PanelSetting,
	{findings}: Explained,
	left: GatewayTarget,
	signal: AbortSignal,
): Promise<RenewedToken> {
	if (findings.primary?.layer !== 'auth') return {kind: 'pointless', said: 'The token is not what is wrong here.'};
	if (settings === undefined) return {kind: 'pointless', said: 'The demo has a token of its own.'};
	const read = await readAgain(context, left);
	if (!read.ok) return {kind: 'wanted', why: read.why};
	const {target} = read;
	const where = target.credential.kind === 'none' ? 'the configuration' : target.credential.source;
	const tried = await tryTarget(context, target, signal);
	if (tried.ok) return {kind: 'accepted', gateway: tried.gateway, said: `The token from ${where} is new, and the gateway accepts it.`};
	return {kind: 'wanted', why: `The token from ${where} is new; ${lowerFirst(tried.why)}`};
}

/** `place`: where an accepted token may be kept; absent when nowhere. */
type TriedHere =
	| {readonly ok: true; readonly gateway: Gateway; readonly place: TokenPlace | undefined}
	| {readonly ok: false; readonly why: string};

type ReadAgain = {readonly ok: true; readonly target: GatewayTarget} | {readonly ok: false; readonly why: string};

async function readAgain(context: CommandContext, left: GatewayTarget): Promise<ReadAgain> {
	const profile = profileIn(left.source);
	// The standard input is the keyboard of the chat: nothing is read from it, and nobody is asked.
	const {token, ...flags} = context.flags;
	if (token !== undefined) return {ok: false, why: 'The token was given with --token.'};
	const {quietTarget} = await import('../chat.js');
	const {result, said} = await quietTarget({...context, flags: profile === undefined ? flags : {...flags, profile}});
	if (!result.ok) return {ok: false, why: said || 'The configuration cannot be read.'};
	const {credential, origin} = result.target;
	if (origin !== left.origin) return {ok: false, why: `The configuration names ${origin} by now; a token for ${left.origin} can be typed.`};
	if (credential.kind === 'none') return {ok: false, why: 'The configuration has no token.'};
	if (credential.kind === 'withheld') return {ok: false, why: said || 'The token may not be sent there.'};
	if (left.credential.kind === 'token' && left.credential.secret.reveal() === credential.secret.reveal())
		return {ok: false, why: `The token from ${credential.source} is the same as before, ${credential.secret.length} characters.`};
	return {ok: true, target: result.target};
}

/** Tries what was typed, under the same rules as a token of the configuration. */
export async function tryToken(
	{context, settings}: PanelSetting,
	text: string,
	left: GatewayTarget,
	signal: AbortSignal,
): Promise<TriedHere> {
	const read = readTokenText(text, true);
	if (!read.ok) return {ok: false, why: read.message};
	if (settings === undefined) return {ok: false, why: 'The demo has a token of its own.'};
	const token = secretFor(settings, new Secret(read.token), left.origin);
	const {origin, basePath, addressClass, headers} = left;
	const {proxy: _ofConfiguration, ...rest} = settings;
	const here: Settings = {...rest, origin: {value: origin, source: fileOf(context)}, basePath, addressClass, headers, token};
	const resolved = await quietlyResolve(context, here);
	if (!resolved.ok) return {ok: false, why: resolved.problem};
	const {credential} = resolved.target;
	if (credential.kind !== 'token') return {ok: false, why: resolved.said || 'The token may not be sent there.'};
	const proxy = left.proxy === undefined ? {} : {proxy: left.proxy};
	const target = {...resolved.target, ...proxy, source: left.source, credential: {...credential, source: justTyped}};
	const tried = await tryTarget(context, target, signal);
	return tried.ok ? {...tried, place: await placeFor(context, left)} : tried;
}

/** Where the token may be kept; nowhere when a flag or the environment gave the one before: it would win in the next run, too. */
async function placeFor(context: CommandContext, left: GatewayTarget): Promise<TokenPlace | undefined> {
	const {credential, source} = left;
	const before = credential.kind === 'none' ? undefined : credential.source;
	if (context.flags['ephemeral'] === true || isOfThisRun(before)) return undefined;
	return tokenPlaceFor(context.env, left, profileIn(before ?? source) ?? profileIn(source));
}

function isOfThisRun(source: string | undefined): boolean {
	return (
		source !== undefined && source !== justTyped && source !== 'config.json' && source !== 'default' && profileIn(source) === undefined
	);
}

export async function saveToken({context}: PanelSetting, text: string, place: TokenPlace): Promise<string> {
	const read = readTokenText(text, true);
	return read.ok ? saveTokenAt(context.env, place, read.token) : read.message;
}

type Tried = {readonly ok: true; readonly gateway: Gateway} | {readonly ok: false; readonly why: string};

/** Asks the gateway whether it takes the token; the caller closes a gateway that does. */
async function tryTarget(context: CommandContext, target: GatewayTarget, signal: AbortSignal): Promise<Tried> {
	const {gatewayFor} = await import('../chat.js');
	const gateway = await gatewayFor(target, context);
	await gateway.forgetRefusal();
	const {value, evidence} = await gateway.checkAccess(signal, {withEmptyQuestion: true});
	if (value.auth === 'ok') return {ok: true, gateway};
	await gateway.close();
	const [why] = failureLines(evidence);
	return {ok: false, why: why ?? 'Whether the gateway accepts it cannot be told.'};
}

function lowerFirst(text: string): string {
	return text.charAt(0).toLowerCase() + text.slice(1);
}
