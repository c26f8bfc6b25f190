import type {Credential, GatewayTarget} from '../gateway/gateway.js';
import {fetchToken} from './fetch-token.js';
import type {Locations} from './location.js';
import {configProblem, interrupted, sourceInWords} from './problem-line.js';
import type {ConfigProblem, Settings, TokenSetting} from './settings.js';
import {decidePlainHttp, decideToken, isTailscaleRange, type TokenDecision, type TokenUse} from './token-policy.js';
import {openTrust, type Trust, type TrustStore} from './trust.js';

/** What turning settings into a target may use. Everything that asks or runs is passed in. */
export interface ResolveContext {
	readonly locations: Locations;
	readonly env: Readonly<NodeJS.ProcessEnv>;
	/** `--insecure`: plain http to a public address, for this run. */
	readonly insecure: boolean;
	/** A yes/no question on the terminal; absent when there is none. `undefined` = ended by Ctrl+C. */
	readonly ask?: (question: string) => Promise<boolean | undefined>;
	/** A hidden line on the terminal; absent when there is none. `undefined` = ended by Ctrl+C. */
	readonly askHidden?: (prompt: string) => Promise<string | undefined>;
	/** Somebody watches stderr (a terminal): a token command may take longer and speak there. Default: whether `askHidden` is there. */
	readonly attended?: boolean;
	/** Whether Tailscale runs here and lists this host (name or address) as a peer. Called only when the answer matters. */
	readonly isTailscalePeer: (host: string) => Promise<boolean>;
	/** `stop`: a withheld token is a problem (exit 78), the rule for `ask`. `carry`: the target says so (chat, status). */
	readonly onWithheld: 'stop' | 'carry';
	readonly signal: AbortSignal;
}

export type TargetResult =
	/** `notices`: lines for stderr (a broken trust file kept aside …). */
	| {readonly ok: true; readonly target: GatewayTarget; readonly notices: readonly string[]}
	| {readonly ok: false; readonly problems: readonly ConfigProblem[]; readonly notices: readonly string[]};

/** Settings → the gateway to talk to: applies the rules about where the token may go, fetches it, adds the TLS pin. */
export async function resolveTarget(settings: Settings, context: ResolveContext): Promise<TargetResult> {
	const store = openTrust(context.locations);
	const {trust, notices} = await store.read();
	const said = [...notices];
	const secrets = settings.token ?? (Object.keys(settings.headers).length > 0 ? 'headers' : undefined);
	const permission = secrets === undefined ? permitted : await permit(settings, secrets, context, trust, store, said);
	if ('problem' in permission) return {ok: false, problems: [permission.problem], notices: said};
	const credential = await credentialFor(settings.token, permission, context, said);
	if ('problem' in credential) return {ok: false, problems: [credential.problem], notices: said};
	const origin = settings.origin.value;
	const pin = trust.pins[origin]?.fingerprint;
	return {
		ok: true,
		target: {
			origin,
			basePath: settings.basePath,
			source: sourceInWords(settings.origin.source),
			addressClass: settings.addressClass,
			credential,
			headers: permission.plainHttpAllowed ? settings.headers : {},
			...(settings.proxy ? {proxy: settings.proxy.value} : {}),
			...(pin ? {pin} : {}),
			...(settings.approvals?.value ? {approvals: true} : {}),
			...(settings.transport === undefined ? {} : {transport: settings.transport.value}),
		},
		notices: said,
	};
}

/** The answer of the policy, after all questions. */
interface Permission {
	readonly withheld?: TokenDecision & {readonly kind: 'withhold'};
	/** Headers belong to their origin already; only the second rule concerns them. */
	readonly plainHttpAllowed: boolean;
}

const permitted: Permission = {plainHttpAllowed: true};

async function permit(
	settings: Settings,
	secrets: TokenSetting | 'headers',
	context: ResolveContext,
	trust: Trust,
	store: TrustStore,
	said: string[],
): Promise<Permission | {readonly problem: ConfigProblem}> {
	let use = await describeUse(settings, context, trust);
	for (;;) {
		const decision = secrets === 'headers' ? decidePlainHttp(use, 'the headers of config.json') : decideToken(use);
		if (decision.kind === 'send') return permitted;
		const answer = decision.kind === 'ask' ? await context.ask?.(decision.question) : false;
		if (answer === undefined) return {problem: interrupted(use.origin)};
		if (decision.kind === 'ask' && answer) {
			if (decision.reason === 'plain-http-private') said.push(...(await rememberYes(store, use.origin)));
			use = decision.reason === 'other-origin' ? {...use, insisted: true} : {...use, allowedPlainHttp: true};
			continue;
		}
		const message = decision.kind === 'ask' ? decision.otherwise : decision.message;
		if (context.onWithheld === 'stop') return {problem: configProblem('token', message)};
		said.push(message);
		const plainHttpAllowed = decidePlainHttp({...use, canAsk: false}, 'the headers').kind === 'send';
		return {withheld: {kind: 'withhold', reason: decision.reason, message}, plainHttpAllowed};
	}
}

async function describeUse(settings: Settings, context: ResolveContext, trust: Trust): Promise<TokenUse> {
	const {token, addressClass} = settings;
	const origin = settings.origin.value;
	const allowedPlainHttp = Object.hasOwn(trust.plainHttp, origin);
	// `probes: minimal` runs no programs here either: then a yes is needed, as for any private network.
	const isAskable = origin.startsWith('http:') && !allowedPlainHttp && settings.probes.value === 'full';
	return {
		origin,
		addressClass,
		belongsTo: token?.belongsTo ?? origin,
		tokenSource: token ? sourceInWords(token.source) : '',
		toInsist: token ? howToInsist(token) : '',
		insisted: token?.insisted === true,
		explicit: isOfThisRun(settings.origin.source) && token !== undefined && (isOfThisRun(token.source) || token.insisted === true),
		insecure: context.insecure,
		allowedPlainHttp,
		tailscalePeer: isAskable && isTailscaleRange(addressClass) && (await context.isTailscalePeer(new URL(origin).hostname)),
		canAsk: context.ask !== undefined,
	};
}

function isOfThisRun(source: TokenSetting['source']): boolean {
	return source.kind === 'flag' || source.kind === 'environment';
}

function howToInsist({source}: TokenSetting): string {
	return `--token-from ${source.kind === 'file' ? (source.profile ?? 'default') : 'environment'}`;
}

async function rememberYes(store: TrustStore, origin: string): Promise<readonly string[]> {
	try {
		return await store.allowPlainHttp(origin);
	} catch (error) {
		// The yes holds for this run; only remembering it failed.
		return [`the answer could not be remembered (${(error as NodeJS.ErrnoException).code ?? (error as Error).message}).`];
	}
}

async function credentialFor(
	token: TokenSetting | undefined,
	{withheld}: Permission,
	context: ResolveContext,
	said: string[],
): Promise<Credential | {readonly problem: ConfigProblem}> {
	if (token === undefined) return {kind: 'none'};
	const source = sourceInWords(token.source);
	if (withheld) {
		const length = token.value.kind === 'secret' ? token.value.secret.length : 0;
		return {
			kind: 'withheld',
			reason: withheld.reason,
			length,
			source,
			...(withheld.reason === 'other-origin' ? {belongsTo: token.belongsTo} : {}),
		};
	}
	const fetched = await fetchToken(token, context);
	if ('problem' in fetched) return fetched;
	said.push(...fetched.corrections);
	return {kind: 'token', secret: fetched.secret, source};
}
