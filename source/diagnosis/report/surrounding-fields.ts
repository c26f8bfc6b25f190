import type {
	CertificateFacts,
	ClientFacts,
	ClockReading,
	GatewayFacts,
	KnownAddress,
	LastKnownGood,
	ListenerLook,
	LocalOpenClawLook,
	NameLookup,
	ProbeEnded,
	ServiceLook,
	SiblingLook,
	StackComparison,
	Surrounding,
	TailnetMachine,
	TailscaleLook,
	TcpAttempt,
	TlsLook,
	ValueConflict,
	WebSocketGreeted,
} from '../surroundings.js';
import type {SharedFields} from './evidence-fields.js';
import {
	address,
	boolean,
	code,
	type Fields,
	type FieldsOf,
	fingerprint,
	list,
	number,
	object,
	optional,
	origin,
	source,
	text,
	time,
	version,
	word,
} from './field.js';

type Body<T> = FieldsOf<Omit<T, 'kind'>>;

const flags = {type: 'flags'} as const;

const certificate = object<CertificateFacts>({
	subject: address,
	issuer: text,
	issuerOrganisation: optional(text),
	names: list(address),
	validFrom: time,
	validTo: time,
	fingerprint,
	selfSigned: boolean,
});

const machine = object<TailnetMachine>({name: address, addresses: list(address), online: boolean});

const ways = object<StackComparison['rounds'][number]>({raw: code, http: code, undici: code, fetch: code});

/** The fields of the observations around a connection. */
export function surroundingFields({base, addressClass, failedAttempt}: SharedFields): Readonly<Record<Surrounding['kind'], Fields>> {
	const known: FieldsOf<KnownAddress> = {
		address,
		addressClass: addressClass as FieldsOf<KnownAddress>['addressClass'],
		own: optional(boolean),
	};
	const nameLookup: Body<NameLookup> = {
		...base,
		name: address,
		resolver: word('system', 'tailscale', 'public'),
		addresses: list(object<KnownAddress>(known)),
		failure: optional(failedAttempt),
	};
	const tcpAttempt: Body<TcpAttempt> = {
		...base,
		...known,
		port: number,
		round: number,
		outcome: word('connected', 'failed', 'no-answer'),
		failure: optional(failedAttempt),
	};
	const tlsLook: Body<TlsLook> = {
		...base,
		spoken: boolean,
		certificate: optional(certificate),
		trusted: optional(boolean),
		problem: optional(code),
		failure: optional(failedAttempt),
	};
	const siblingLook: Body<SiblingLook> = {
		...base,
		relation: word('loopback', 'own-address', 'serve-name', 'default-port'),
		origin,
		addressClass: known.addressClass,
		outcome: word('gateway', 'other-server', 'silent', 'refused', 'no-answer', 'unreachable'),
	};
	const gatewayFacts: Body<GatewayFacts> = {...base, version: optional(version), uptimeMs: optional(number), failing: optional(list(text))};
	const clockReading: Body<ClockReading> = {...base, skewMs: number, source: word('challenge', 'date-header')};
	const greeted: Body<WebSocketGreeted> = {...base};
	const stacks: Body<StackComparison> = {...base, rounds: list(ways)};
	const listener: Body<ListenerLook> = {...base, port: number, addresses: list(address), program: optional(text)};
	const service: Body<ServiceLook> = {...base, activeState: text, subState: text, restarts: number};
	const conflict: Body<ValueConflict> = {...base, setting: word('gatewayUrl', 'gatewayToken'), used: source, ignored: source};
	const lastGood: Body<LastKnownGood> = {...base, lastGoodAt: time, version: optional(version)};
	const ended: Body<ProbeEnded> = {
		...base,
		probe: text,
		reason: word('time-limit', 'cancelled', 'not-allowed', 'not-possible'),
		message: optional(text),
	};
	return {
		'name-lookup': nameLookup,
		'tcp-attempt': tcpAttempt,
		'tls-look': tlsLook,
		'sibling-look': siblingLook,
		'gateway-facts': gatewayFacts,
		'clock-reading': clockReading,
		'websocket-greeted': greeted,
		'stack-comparison': stacks,
		'listener-look': listener,
		'local-openclaw': localOpenClaw(base),
		'tailscale-look': tailscale(base),
		'service-look': service,
		'client-facts': clientFacts(base),
		'value-conflict': conflict,
		'last-known-good': lastGood,
		'probe-ended': ended,
	};
}

function localOpenClaw(base: SharedFields['base']): Body<LocalOpenClawLook> {
	return {
		...base,
		state: word('absent', 'read', 'unreadable', 'unparsable'),
		port: optional(number),
		bind: optional(text),
		customBindHost: optional(address),
		mode: optional(text),
		authMode: optional(text),
		token: optional(word('unset', 'literal', 'variable', 'reference')),
		tokenMatches: optional(boolean),
		tailscaleMode: optional(text),
		chatCompletions: optional(boolean),
		reloadMode: optional(text),
		pluginProxyPort: optional(number),
		touchedBy: optional(version),
	};
}

function tailscale(base: SharedFields['base']): Body<TailscaleLook> {
	return {
		...base,
		state: text,
		self: optional(machine),
		peer: optional(machine),
		renumbered: optional(machine),
		onlinePeers: list(address),
		exitNodeTakesLan: optional(boolean),
	};
}

function clientFacts(base: SharedFields['base']): Body<ClientFacts> {
	return {
		...base,
		version,
		node: version,
		undici: version,
		platform: text,
		hostname: address,
		overSsh: boolean,
		sshOverTailnet: boolean,
		multiplexer: optional(word('tmux', 'screen')),
		proxyVariables: list(flags),
		nodeFlags: list(flags),
	};
}
