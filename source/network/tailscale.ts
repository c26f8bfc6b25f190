import {firstExecutable, placesInPath} from './find-program.js';
import {runProgram} from './run-program.js';

/** What the local Tailscale says, reduced to what decides about tokens and is worth showing. */
export interface TailscaleStatus {
	readonly running: boolean;
	/** Tailscale's own word: `Running`, `Stopped`, `NeedsLogin`, `Starting` … */
	readonly backendState: string;
	/** An exit node is in use and online. */
	readonly usesExitNode: boolean;
	readonly self?: TailscalePeer;
	readonly peers: readonly TailscalePeer[];
}

export interface TailscalePeer {
	/** MagicDNS name without the final dot, e.g. `box.tail1234.ts.net`. */
	readonly name: string;
	/** Name the machine calls itself, e.g. `box`; a machine that was registered anew keeps it. */
	readonly hostName: string;
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

interface TailscaleQuestion {
	readonly timeoutMs: number;
	readonly path?: string | undefined;
	readonly candidates?: readonly string[] | undefined;
	readonly signal?: AbortSignal;
}

/** `tailscale status --json`, or why there is none. */
export type TailscaleAnswer = TailscaleStatus | 'not-installed' | 'no-answer';

/**
 * Runs `tailscale status --json`. Undefined when Tailscale is not installed, does not answer in time or answers nonsense.
 * Only fixed places and absolute entries of PATH are searched: a relative entry would run whatever lies in the current folder.
 */
export async function tailscaleStatus(question: TailscaleQuestion): Promise<TailscaleStatus | undefined> {
	const answer = await askTailscale(question);
	return typeof answer === 'string' ? undefined : answer;
}

/** Like `tailscaleStatus`, and tells why there is no status. */
export async function askTailscale({timeoutMs, path, candidates, signal}: TailscaleQuestion): Promise<TailscaleAnswer> {
	const program = firstExecutable(candidates ?? [...fixedPaths, ...placesInPath('tailscale', path ?? process.env['PATH'])]);
	if (program === undefined) return 'not-installed';
	// A stopped Tailscale exits with 1 and still prints its status.
	const output = await runProgram(program, ['status', '--json'], {timeoutMs, signal});
	return (output === undefined ? undefined : parseTailscaleStatus(output)) ?? 'no-answer';
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
	const backendState = status['BackendState'];
	const exitNode = status['ExitNodeStatus'];
	return {
		running: backendState === 'Running',
		backendState,
		usesExitNode: isRecord(exitNode) && exitNode['Online'] === true,
		...(self === undefined ? {} : {self}),
		peers,
	};
}

function readPeer(peer: unknown): TailscalePeer | undefined {
	if (!isRecord(peer)) return undefined;
	const addresses = Array.isArray(peer['TailscaleIPs']) ? peer['TailscaleIPs'].filter(address => typeof address === 'string') : [];
	const name = typeof peer['DNSName'] === 'string' ? peer['DNSName'].replace(/\.$/, '') : '';
	const hostName = typeof peer['HostName'] === 'string' ? peer['HostName'] : '';
	return {name, hostName, addresses, online: peer['Online'] === true};
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
