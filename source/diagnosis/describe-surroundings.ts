import type {FailedAttempt} from './evidence.js';
import type {LocalOpenClawLook, StackComparison, Surrounding, TailscaleLook, TlsLook} from './surroundings.js';

/** One observation of the surroundings as one line of plain fact. */
export function describeSurrounding(seen: Surrounding): string {
	switch (seen.kind) {
		case 'name-lookup':
			return `${resolvers[seen.resolver]}: ${seen.name} → ${seen.addresses.map(({address}) => address).join(', ') || codeOf(seen.failure)}${took(seen.tookMs)}`;
		case 'tcp-attempt':
			return `connect ${joined(seen.address, seen.port)}: ${seen.outcome === 'failed' ? codeOf(seen.failure) : words[seen.outcome]}${took(seen.tookMs)}`;
		case 'tls-look':
			return describeTls(seen);
		case 'gateway-facts':
			return [
				`gateway${seen.version ? ` ${seen.version}` : ''}`,
				seen.uptimeMs !== undefined && `up for ${Math.round(seen.uptimeMs / 1000)} s`,
				seen.failing && seen.failing.length > 0 && `not ready: ${seen.failing.join(', ')}`,
			]
				.filter(Boolean)
				.join(', ');
		case 'clock-reading':
			return `clock here ${seen.skewMs >= 0 ? 'ahead of' : 'behind'} the gateway's by ${Math.round(Math.abs(seen.skewMs) / 1000)} s`;
		case 'websocket-greeted':
			return `WebSocket greeted with a challenge${took(seen.tookMs)}`;
		case 'sibling-look':
			return `${seen.origin}: ${siblingWords[seen.outcome]}${took(seen.tookMs)}`;
		case 'stack-comparison':
			return describeStacks(seen);
		case 'listener-look':
			return seen.addresses.length === 0
				? `nothing on this machine listens on port ${seen.port}`
				: `this machine listens on ${seen.addresses.map(address => joined(address, seen.port)).join(', ')}${seen.program ? ` (${seen.program})` : ''}`;
		case 'local-openclaw':
			return describeLocal(seen);
		case 'tailscale-look':
			return describeTailscale(seen);
		case 'service-look':
			return `openclaw-gateway.service: ${seen.activeState} (${seen.subState}), ${seen.restarts} restarts`;
		case 'client-facts':
			return `clawtalk ${seen.version}, Node ${seen.node}, undici ${seen.undici}, ${seen.platform}${seen.overSsh ? ', over SSH' : ''}`;
		case 'value-conflict':
			return `${seen.setting}: ${seen.used} and ${seen.ignored} differ; the first is used`;
		case 'last-known-good':
			return `could last be used at ${seen.lastGoodAt}${seen.version ? `, gateway ${seen.version}` : ''}`;
		case 'probe-ended':
			return `${seen.probe}: not known (${seen.reason.replace('-', ' ')}${seen.message ? `: ${seen.message}` : ''})`;
	}
}

const resolvers = {system: 'system resolver', tailscale: '100.100.100.100', public: 'public resolver'} as const;
const words = {connected: 'connected', 'no-answer': 'no answer'} as const;
const siblingWords = {
	gateway: 'an OpenClaw gateway answers',
	'other-server': 'another server answers',
	silent: 'takes the connection and says nothing useful',
	refused: 'refused',
	'no-answer': 'no answer',
	unreachable: 'unreachable',
} as const;

function describeTls({spoken, certificate, trusted, problem, tookMs}: TlsLook): string {
	if (!spoken) return `no TLS is spoken there${took(tookMs)}`;
	const name = certificate === undefined ? '' : `, certificate of ${certificate.subject} by ${certificate.issuer}`;
	return `TLS${name}, ${trusted === true ? 'trusted' : `not trusted${problem ? `: ${problem}` : ''}`}${took(tookMs)}`;
}

function describeStacks({rounds}: StackComparison): string {
	const ways = ['raw', 'http', 'undici', 'fetch'] as const;
	const told = ways.map(way => `${way} ${rounds.filter(round => round[way] === 'ok').length}/${rounds.length}`);
	return `the same address asked four ways: ${told.join(', ')}`;
}

function describeLocal({state, port, bind, authMode, mode}: LocalOpenClawLook): string {
	if (state !== 'read') return `openclaw.json on this machine: ${state}`;
	const told = [port && `port ${port}`, bind && `bind ${bind}`, authMode && `auth ${authMode}`, mode && `mode ${mode}`].filter(Boolean);
	return `openclaw.json on this machine: ${told.join(', ') || 'no gateway settings'}`;
}

function describeTailscale({state, peer, onlinePeers}: TailscaleLook): string {
	const about = peer === undefined ? '' : `; ${peer.name} is ${peer.online ? 'online' : 'offline'}`;
	return `Tailscale here: ${state}${about}${state === 'Running' ? `; ${onlinePeers.length} peers online` : ''}`;
}

function codeOf(failure: FailedAttempt | undefined): string {
	return failure?.code ?? failure?.message ?? 'failed';
}

function joined(address: string, port: number): string {
	return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}

function took(ms: number | undefined): string {
	return ms === undefined ? '' : ` (${Math.round(ms)} ms)`;
}
