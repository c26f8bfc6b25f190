import type {InText} from './entry.js';

type Samples = Readonly<Record<string, string>>;

const noSignIn =
	'clawtalk chats over HTTP and does not sign in over the WebSocket. OpenClaw tells this to clients that do, and writes it into its log.';
const closed = (code: number, reason = 'no close reason') => `gateway closed (${code}): ${reason}`;
const unauthorized = (reason: string) => closed(1008, `unauthorized: ${reason}`);

const signIn: Samples = {
	A10: unauthorized('gateway token missing (provide gateway auth token)'),
	A11: unauthorized("gateway token mismatch (use this gateway's gateway.auth.token or pair the device)"),
	A12: unauthorized('device token mismatch (rotate/reissue device token)'),
	A13: unauthorized('device token scope mismatch (re-pair or approve scope upgrade)'),
	A15: closed(1008, 'device signature invalid'),
	A18: closed(1008, 'device identity required'),
	A19: closed(1008, 'origin not allowed (open the Control UI from the gateway host or allow it in gateway.controlUi.allowedOrigins)'),
	A20: unauthorized('too many failed authentication attempts (retry later)'),
	A21: unauthorized('tailscale identity missing'),
	A22: unauthorized('token not configured on gateway (set gateway.auth.token)'),
	A23: unauthorized('gateway password mismatch'),
	W04: closed(1000, 'bye'),
	W08: closed(1003, 'unsupported data'),
	W09: closed(1005),
	W13: closed(1007, 'invalid UTF-8'),
	W15: closed(1008, 'slow consumer'),
	W16: closed(1008, 'invalid connect params: at /client/id: must be equal to one of the allowed values'),
	W17: closed(1008, 'connect failed'),
	W18: closed(1009),
	W22: closed(1015),
	W23: closed(4000, 'tick timeout'),
	W26: closed(4001, 'gateway auth changed'),
};

const ofAgent =
	'Nodes and tools report this to the agent. clawtalk sees it only where the gateway fails a turn with these very words, which no gateway was seen to do.';

const tools: Samples = {
	E01: 'node is not connected: mac-mini',
	E02: 'NODE_BACKGROUND_UNAVAILABLE: the node command needs the app in front',
	E03: 'SYSTEM_RUN_DENIED: approval required',
	E04: 'SYSTEM_RUN_DENIED: allowlist miss',
	E05: 'CAMERA_PERMISSION_REQUIRED',
	E06: 'TIMEOUT: node invoke timed out',
	E07: 'exec host=node requires a node id when multiple nodes are available',
};

/** Rules whose evidence no scenario gives: what they are recognised in, and why clawtalk does not see that by itself. */
export const inText: Readonly<Record<string, InText>> = {
	...because(noSignIn, signIn),
	...because(ofAgent, tools),
	...because('Browsers and OpenClaw say it of every WebSocket that ended without a close frame. clawtalk sees the error itself instead.', {
		W10: closed(1006),
	}),
	...because('clawtalk gives an answer up only when the gateway has been silent for minutes and no longer answers its health check.', {
		S05: 'BodyTimeoutError: UND_ERR_BODY_TIMEOUT',
	}),
	...because('clawtalk waits for an answer as long as the gateway answers its health check. Other programs give up by a clock.', {
		S06: 'HeadersTimeoutError: UND_ERR_HEADERS_TIMEOUT',
	}),
	...because('It takes a connection that dies in the very moment in which a question is sent.', {
		S11: 'write EPIPE',
	}),
};

function because(reason: string, samples: Samples): Readonly<Record<string, InText>> {
	return Object.fromEntries(Object.entries(samples).map(([id, sample]) => [id, {reason, samples: [sample]}]));
}
