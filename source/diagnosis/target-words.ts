import type {Evidence, FailedAttempt, TargetEvidence} from './evidence.js';

/** Host and port of the target, the port also when it is the scheme's own; undefined when the origin is no URL. */
export function hostAndPort(target: TargetEvidence): {readonly host: string; readonly port: number; readonly scheme: string} | undefined {
	if (!URL.canParse(target.origin)) return undefined;
	const url = new URL(target.origin);
	const scheme = url.protocol.slice(0, -1);
	return {host: url.hostname, port: Number(url.port) || (scheme === 'https' ? 443 : 80), scheme};
}

/** `127.0.0.1:18789`: the address that was dialled, else the one that was asked for. */
export function dialled(evidence: Evidence, attempt?: FailedAttempt): string {
	if (attempt?.address !== undefined && attempt.port !== undefined) return joinPort(attempt.address, attempt.port);
	const target = hostAndPort(evidence.target);
	return target ? joinPort(target.host, target.port) : evidence.target.origin;
}

/** `127.0.0.1:18789`, `[::1]:18789`, and the same without a port. */
export function joinPort(host: string, port?: number): string {
	const bracketed = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
	return port === undefined ? bracketed : `${bracketed}:${port}`;
}

/** Whether a host or address may stand in a command: no character that a shell or ssh could take amiss, and no option. */
export function isSafeHost(host: string): boolean {
	return /^[A-Za-z0-9.:_-]{1,253}$/.test(host) && !host.startsWith('-');
}

/** The host for a command to paste, or the placeholder HOST when it has characters a shell or ssh could take amiss. */
export function hostForCommand(target: TargetEvidence): string {
	const host = hostAndPort(target)?.host.replace(/^\[|\]$/g, '') ?? '';
	return isSafeHost(host) ? host : 'HOST';
}

/** The URL of a gateway as one word of a shell command, in quotes where it has brackets; undefined when it has anything else to take amiss. */
export function urlAsWord(url: string): string | undefined {
	const host = /^https?:\/\/(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,253})(?::\d{1,5})?(?:\/[A-Za-z0-9._~-]+)*$/.exec(url)?.[1];
	if (host === undefined || host.startsWith('-')) return undefined;
	return host.startsWith('[') ? `'${url}'` : url;
}

/** The URL of the gateway, with the prefix of a reverse proxy; parts of it may be other ones. The port of its scheme is left out. */
export function gatewayUrl(target: TargetEvidence, other: {readonly scheme?: string; readonly host?: string; readonly port?: number} = {}) {
	const parts = hostAndPort(target);
	const {scheme = parts?.scheme ?? 'http', host = parts?.host ?? 'HOST', port = parts?.port ?? 18789} = other;
	const isUsual = port === (scheme === 'https' ? 443 : 80);
	return `${scheme}://${isUsual ? joinPort(host) : joinPort(host, port)}${target.basePath ?? ''}`;
}

/** The URL of the gateway for a command to paste, e.g. `https://gateway.example:18789`, or a placeholder. */
export function urlForCommand(target: TargetEvidence, scheme = hostAndPort(target)?.scheme ?? 'http'): string {
	const word = hostAndPort(target) && urlAsWord(gatewayUrl(target, {scheme}));
	return word ?? `${scheme}://HOST:PORT`;
}

/** Whether loopback was asked, or the address that stands for every one of this machine. */
export function isLoopback(target: TargetEvidence): boolean {
	return target.addressClass === 'loopback' || target.addressClass === 'unspecified';
}

/** Addresses that may belong to a tailnet. 100.64/10 proves nothing: carriers use it too. */
export function maybeTailnet(target: TargetEvidence): boolean {
	return ['cgnat', 'tailscale-v6', 'tailnet-name'].includes(target.addressClass);
}

/** The source of what was typed into the guided setup and is not saved yet. */
export const justTyped = 'just typed';

/** The source of what stands in a text that somebody pasted. */
export const fromText = 'the text';

/** `34 characters, from config.json`, or `from config.json` when the length is not known. */
export function credentialInWords(evidence: Evidence): string {
	const {length, source} = evidence.credential;
	return [
		length === undefined ? undefined : `${length} ${length === 1 ? 'character' : 'characters'}`,
		source && (source === justTyped ? source : `from ${source}`),
	]
		.filter(part => part !== undefined)
		.join(', ');
}
