import type {WithheldReason} from '../diagnosis/evidence.js';
import type {AddressClass} from '../network/address-class.js';

/** All that decides whether a token may go to an origin. */
export interface TokenUse {
	/** `http(s)://host[:port]` it would be sent to. */
	readonly origin: string;
	readonly addressClass: AddressClass;
	/** The origin the token is configured for. */
	readonly belongsTo: string;
	/** Where the token comes from, in words. */
	readonly tokenSource: string;
	/** What sends it to another origin on purpose, e.g. `--token-from home`; printed when it is held back. */
	readonly toInsist: string;
	/** The user said this token may go there: `--token-from`, or yes to the question. */
	readonly insisted: boolean;
	/** URL and token are both given for this run (flags or environment). */
	readonly explicit: boolean;
	/** `--insecure`. */
	readonly insecure: boolean;
	/** Plain http to this origin was allowed once and remembered. */
	readonly allowedPlainHttp: boolean;
	/** Tailscale runs here and lists the host. */
	readonly tailscalePeer: boolean;
	/** There is somebody to ask. */
	readonly canAsk: boolean;
}

export type TokenDecision =
	| {readonly kind: 'send'}
	/** `message` says why and ends with the command that changes it. */
	| {readonly kind: 'withhold'; readonly reason: WithheldReason; readonly message: string}
	/** A yes to `other-origin` holds for this run; a yes to `plain-http-private` is remembered for the origin. */
	| {readonly kind: 'ask'; readonly reason: 'other-origin' | 'plain-http-private'; readonly question: string; readonly otherwise: string};

/**
 * May this token go to this origin? Two rules, in this order: a token belongs to the origin it was configured with; and over plain
 * http it goes to loopback always, into a tailnet that is known to carry it, to other private addresses after one yes, and to
 * public addresses only with `--insecure`. Pure.
 */
export function decideToken(use: TokenUse): TokenDecision {
	if (!use.insisted && use.belongsTo !== use.origin) return otherOrigin(use);
	return decidePlainHttp(use, `the token (${use.tokenSource})`);
}

function otherOrigin(use: TokenUse): TokenDecision {
	const owner = use.belongsTo === '' ? 'another gateway' : use.belongsTo;
	const otherwise = `the token (${use.tokenSource}) belongs to ${owner} and was not sent to ${use.origin}. To send it anyway: ${use.toInsist}`;
	if (!use.canAsk) return {kind: 'withhold', reason: 'other-origin', message: otherwise};
	const question = `The token (${use.tokenSource}) belongs to ${owner}. Send it to ${use.origin} this time?`;
	return {kind: 'ask', reason: 'other-origin', question, otherwise};
}

/** The second rule alone, for everything secret: `what` names it in the sentences. */
export function decidePlainHttp(
	use: Pick<TokenUse, 'origin' | 'addressClass' | 'explicit' | 'insecure' | 'allowedPlainHttp' | 'tailscalePeer' | 'canAsk'>,
	what: string,
): TokenDecision {
	const {origin, addressClass} = use;
	if (origin.startsWith('https:') || addressClass === 'loopback') return {kind: 'send'};
	if (addressClass === 'public' || addressClass === 'unspecified') {
		if (use.insecure) return {kind: 'send'};
		const message = `${origin} is plain http to a public address, where others can read ${what}; it was not sent. Use https or an SSH tunnel, or for one run: --insecure`;
		return {kind: 'withhold', reason: 'plain-http-public', message};
	}
	if (use.explicit || use.allowedPlainHttp || (isTailscaleRange(addressClass) && use.tailscalePeer)) return {kind: 'send'};
	const seen = isTailscaleRange(addressClass) ? 'Tailscale does not run here or does not list it' : 'it is in a local network';
	const otherwise = `${origin} is plain http and ${seen}, so others may read ${what}; it was not sent. To allow it: clawtalk trust add ${origin}`;
	if (!use.canAsk) return {kind: 'withhold', reason: 'plain-http-private', message: otherwise};
	const question = `${origin} is plain http and ${seen}: others there may read ${what}. Allow it for this gateway from now on?`;
	return {kind: 'ask', reason: 'plain-http-private', question, otherwise};
}

/** Addresses and names that a running Tailscale carries encrypted: 100.64/10 (also carrier NAT), its IPv6 range, `*.ts.net`. */
export function isTailscaleRange(addressClass: AddressClass): boolean {
	return addressClass === 'cgnat' || addressClass === 'tailscale-v6' || addressClass === 'tailnet-name';
}

/** True when plain http to this class of address needs a yes that is remembered. */
export function needsYes(origin: string, addressClass: AddressClass): boolean {
	return origin.startsWith('http:') && !['loopback', 'public', 'unspecified'].includes(addressClass);
}
