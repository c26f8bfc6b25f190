import type {ControlRefused, WebSocketClosed} from '../evidence.js';

/**
 * How a gateway refuses a client, in its own words, with what it tells beside them where it answered the handshake. Of a close there
 * are the words alone.
 */
export interface Refusal extends Partial<Pick<ControlRefused, 'requestId' | 'retryAfterMs' | 'expectedProtocol'>> {
	readonly words: string;
	readonly requestedScopes?: readonly string[];
	/** Which credential went with it; absent where that is not known. */
	readonly with?: ControlRefused['with'];
}

export function refusalOfClose({reason}: Pick<WebSocketClosed, 'reason'>): Refusal {
	const requestId = requestIdIn(reason);
	return {words: reason, ...(requestId === undefined ? {} : {requestId})};
}

/** The words of a refused handshake. A code of the protocol counts, where there is one: its message may change (docs/gateway/protocol). */
export function refusalOfAnswer(refused: ControlRefused): Refusal {
	const {code, detail, message, reason, requestId = requestIdIn(message)} = refused;
	const {retryAfterMs, expectedProtocol, requestedScopes} = refused;
	const known = wordsOfCode(detail ?? code, reason);
	return {
		words: known !== undefined && !message.startsWith(known) ? known : message,
		with: refused.with,
		...(requestId === undefined ? {} : {requestId}),
		...(retryAfterMs === undefined ? {} : {retryAfterMs}),
		...(expectedProtocol === undefined ? {} : {expectedProtocol}),
		...(requestedScopes === undefined ? {} : {requestedScopes}),
	};
}

/** What OpenClaw puts as `(requestId: …)` into its text, whatever it is. */
export function requestIdIn(text: string): string | undefined {
	return /\(requestId: (.*)\)/s.exec(text)?.[1];
}

const pairingReasons: ReadonlyMap<string, string> = new Map([
	['role-upgrade', 'pairing required: device is asking for a higher role than currently approved'],
	['scope-upgrade', 'pairing required: device is asking for more scopes than currently approved'],
	['metadata-upgrade', 'pairing required: device identity changed and must be re-approved'],
]);

function wordsOfCode(code: string, reason: string | undefined): string | undefined {
	if (code === 'PAIRING_REQUIRED' || code === 'NOT_PAIRED') {
		return code === 'PAIRING_REQUIRED' ? (pairingReasons.get(reason ?? '') ?? 'pairing required') : undefined;
	}
	return wordsOfCodes.find(([pattern]) => pattern.test(code))?.[1];
}

/** Codes of the protocol (`error.details.code`, 2026.9.6) and the beginning of the words that go with them. The first match counts. */
export const wordsOfCodes: ReadonlyArray<readonly [RegExp, string]> = [
	[/\bAUTH_TOKEN_MISSING\b/, 'unauthorized: gateway token missing'],
	[/\bAUTH_PASSWORD_MISSING\b/, 'unauthorized: gateway password missing'],
	[/\bAUTH_TOKEN_MISMATCH\b/, 'unauthorized: gateway token mismatch'],
	[/\bAUTH_PASSWORD_MISMATCH\b/, 'unauthorized: gateway password mismatch'],
	[/\bAUTH_TOKEN_NOT_CONFIGURED\b/, 'unauthorized: token not configured on gateway'],
	[/\bAUTH_PASSWORD_NOT_CONFIGURED\b/, 'unauthorized: gateway password not configured'],
	[/\bAUTH_DEVICE_TOKEN_MISMATCH\b/, 'unauthorized: device token mismatch'],
	[/\bAUTH_(?:DEVICE_TOKEN_)?SCOPE_MISMATCH\b/, 'unauthorized: device token scope mismatch'],
	[/\bAUTH_RATE_LIMITED\b/, 'unauthorized: too many failed authentication attempts'],
	[/\bAUTH_TAILSCALE_IDENTITY_MISSING\b/, 'unauthorized: tailscale identity missing'],
	[/\bAUTH_TAILSCALE_PROXY_MISSING\b/, 'unauthorized: tailscale proxy headers missing'],
	[/\bAUTH_TAILSCALE_WHOIS_FAILED\b/, 'unauthorized: tailscale identity check failed'],
	[/\bAUTH_TAILSCALE_IDENTITY_MISMATCH\b/, 'unauthorized: tailscale identity mismatch'],
	[/\b(?:AUTH_BOOTSTRAP_TOKEN_INVALID|AUTH_UNAUTHORIZED|AUTH_REQUIRED)\b/, 'unauthorized'],
	[/\bDEVICE_AUTH_SIGNATURE_EXPIRED\b/, 'device signature expired'],
	[/\bDEVICE_AUTH_NONCE_REQUIRED\b/, 'device nonce required'],
	[/\bDEVICE_AUTH_NONCE_[A-Z]{3,20}\b/, 'device nonce mismatch'],
	[/\bDEVICE_AUTH_DEVICE_ID_MISMATCH\b/, 'device identity mismatch'],
	[/\bDEVICE_AUTH_PUBLIC_KEY_INVALID\b/, 'device public key invalid'],
	[/\bDEVICE_AUTH_[A-Z_]{3,40}\b/, 'device signature invalid'],
	[/\bCONTROL_UI_DEVICE_IDENTITY_REQUIRED\b/, 'control ui requires device identity'],
	[/\bDEVICE_IDENTITY_REQUIRED\b/, 'device identity required'],
	[/\bCONTROL_UI_ORIGIN_NOT_ALLOWED\b/, 'origin not allowed'],
	[/\bPROTOCOL_MISMATCH\b/, 'protocol mismatch'],
];
