import {readGatewayUrl} from '../config/gateway-url.js';
import {loadSettings} from '../config/load.js';
import {locate} from '../config/location.js';
import {configProblem, usageProblem} from '../config/problem-line.js';
import {shown} from '../config/shown.js';
import {needsYes} from '../config/token-policy.js';
import {openTrust, type Trust, type TrustStore} from '../config/trust.js';
import {type ExitCode, exitCodes} from '../exit-codes.js';
import {proxyFor} from '../network/proxy-route.js';
import type {Command, CommandContext, FlagValues} from './command.js';
import {unknownSubcommand} from './command-line/subcommands.js';
import {refuse} from './gateway-target.js';
import {promptsFor} from './prompts.js';

/** `clawtalk trust`: the gateways that may get the token over plain http, and the pinned certificates. */
export const trustCommand: Command = {
	name: 'trust',
	summary: 'show and change which gateways are trusted',
	usage: ['trust show [--json]', 'trust add ORIGIN', 'trust reset [ORIGIN]'],
	details: [
		'  add http://ADDRESS:PORT  allows the token over plain http to a private address',
		'  add https://HOST[:PORT]  pins the certificate it shows now, if self-signed',
		'  reset [ORIGIN]           forgets one ORIGIN, or all',
	].join('\n'),
	flags: {json: {type: 'boolean', help: 'print JSON (show)'}},
	commonFlags: ['profile', 'debug'],
	run: async context => {
		const say = (line: string): void => void context.stderr.write(`clawtalk: ${line}\n`);
		const [action = '', origin, ...more] = context.input;
		const store = openTrust(locate(context.env));
		const refuseUsage = (message: string): ExitCode =>
			refuse([usageProblem(`trust ${action}`.trim(), message)], line => void context.stderr.write(`${line}\n`)).exitCode;
		if (more.length > 0 || (action === 'show' && origin !== undefined)) return refuseUsage('too many arguments.');
		try {
			if (action === 'show') return await show(context, store, say);
			if (action === 'reset') return await reset(store, origin, say);
			if (action === 'add')
				return origin === undefined
					? refuseUsage('give the ORIGIN, e.g. http://192.168.1.5:18789')
					: await add(context, store, origin, say);
		} catch (error) {
			const {code, message} = error as NodeJS.ErrnoException;
			return refuse(
				[configProblem(shown(locate(context.env).trustFile), `cannot be written (${shown(code ?? message)}).`)],
				line => void context.stderr.write(`${line}\n`),
			).exitCode;
		}
		return refuseUsage(unknownSubcommand(action, ['show', 'add', 'reset']));
	},
};

async function show(context: CommandContext, store: TrustStore, say: (line: string) => void): Promise<ExitCode> {
	const {trust, notices} = await store.read();
	for (const notice of notices) say(notice);
	if (context.flags['json'] === true) context.stdout.write(`${JSON.stringify({schema: 'clawtalk.trust/1', ...trust})}\n`);
	else {
		const lines = linesOf(trust);
		if (lines.length === 0) say('nothing is trusted beyond what needs no trust. To change that: clawtalk trust add ORIGIN');
		for (const line of lines) context.stdout.write(`${line}\n`);
	}
	return exitCodes.ok;
}

function linesOf({plainHttp, pins}: Trust): readonly string[] {
	return [
		...Object.entries(plainHttp).map(([origin, at]) => `${shown(origin)}  plain http allowed ${shown(at)}`),
		...Object.entries(pins).map(([origin, {fingerprint, at}]) => `${shown(origin)}  certificate ${fingerprint} pinned ${shown(at)}`),
	];
}

async function reset(store: TrustStore, text: string | undefined, say: (line: string) => void): Promise<ExitCode> {
	const url = text === undefined ? undefined : readGatewayUrl(text);
	const origin = url?.ok ? url.origin : text;
	const {trust} = await store.read();
	const known = new Set([...Object.keys(trust.plainHttp), ...Object.keys(trust.pins)]);
	if (origin === undefined ? known.size === 0 : !known.has(origin)) {
		say(origin === undefined ? 'nothing was trusted.' : `${shown(origin)} was not trusted.`);
		return exitCodes.ok;
	}
	for (const notice of await store.reset(origin)) say(notice);
	say(
		`${[...known]
			.filter(one => origin === undefined || one === origin)
			.map(shown)
			.join(', ')}: no longer trusted.`,
	);
	return exitCodes.ok;
}

async function add(context: CommandContext, store: TrustStore, text: string, say: (line: string) => void): Promise<ExitCode> {
	const url = readGatewayUrl(text);
	if (!url.ok)
		return refuse([configProblem('ORIGIN', `${url.finding.message}.`, url.finding.row)], line => void context.stderr.write(`${line}\n`))
			.exitCode;
	for (const correction of url.corrections) say(`${correction}; using ${url.origin}`);
	if (url.origin.startsWith('https:')) return pinCertificate(context, store, url.origin, say);
	if (needsYes(url.origin, url.addressClass)) {
		for (const notice of await store.allowPlainHttp(url.origin)) say(notice);
		say(`${url.origin} may get the token over plain http from now on.`);
		return exitCodes.ok;
	}
	if (url.addressClass === 'loopback') {
		say(`${url.origin} is this machine; it needs no trust.`);
		return exitCodes.ok;
	}
	say(`${url.origin} is plain http to a public address; that is never remembered. For one run: --insecure`);
	return exitCodes.configuration;
}

async function pinCertificate(context: CommandContext, store: TrustStore, origin: string, say: (line: string) => void): Promise<ExitCode> {
	const {readFingerprint} = await import('../gateway/certificate-pin.js');
	const proxy = proxyFor(origin, context.env, await profileProxy(context, origin));
	let fingerprint: string;
	try {
		fingerprint = await readFingerprint(origin, {signal: context.signal, ...(proxy === undefined ? {} : {proxy})});
	} catch (error) {
		return unreachable(origin, error, say);
	}
	say(`${origin} shows the certificate with SHA-256 ${fingerprint}`);
	const prompts = promptsFor(context);
	const answer = prompts === undefined || (await prompts.yes('Compare it on the gateway. Is it the same, and shall it be pinned?'));
	if (answer === undefined || context.signal.aborted) return exitCodes.interrupted;
	if (!answer) {
		say('not pinned.');
		return exitCodes.ok;
	}
	for (const notice of await store.pin(origin, fingerprint)) say(notice);
	say('pinned: any other certificate there will be refused.');
	return exitCodes.ok;
}

/** The proxy that config.json names for this very gateway: the certificate is read by the way that requests take later. */
async function profileProxy({env, flags}: CommandContext, origin: string): Promise<string | undefined> {
	const result = await loadSettings({flags: {gateway: origin, ...profileFlag(flags)}, env, stdinIsTTY: false});
	return result.ok ? result.settings.proxy?.value : undefined;
}

function profileFlag({profile}: FlagValues): {readonly profile?: string} {
	return typeof profile === 'string' ? {profile} : {};
}

function unreachable(origin: string, error: unknown, say: (line: string) => void): ExitCode {
	const {code, message} = error as NodeJS.ErrnoException;
	say(`${origin} did not show a certificate (${shown(code ?? message)}); nothing was pinned.`);
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return exitCodes.nameNotFound;
	return code === undefined || /^(?:EPROTO|ERR_SSL_|ERR_TLS_)/.test(code) ? exitCodes.protocol : exitCodes.unreachable;
}
