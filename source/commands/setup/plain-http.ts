import {readGatewayUrl} from '../../config/gateway-url.js';
import {locate} from '../../config/location.js';
import {shown} from '../../config/shown.js';
import {isTailscaleRange, needsYes} from '../../config/token-policy.js';
import {openTrust, type TrustStore} from '../../config/trust.js';
import {type ExitCode, exitCodes} from '../../exit-codes.js';
import type {CommandContext} from '../command.js';
import {isTailscalePeer as askTailscale} from '../gateway-target.js';
import {promptsFor} from '../prompts.js';

/**
 * The one yes for plain http to a private address, when its URL is configured: asked on a terminal and remembered; without one the
 * command that gives it is printed. Nothing to ask for https, loopback, a known tailnet peer, or an origin that has its yes.
 */
export async function allowPlainHttp(
	context: Pick<CommandContext, 'env' | 'stdin' | 'stderr' | 'signal'>,
	gatewayUrl: string,
	isTailscalePeer: (host: string) => Promise<boolean> = askTailscale,
): Promise<ExitCode> {
	const say = (line: string): void => void context.stderr.write(`clawtalk: ${line}\n`);
	const url = readGatewayUrl(gatewayUrl);
	if (!url.ok || !url.origin.startsWith('http:')) return exitCodes.ok;
	if (url.addressClass === 'public') say(`${url.origin} is plain http to a public address: a token goes there only with --insecure.`);
	if (!needsYes(url.origin, url.addressClass)) return exitCodes.ok;
	const store = openTrust(locate(context.env));
	const {trust, notices} = await store.read();
	for (const notice of notices) say(notice);
	if (Object.hasOwn(trust.plainHttp, url.origin)) return exitCodes.ok;
	if (isTailscaleRange(url.addressClass) && (await isTailscalePeer(new URL(url.origin).hostname))) return exitCodes.ok;
	const prompts = promptsFor(context);
	if (prompts === undefined) {
		say(`${url.origin} is plain http in a local network: no token goes there before: clawtalk trust add ${url.origin}`);
		return exitCodes.ok;
	}
	const answer = await prompts.yes(`${url.origin} is plain http: others in that network may read the token. Allow it for this gateway?`);
	if (answer === undefined) return exitCodes.interrupted;
	if (answer) return remember(store, url.origin, say);
	say(`not allowed. Later: clawtalk trust add ${url.origin}`);
	return exitCodes.ok;
}

async function remember(store: TrustStore, origin: string, say: (line: string) => void): Promise<ExitCode> {
	try {
		for (const notice of await store.allowPlainHttp(origin)) say(notice);
		return exitCodes.ok;
	} catch (error) {
		const {code, message} = error as NodeJS.ErrnoException;
		say(`the answer could not be remembered (${shown(code ?? message)}).`);
		return exitCodes.configuration;
	}
}
