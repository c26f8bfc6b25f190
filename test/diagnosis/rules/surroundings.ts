import type {FailedAttempt} from '../../../source/diagnosis/evidence.js';
import type {
	ClientFacts,
	ListenerLook,
	LocalOpenClawLook,
	NameLookup,
	ServiceLook,
	SiblingLook,
	StackComparison,
	TailscaleLook,
	TcpAttempt,
	TlsLook,
} from '../../../source/diagnosis/surroundings.js';
import {classifyHost} from '../../../source/network/address-class.js';

/** Observations of the surroundings, with everything that a test is not about filled in. */

const at = {atMs: 1, tookMs: 2} as const;

/** One bare connection; `code` is how it failed, `connected` or `no-answer` how it ended otherwise. */
export function tried(address: string, ended: string, more: Partial<TcpAttempt> = {}): TcpAttempt {
	const outcome = ended === 'connected' || ended === 'no-answer' ? ended : 'failed';
	const failure = {code: ended, syscall: 'connect', address, port: 18_789, message: ended};
	return {
		kind: 'tcp-attempt',
		layer: 'tcp',
		...at,
		address,
		addressClass: classifyHost(address),
		port: 18_789,
		round: 1,
		outcome,
		...(outcome === 'failed' ? {failure} : {}),
		...more,
	};
}

/** Three rounds. */
export function triedThrice(address: string, ended: readonly [string, string, string], more: Partial<TcpAttempt> = {}): TcpAttempt[] {
	return ended.map((one, index) => tried(address, one, {...more, round: index + 1}));
}

export function lookedUp(addresses: readonly string[], more: Partial<NameLookup> & {readonly code?: string} = {}): NameLookup {
	const {code, ...rest} = more;
	const failure: FailedAttempt | undefined = code === undefined ? undefined : {code, syscall: 'getaddrinfo', message: code};
	return {
		kind: 'name-lookup',
		layer: 'dns',
		...at,
		name: 'box.tail1234.ts.net',
		resolver: 'system',
		addresses: addresses.map(address => ({address, addressClass: classifyHost(address)})),
		...(failure ? {failure} : {}),
		...rest,
	};
}

export function sibling(relation: SiblingLook['relation'], origin: string, outcome: SiblingLook['outcome'] = 'gateway'): SiblingLook {
	return {kind: 'sibling-look', layer: 'tcp', ...at, relation, origin, addressClass: classifyHost(new URL(origin).hostname), outcome};
}

export function tailscale(more: Partial<TailscaleLook> = {}): TailscaleLook {
	const self = {name: 'laptop.tail1234.ts.net', addresses: ['100.69.69.10'], online: true};
	return {kind: 'tailscale-look', layer: 'dns', ...at, state: 'Running', self, onlinePeers: ['box.tail1234.ts.net'], ...more};
}

export const box = {name: 'box.tail1234.ts.net', addresses: ['100.69.69.108'], online: true} as const;

export function openclaw(more: Partial<LocalOpenClawLook> = {}): LocalOpenClawLook {
	return {kind: 'local-openclaw', layer: 'config', ...at, state: 'read', mode: 'local', port: 18_789, bind: 'loopback', ...more};
}

export function listener(addresses: readonly string[], program?: string): ListenerLook {
	return {kind: 'listener-look', layer: 'tcp', ...at, port: 18_789, addresses, ...(program === undefined ? {} : {program})};
}

export function service(more: Partial<ServiceLook> = {}): ServiceLook {
	return {kind: 'service-look', layer: 'tcp', ...at, activeState: 'activating', subState: 'auto-restart', restarts: 41, ...more};
}

export function client(more: Partial<ClientFacts> = {}): ClientFacts {
	return {
		kind: 'client-facts',
		layer: 'config',
		...at,
		version: '0.2.0',
		node: '24.16.0',
		undici: '8.12.4',
		platform: 'linux x64',
		hostname: 'laptop',
		overSsh: false,
		sshOverTailnet: false,
		proxyVariables: [],
		nodeFlags: [],
		...more,
	};
}

type Round = StackComparison['rounds'][number];

export function stacks(...rounds: readonly Partial<Round>[]): StackComparison {
	const all = {raw: 'ok', http: 'ok', undici: 'ok', fetch: 'ok'} as const;
	return {kind: 'stack-comparison', layer: 'tcp', ...at, rounds: rounds.map(round => ({...all, ...round}))};
}

export function tls(more: Partial<TlsLook> = {}): TlsLook {
	return {kind: 'tls-look', layer: 'tls', ...at, spoken: true, ...more};
}
