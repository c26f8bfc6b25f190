import {shown} from '../../config/shown.js';
import {type ExitCode, exitCodes} from '../../exit-codes.js';
import {proxyFor} from '../../network/proxy-route.js';
import {readVersion} from '../../version.js';
import type {CommandContext} from '../command.js';

/**
 * Where npm's registry answers about packages (docs.npmjs.com, "registry"). The only address that this program knows by itself, and it is
 * asked by `status --check-updates` alone. `npm_config_registry` names another one, as for npm itself.
 */
const registry = 'https://registry.npmjs.org/';

/** A shell waits for the answer. */
const limitMs = 3_000;
/** The answer for one version has some kilobytes. */
const maxBytes = 512 * 1024;

type Found =
	| {readonly state: 'current' | 'newer' | 'ahead'; readonly latest: string}
	| {readonly state: 'not-published'}
	| {readonly state: 'unreachable'; readonly why: string};

/** `status --check-updates`: asks the registry for the latest version; sends nothing but the package's name. */
export async function checkUpdates({env, flags, stdout, signal}: CommandContext): Promise<ExitCode> {
	const current = readVersion();
	const address = env['npm_config_registry'] || env['NPM_CONFIG_REGISTRY'] || registry;
	const found = await ask(address, current, env, signal);
	if (signal.aborted) return exitCodes.interrupted;
	const document = {schema: 'clawtalk.updates/1', registry: withoutPassword(address), current, ...found};
	stdout.write(flags['json'] === true ? `${JSON.stringify(document)}\n` : `${inWords(found, current, withoutPassword(address))}\n`);
	return found.state === 'unreachable' ? exitCodes.unreachable : exitCodes.ok;
}

function inWords(found: Found, current: string, address: string): string {
	switch (found.state) {
		case 'current':
			return `clawtalk ${current} is the latest version.`;
		case 'newer':
			return `clawtalk ${found.latest} is there; this is ${current}. To get it: npm install --global clawtalk`;
		case 'ahead':
			return `This is clawtalk ${current}; the latest one at ${address} is ${found.latest}.`;
		case 'not-published':
			return `There is no clawtalk at ${address}: it is not published there. This is ${current}.`;
		case 'unreachable':
			return `Whether there is a newer version cannot be told: ${found.why}. This is ${current}.`;
	}
}

async function ask(address: string, current: string, env: CommandContext['env'], signal: AbortSignal): Promise<Found> {
	if (!URL.canParse(address) || !/^https?:/.test(address)) return {state: 'unreachable', why: `${shown(address)} is no registry's URL`};
	const url = new URL('clawtalk/latest', address.endsWith('/') ? address : `${address}/`);
	const {createSingleConnection} = await import('../../network/single-connection.js');
	const proxy = proxyFor(url.origin, env);
	const connection = createSingleConnection(url.origin, {proxy, verifyCertificate: true, accept: () => undefined});
	const limit = AbortSignal.timeout(limitMs);
	try {
		const response = await connection.fetch(url.href, {headers: {accept: 'application/json'}, signal: AbortSignal.any([limit, signal])});
		if (response.status === 404) return {state: 'not-published'};
		if (!response.ok) return {state: 'unreachable', why: `${url.host} answered ${response.status}`};
		const latest = versionIn(await boundedText(response.body));
		if (latest === undefined) return {state: 'unreachable', why: `${url.host} did not answer as a registry does`};
		return {state: compare(latest, current), latest};
	} catch (error) {
		return {
			state: 'unreachable',
			why: limit.aborted ? `${url.host} did not answer in ${limitMs / 1000} s` : `${url.host} cannot be reached (${reason(error)})`,
		};
	} finally {
		connection.destroy();
	}
}

async function boundedText(body: AsyncIterable<Uint8Array> | null): Promise<string> {
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	for await (const chunk of body ?? []) {
		bytes += chunk.length;
		if (bytes > maxBytes) return '';
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
}

function versionIn(text: string): string | undefined {
	try {
		const {name, version} = JSON.parse(text) as {readonly name?: unknown; readonly version?: unknown};
		return name === 'clawtalk' && typeof version === 'string' && /^\d+\.\d+\.\d+(?:[-+][\w.+-]{1,60})?$/.test(version)
			? version
			: undefined;
	} catch {
		// No JSON: whoever answers there is no registry, which is said.
		return undefined;
	}
}

/** A release comes after what leads to it (semver.org §11); what leads to it is told apart no further. */
function compare(latest: string, current: string): 'current' | 'newer' | 'ahead' {
	if (latest === current) return 'current';
	const [a, b] = [latest, current].map(version => [
		...(version.split(/[-+]/)[0] ?? '').split('.').map(Number),
		version.includes('-') ? 0 : 1,
	]);
	const at = (a ?? []).findIndex((part, index) => part !== b?.[index]);
	if (at === -1) return 'newer';
	return (a?.[at] ?? 0) > (b?.[at] ?? 0) ? 'newer' : 'ahead';
}

function reason(error: unknown): string {
	const {code, message} = error as NodeJS.ErrnoException;
	return shown(code ?? message ?? String(error));
}

function withoutPassword(address: string): string {
	if (!URL.canParse(address)) return shown(address);
	const url = new URL(address);
	url.username = '';
	url.password = '';
	return shown(url.href);
}
