import {readFile, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {homeOf} from './location.js';
import {isRecord} from './schema.js';
import {readTokenText} from './token-text.js';

/** What clawtalk looks at in an OpenClaw configuration on this machine. Everything else in that file is not kept. */
export interface LocalOpenClaw {
	/** `gateway.port`, else OpenClaw's default 18789. */
	readonly port: number;
	/** `gateway.bind`, e.g. `loopback`. */
	readonly bind?: string;
	/** `gateway.auth.mode`, e.g. `token`. */
	readonly authMode?: string;
	/** Whether `gateway.auth.token` holds a usable token. */
	readonly hasToken: boolean;
}

const largestBytes = 4 * 1024 * 1024;

/** Reads `~/.openclaw/openclaw.json` (JSON5), if there is one that can be read. Changes nothing and does not give the token. */
export async function findLocalOpenClaw(env: Readonly<NodeJS.ProcessEnv>): Promise<LocalOpenClaw | undefined> {
	const gateway = await readGatewayPart(env);
	if (gateway === undefined) return undefined;
	const {port, bind, auth} = gateway;
	const mode = isRecord(auth) ? auth['mode'] : undefined;
	return {
		port: typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536 ? port : 18_789,
		...(typeof bind === 'string' ? {bind} : {}),
		...(typeof mode === 'string' ? {authMode: mode} : {}),
		hasToken: usableToken(auth) !== undefined,
	};
}

/** The token of the local OpenClaw. Only for after the user said yes to taking it. */
export async function takeLocalToken(env: Readonly<NodeJS.ProcessEnv>): Promise<string | undefined> {
	return usableToken((await readGatewayPart(env))?.['auth']);
}

/** Tokens may also stand there as variables or references to a secret store: those are not usable. */
function usableToken(auth: unknown): string | undefined {
	const token = isRecord(auth) ? auth['token'] : undefined;
	const text = typeof token === 'string' ? readTokenText(token) : undefined;
	return text?.ok ? text.token : undefined;
}

async function readGatewayPart(env: Readonly<NodeJS.ProcessEnv>): Promise<Record<string, unknown> | undefined> {
	const path = join(homeOf(env), '.openclaw', 'openclaw.json');
	try {
		const found = await stat(path);
		if (!found.isFile() || found.size > largestBytes) return undefined;
		const {default: json5} = await import('json5');
		const config: unknown = json5.parse(await readFile(path, 'utf8'));
		return isRecord(config) && isRecord(config['gateway']) ? config['gateway'] : {};
	} catch {
		// No OpenClaw here, or a file that is not ours to complain about: the setup goes on without its help.
		return undefined;
	}
}
