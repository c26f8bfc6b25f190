import {execFile} from 'node:child_process';
import {accessSync, constants} from 'node:fs';
import {delimiter, isAbsolute, join} from 'node:path';

/** What the local Tailscale says, reduced to what decides about tokens and is worth showing. */
export interface TailscaleStatus {
	readonly running: boolean;
	readonly self?: TailscalePeer;
	readonly peers: readonly TailscalePeer[];
}

export interface TailscalePeer {
	/** MagicDNS name without the final dot, e.g. `box.tail1234.ts.net`. */
	readonly name: string;
	readonly addresses: readonly string[];
	readonly online: boolean;
}

const fixedPaths = [
	'/usr/bin/tailscale',
	'/usr/sbin/tailscale',
	'/usr/local/bin/tailscale',
	'/opt/homebrew/bin/tailscale',
	'/Applications/Tailscale.app/Contents/MacOS/Tailscale',
	'C:\\Program Files\\Tailscale\\tailscale.exe',
];

/**
 * Runs `tailscale status --json`. Undefined when Tailscale is not installed, does not answer in time or answers nonsense.
 * Only fixed places and absolute entries of PATH are searched: a relative entry would run whatever lies in the current folder.
 */
export async function tailscaleStatus(options: {
	readonly timeoutMs: number;
	readonly path?: string | undefined;
	readonly candidates?: readonly string[];
}): Promise<TailscaleStatus | undefined> {
	const program = findProgram(options.candidates ?? [...fixedPaths, ...pathCandidates(options.path ?? process.env['PATH'])]);
	if (program === undefined) return undefined;
	const output = await new Promise<string | undefined>(resolve => {
		execFile(
			program,
			['status', '--json'],
			{timeout: options.timeoutMs, killSignal: 'SIGKILL', maxBuffer: 8_000_000, windowsHide: true},
			// A stopped Tailscale exits with 1 and still prints its status.
			(_error, stdout) => resolve(stdout === '' ? undefined : stdout),
		);
	});
	return output === undefined ? undefined : parseTailscaleStatus(output);
}

function pathCandidates(path = ''): readonly string[] {
	return path
		.split(delimiter)
		.filter(entry => isAbsolute(entry))
		.map(entry => join(entry, process.platform === 'win32' ? 'tailscale.exe' : 'tailscale'));
}

function findProgram(candidates: readonly string[]): string | undefined {
	return candidates.find(candidate => {
		try {
			accessSync(candidate, constants.X_OK);
			return true;
		} catch {
			// Absent or not ours to run: the next place.
			return false;
		}
	});
}

/** Reads the JSON of `tailscale status --json`; undefined when it is not that. */
export function parseTailscaleStatus(json: string): TailscaleStatus | undefined {
	let status: unknown;
	try {
		status = JSON.parse(json);
	} catch {
		// Not JSON: something else called tailscale.
		return undefined;
	}
	if (!isRecord(status) || typeof status['BackendState'] !== 'string') return undefined;
	const self = readPeer(status['Self']);
	const peers = isRecord(status['Peer']) ? Object.values(status['Peer']).flatMap(peer => readPeer(peer) ?? []) : [];
	return {running: status['BackendState'] === 'Running', ...(self === undefined ? {} : {self}), peers};
}

function readPeer(peer: unknown): TailscalePeer | undefined {
	if (!isRecord(peer)) return undefined;
	const addresses = Array.isArray(peer['TailscaleIPs']) ? peer['TailscaleIPs'].filter(address => typeof address === 'string') : [];
	const name = typeof peer['DNSName'] === 'string' ? peer['DNSName'].replace(/\.$/, '') : '';
	return {name, addresses, online: peer['Online'] === true};
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
