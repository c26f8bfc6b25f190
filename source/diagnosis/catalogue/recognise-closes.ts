import type {WebSocketClosed} from '../evidence.js';
import {type Sighting, type Weight, weights} from './sighting.js';
import {type Place, urlIn} from './text-source.js';

/** How the control plane ends a connection: its words, the code that comes with them, and whether the connection stood by then. */
interface Ending {
	readonly pattern: RegExp;
	readonly code: number;
	readonly welcomed?: boolean;
	/** The reason that goes with an error code of the protocol, where the text has the code alone. */
	readonly reason?: string;
	readonly tokenSet?: boolean;
	/** Milliseconds that the connection was open, where the words tell. */
	readonly openMs?: number;
}

/** Reasons of OpenClaw 2026.2.9 and 2026.9.6, and the codes of its protocol (`error.details.code`). The first match counts. */
const endings: readonly Ending[] = [
	{pattern: /\bpairing required\b(?:[^"'`(|]{0,120}\(requestId: [^)"]{0,120}\)|[^"'`|(]{0,200})/i, code: 1008},
	{pattern: /\bPAIRING_REQUIRED\b/, code: 1008, reason: 'pairing required'},
	{pattern: /\bunauthorized: gateway (?:token|password) (?:missing|not configured)\b[^"'`|]{0,160}/i, code: 1008, tokenSet: false},
	{pattern: /\b(?:unauthorized: [a-z][^"'`|]{3,200})/i, code: 1008},
	{pattern: /\bAUTH_TOKEN_MISSING\b/, code: 1008, reason: 'unauthorized: gateway token missing', tokenSet: false},
	{pattern: /\bAUTH_PASSWORD_MISSING\b/, code: 1008, reason: 'unauthorized: gateway password missing', tokenSet: false},
	{pattern: /\bAUTH_TOKEN_MISMATCH\b/, code: 1008, reason: 'unauthorized: gateway token mismatch'},
	{pattern: /\bAUTH_PASSWORD_MISMATCH\b/, code: 1008, reason: 'unauthorized: gateway password mismatch'},
	{pattern: /\bAUTH_TOKEN_NOT_CONFIGURED\b/, code: 1008, reason: 'unauthorized: token not configured on gateway'},
	{pattern: /\bAUTH_PASSWORD_NOT_CONFIGURED\b/, code: 1008, reason: 'unauthorized: gateway password not configured'},
	{pattern: /\bAUTH_DEVICE_TOKEN_MISMATCH\b/, code: 1008, reason: 'unauthorized: device token mismatch (rotate/reissue device token)'},
	{
		pattern: /\bAUTH_(?:DEVICE_TOKEN_)?SCOPE_MISMATCH\b/,
		code: 1008,
		reason: 'unauthorized: device token scope mismatch (re-pair or approve scope upgrade)',
	},
	{pattern: /\bAUTH_RATE_LIMITED\b/, code: 1008, reason: 'unauthorized: too many failed authentication attempts (retry later)'},
	{pattern: /\bAUTH_TAILSCALE_IDENTITY_MISSING\b/, code: 1008, reason: 'unauthorized: tailscale identity missing'},
	{pattern: /\bAUTH_TAILSCALE_PROXY_MISSING\b/, code: 1008, reason: 'unauthorized: tailscale proxy headers missing'},
	{pattern: /\bAUTH_TAILSCALE_WHOIS_FAILED\b/, code: 1008, reason: 'unauthorized: tailscale identity check failed'},
	{pattern: /\bAUTH_TAILSCALE_IDENTITY_MISMATCH\b/, code: 1008, reason: 'unauthorized: tailscale identity mismatch'},
	{pattern: /\b(?:AUTH_BOOTSTRAP_TOKEN_INVALID|AUTH_UNAUTHORIZED|AUTH_REQUIRED)\b/, code: 1008, reason: 'unauthorized'},
	{pattern: /\bDEVICE_AUTH_SIGNATURE_EXPIRED\b/, code: 1008, reason: 'device signature expired'},
	{pattern: /\bDEVICE_AUTH_NONCE_[A-Z]{3,20}\b/, code: 1008, reason: 'device nonce mismatch'},
	{pattern: /\bDEVICE_AUTH_[A-Z_]{3,40}\b/, code: 1008, reason: 'device signature invalid'},
	{pattern: /\bDEVICE_IDENTITY_REQUIRED\b/, code: 1008, reason: 'device identity required'},
	{pattern: /\bCONTROL_UI_ORIGIN_NOT_ALLOWED\b/, code: 1008, reason: 'origin not allowed'},
	{pattern: /\bcontrol ui requires HTTPS or localhost\b/i, code: 1008, reason: 'control ui requires device identity'},
	{pattern: /\b(?:control ui requires )?device identity (?:required|mismatch)\b/i, code: 1008},
	{pattern: /\bdevice (?:signature (?:invalid|expired)|nonce (?:required|mismatch)|public key invalid)\b/i, code: 1008},
	{pattern: /\borigin not allowed\b/i, code: 1008},
	{pattern: /\binvalid role\b/i, code: 1008},
	{pattern: /\binvalid (?:handshake|connect params|request frame): ?[^"'`|]{0,160}/i, code: 1008},
	{pattern: /\bslow consumer\b/i, code: 1008, welcomed: true},
	{pattern: /\bprotocol mismatch\b/i, code: 1002},
	{pattern: /\bPROTOCOL_MISMATCH\b/, code: 1002, reason: 'protocol mismatch'},
	{pattern: /\bInvalid WebSocket frame\b|\bWS_ERR_[A-Z_]{3,40}\b/i, code: 1002},
	{pattern: /\bservice restart\b/i, code: 1012, welcomed: true},
	{pattern: /\bgateway starting\b/i, code: 1013},
	{pattern: /\btick timeout\b/i, code: 4000, welcomed: true},
	{pattern: /\bgateway auth changed\b/i, code: 4001, welcomed: true},
	{pattern: /\bconnect failed$/i, code: 1008},
	// What browsers say of every failure of a WebSocket, with nothing of its cause.
	{
		pattern: /\bWebSocket connection (?:to \S{3,200} )?failed\b|\bcan[’']t establish a connection to the server at wss?:/i,
		code: 1006,
		reason: '',
	},
	// The gateway's own log about a client that did not finish: its limit is 15 s in 2026.9.6.
	{pattern: /\bhandshake timeout\b/i, code: 1000, reason: '', openMs: 15_000},
];

/** `gateway closed (1006 abnormal closure (no close frame)): no close reason`, and `code=1008 reason=…` of the gateway's log. */
const closeCode = /\b(?:gateway closed|closed|close)\b[^\d]{0,40}\(?(?:code[ =:]{1,2})?([1-4]\d{3})\b/i;
const codeInLog = /\bcode[=: ]{1,2}([1-4]\d{3})\b/;

/** Closed WebSockets as OpenClaw's clients, its gateway's log and browsers tell them. */
export function recogniseCloses(lines: readonly string[]): readonly Sighting[] {
	const place = targetIn(lines);
	return lines.flatMap(line => {
		const ending = endings.find(({pattern}) => pattern.test(line));
		const told = Number(closeCode.exec(line)?.[1] ?? codeInLog.exec(line)?.[1]);
		if (!ending && !(told >= 1000)) return [];
		const code = told >= 1000 ? told : (ending?.code ?? 1006);
		const reason = ending ? (ending.reason ?? ending.pattern.exec(line)?.[0] ?? '') : freeReason(line);
		return [sightingOf(line, {code, reason: withRequestId(reason, line), ending, place})];
	});
}

/** What stands after the code, where no known words do; `no close reason` is OpenClaw's way to say that there was none. */
function freeReason(line: string): string {
	const after = /\b[1-4]\d{3}\b[^:]{0,60}: ?(.{1,160})$/.exec(line)?.[1] ?? /\breason[=:] ?(.{1,160})$/.exec(line)?.[1] ?? '';
	return /^(?:no close reason|n\/a|"")?$/i.test(after.trim()) ? '' : after.trim();
}

/** A line of JSON has the id of the request for approval apart from the words. */
function withRequestId(reason: string, line: string): string {
	if (!/^pairing required/i.test(reason) || /requestId/.test(reason)) return reason.trim();
	const id = /\brequestId["']?[:= ]{1,3}["']?([^\s"',)}]{1,80})/.exec(line)?.[1];
	return id === undefined ? reason.trim() : `${reason.trim()} (requestId: ${id})`;
}

interface Close {
	readonly code: number;
	readonly reason: string;
	readonly ending: Ending | undefined;
	readonly place: Place | undefined;
}

function sightingOf(line: string, {code, reason, ending, place}: Close): Sighting {
	const closed: WebSocketClosed = {
		kind: 'websocket-closed',
		layer: 'control',
		atMs: 0,
		code,
		reason,
		challenged: ending !== undefined && ending.code !== 1000 && ending.code !== 1006,
		// A handshake that fails is closed with 1000 and never a word (2026.9.6).
		welcomed: ending?.welcomed ?? (code === 1000 && reason !== ''),
		...(ending?.openMs === undefined ? {} : {openMs: ending.openMs}),
		byUs: false,
	};
	return {
		line,
		weight: weightOf(code, ending),
		...(place ? {place} : {}),
		...(ending?.tokenSet === undefined ? {} : {tokenSet: ending.tokenSet}),
		observations: [closed],
	};
}

/** 1006 says only that no close frame came: whatever else stands in the text is nearer to the cause. */
function weightOf(code: number, ending: Ending | undefined): Weight {
	if (code === 1006) return weights.vague;
	if (!ending) return weights.symptom;
	return /connect failed/.test(ending.pattern.source) ? weights.symptom : weights.named;
}

/** `Gateway target: ws://127.0.0.1:18789`, which OpenClaw prints below its message. */
function targetIn(lines: readonly string[]): Place | undefined {
	const named = lines.find(line => /\bGateway target\b/i.test(line)) ?? lines.find(line => /\bwss?:\/\//i.test(line));
	return named === undefined ? undefined : urlIn(named);
}
