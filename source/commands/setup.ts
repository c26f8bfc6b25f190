import {defaultGatewayUrl, readGatewayUrl} from '../config/gateway-url.js';
import {loadSettings} from '../config/load.js';
import {findLocalOpenClaw, type LocalOpenClaw, takeLocalToken} from '../config/local-openclaw.js';
import {locate} from '../config/location.js';
import {interrupted} from '../config/problem-line.js';
import {saveConfig} from '../config/save.js';
import type {SettingsFlags, SettingsResult} from '../config/settings.js';
import {shown} from '../config/shown.js';
import {readTokenText} from '../config/token-text.js';
import type {GatewayTarget} from '../gateway/gateway.js';
import type {CommandContext} from './command.js';
import {type Prompts, promptsFor} from './prompts.js';
import {allowPlainHttp} from './setup/plain-http.js';
import {checkGateway, type GatewayCheck, targetToTry} from './setup/setup-check.js';

/** The guided setup's world. */
export interface SetupContext extends Pick<CommandContext, 'env' | 'stdin' | 'stderr' | 'signal'> {
	readonly flags: SettingsFlags;
	/** Tries the gateway; default: is it one, is the token accepted, is chat on. */
	readonly check?: (target: GatewayTarget, signal: AbortSignal) => Promise<GatewayCheck>;
	readonly isTailscalePeer?: (host: string) => Promise<boolean>;
}

interface Answers {
	readonly gatewayUrl: string;
	readonly gatewayToken?: string;
	/** Where the token is from, when it was not typed. */
	readonly tokenSource?: string;
}

/**
 * First run: asks for URL and token (hidden), tries them, saves them with mode 0600, and returns the settings as loaded anew. Ended
 * by Ctrl+C it saves nothing and gives the problem with exit code 130. Without a terminal it asks nothing and loads what there is.
 */
export async function runSetup(context: SetupContext): Promise<SettingsResult> {
	const prompts = promptsFor(context);
	const {env, flags, stderr} = context;
	if (prompts === undefined) return loadSettings({flags, env, stdinIsTTY: false});
	const locations = locate(env);
	const say = await wrappedTo(stderr);
	say(`clawtalk has no gateway yet. Two questions; the answers go to ${shown(locations.configFile)}, readable by you only.`);
	const local = await findLocalOpenClaw(env);
	if (local) say(`There is an OpenClaw configuration on this machine; its gateway listens on port ${local.port}.`);
	const answers = await askUntilGood(context, prompts, local, say);
	if (answers === undefined) return {ok: false, problems: [interrupted('setup')]};
	const saved = await saveConfig(locations, config => ({...config, ...saveable(answers)}));
	if (!saved.ok) return {ok: false, problems: [saved.problem]};
	say('Saved. To see it: clawtalk config list. To change it: clawtalk config edit');
	return loadSettings({flags, env, stdinIsTTY: true});
}

/** Asks and tries until it works or the user wants it saved as it is; undefined = given up. */
async function askUntilGood(
	context: SetupContext,
	prompts: Prompts,
	local: LocalOpenClaw | undefined,
	say: Say,
): Promise<Answers | undefined> {
	for (let before: Answers | undefined; ; ) {
		const gatewayUrl = await askUrl(prompts, before?.gatewayUrl ?? (local ? `http://127.0.0.1:${local.port}` : defaultGatewayUrl), say);
		if (gatewayUrl === undefined) return undefined;
		if ((await allowPlainHttp(context, gatewayUrl, context.isTailscalePeer)) !== 0) return undefined;
		const kept = before?.gatewayUrl === gatewayUrl ? before : undefined;
		const token = await askToken({...context, prompts, local, gatewayUrl, say, kept});
		if (token === undefined) return undefined;
		const answers: Answers = {gatewayUrl, ...token};
		const result = await tryOut(context, answers);
		say(result.line);
		if (result.ok) return answers;
		const anyway = await prompts.yes('Save these answers anyway?');
		if (anyway === undefined) return undefined;
		if (anyway) return answers;
		before = answers;
	}
}

async function askUrl(prompts: Prompts, preset: string, say: Say): Promise<string | undefined> {
	for (;;) {
		const text = await prompts.line('Gateway URL', preset);
		if (text === undefined) return undefined;
		const url = readGatewayUrl(text);
		if (url.ok) {
			if (url.corrections.length > 0) say(`${url.corrections.join('; ')}; using ${url.origin}${url.basePath}`);
			for (const warning of url.warnings) say(`${warning.message}.`);
			return url.origin + url.basePath;
		}
		say(`The URL ${url.finding.message}.`);
	}
}

interface TokenQuestion {
	readonly env: SetupContext['env'];
	readonly prompts: Prompts;
	readonly local: LocalOpenClaw | undefined;
	readonly gatewayUrl: string;
	readonly say: Say;
	/** The answers given for the same URL before. */
	readonly kept: Answers | undefined;
}

/** The token, or none when the gateway needs none; undefined = given up. */
async function askToken({env, prompts, local, gatewayUrl, say, kept}: TokenQuestion): Promise<Omit<Answers, 'gatewayUrl'> | undefined> {
	if (local?.hasToken && isLocalGateway(gatewayUrl, local)) {
		const yes = await prompts.yes('Use the token of the OpenClaw configuration on this machine?');
		if (yes === undefined) return undefined;
		const token = yes ? await takeLocalToken(env) : undefined;
		if (token !== undefined) return {gatewayToken: token, tokenSource: 'openclaw.json'};
	}
	for (;;) {
		const empty = kept?.gatewayToken === undefined ? 'for none' : 'keeps the one before';
		const text = await prompts.hidden(`Gateway token (hidden; empty ${empty}):`);
		if (text === undefined) return undefined;
		if (text.trim() === '') {
			const {gatewayUrl: _same, ...token} = kept ?? {gatewayUrl};
			return token;
		}
		const token = readTokenText(text);
		if (token.ok) {
			for (const correction of token.corrections) say(correction);
			return {gatewayToken: token.token};
		}
		say(token.message.replace(/ Set it with: .*$/, ' Once more:'));
	}
}

function saveable({gatewayUrl, gatewayToken}: Answers): Omit<Answers, 'tokenSource'> {
	return {gatewayUrl, ...(gatewayToken === undefined ? {} : {gatewayToken})};
}

type Say = (line: string) => void;

/** Writes lines wrapped between words to the width of the terminal. */
async function wrappedTo(stderr: SetupContext['stderr']): Promise<Say> {
	const {wrapProse} = await import('../terminal/wrap.js');
	return line => void stderr.write(`${wrapProse(line, stderr.columns || 80).join('\n')}\n`);
}

function isLocalGateway(gatewayUrl: string, local: LocalOpenClaw): boolean {
	const url = readGatewayUrl(gatewayUrl);
	return url.ok && url.addressClass === 'loopback' && new URL(url.origin).port === String(local.port);
}

async function tryOut(context: SetupContext, answers: Answers): Promise<GatewayCheck> {
	const target = await targetToTry(context, answers);
	if ('line' in target) return target;
	const check = context.check ?? ((gateway, signal) => checkGateway(gateway, context.env, signal));
	return check(target, context.signal);
}
