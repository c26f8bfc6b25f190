import {createHash, timingSafeEqual} from 'node:crypto';
import {readFile, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {isRecord} from '../../gateway/json.js';
import {plainLine} from '../../gateway/plain-text.js';
import type {Secret} from '../redact.js';
import type {LocalOpenClawLook} from '../surroundings.js';
import type {ProbeScope} from './run-probe.js';

const largestBytes = 4 * 1024 * 1024;
/** Half a second of work, characters. */
const largestJson5 = 256 * 1024;

type Facts = Omit<LocalOpenClawLook, 'kind' | 'layer' | 'atMs' | 'tookMs' | 'state'>;

/**
 * Where OpenClaw has its configuration: `OPENCLAW_CONFIG_PATH`, else `openclaw.json` in `OPENCLAW_STATE_DIR`, else in `.openclaw` of
 * `OPENCLAW_HOME` or the home folder (docs/help/environment.md of 2026.9.6).
 */
export function openClawConfigPath(env: Readonly<NodeJS.ProcessEnv>, homeFolder: string): string {
	const home = env['OPENCLAW_HOME'] || env['HOME'] || homeFolder;
	return env['OPENCLAW_CONFIG_PATH'] || join(env['OPENCLAW_STATE_DIR'] || join(home, '.openclaw'), 'openclaw.json');
}

/**
 * Reads the configuration of an OpenClaw on this machine through a list of keys. Its token is classified, compared with the one in use
 * here, and dropped. Nothing is written.
 */
export async function lookAtLocalOpenClaw({elapsed, add}: ProbeScope, path: string, token: Secret | undefined): Promise<void> {
	const atMs = elapsed();
	const {state, facts = {}} = await readConfig(path, token);
	add({kind: 'local-openclaw', layer: 'config', atMs, tookMs: elapsed() - atMs, state, ...facts});
}

async function readConfig(
	path: string,
	token: Secret | undefined,
): Promise<{readonly state: LocalOpenClawLook['state']; readonly facts?: Facts}> {
	let text: string;
	try {
		const found = await stat(path);
		if (!found.isFile() || found.size > largestBytes) return {state: 'unreadable'};
		text = await readFile(path, 'utf8');
	} catch (error) {
		const isAbsent = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
		return {state: isAbsent ? 'absent' : 'unreadable'};
	}
	try {
		const config = await parse(text);
		if (config === undefined) return {state: 'unreadable'};
		return isRecord(config) ? {state: 'read', facts: factsIn(config, token)} : {state: 'unparsable'};
	} catch {
		// JSON5 quotes the text in its errors, secrets included: only that it failed is kept.
		return {state: 'unparsable'};
	}
}

/**
 * JSON first: JSON5 takes seconds for megabytes, and nothing else goes on meanwhile. Undefined for what is too large for it.
 *
 * @throws When it is neither.
 */
async function parse(text: string): Promise<unknown> {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		// Comments, or commas at an end: JSON5 has them.
		if (text.length > largestJson5) return undefined;
	}
	const {default: json5} = await import('json5');
	return json5.parse(text);
}

/** The allow-listed keys; anything else is not looked at. */
export function factsIn(config: unknown, token: Secret | undefined): Facts {
	const at = (...keys: readonly string[]): unknown =>
		keys.reduce<unknown>((value, key) => (isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined), config);
	const theirs = at('gateway', 'auth', 'token');
	return present({
		port: portIn(at('gateway', 'port')),
		bind: textIn(at('gateway', 'bind')),
		customBindHost: textIn(at('gateway', 'customBindHost')),
		mode: textIn(at('gateway', 'mode')),
		authMode: textIn(at('gateway', 'auth', 'mode')),
		token: classify(theirs),
		tokenMatches: classify(theirs) === 'literal' && token !== undefined ? equals(String(theirs).trim(), token.reveal()) : undefined,
		tailscaleMode: textIn(at('gateway', 'tailscale', 'mode')),
		chatCompletions: flagIn(at('gateway', 'http', 'endpoints', 'chatCompletions', 'enabled')),
		reloadMode: textIn(at('gateway', 'reload', 'mode')),
		pluginProxyPort: portIn(at('plugins', 'entries', 'clawtalk', 'config', 'proxyPort')),
		touchedBy: textIn(at('meta', 'lastTouchedVersion')),
	});
}

function classify(token: unknown): NonNullable<LocalOpenClawLook['token']> {
	if (token === undefined || token === null || token === '') return 'unset';
	if (typeof token !== 'string') return 'reference';
	return /^\$\{?[A-Z_][A-Z0-9_]*\}?$/.test(token.trim()) ? 'variable' : 'literal';
}

/** In constant time, whatever the lengths. */
function equals(one: string, other: string): boolean {
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(one), digest(other));
}

function portIn(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 65_536 ? value : undefined;
}

/** Words of a configuration are short; what is not is no such word. */
function textIn(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' && value.length <= 80 ? plainLine(value, 80) : undefined;
}

function flagIn(value: unknown): boolean | undefined {
	return typeof value === 'boolean' ? value : undefined;
}

function present(facts: {readonly [Key in keyof Facts]: Facts[Key] | undefined}): Facts {
	return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Facts;
}
