/** Where a fault strikes: the TCP connection, any HTTP answer, the chat request alone, the stream of an answer, or the WebSocket. */
export type FaultStage = 'connection' | 'http' | 'chat' | 'stream' | 'websocket';

interface Fault {
	readonly stage: FaultStage;
	/** One line for `--fault list`. */
	readonly summary: string;
}

/** Numbers that shape a fault. */
export interface FaultOptions {
	/** Pieces of text that arrive before the fault strikes; 3 by default. */
	readonly afterPieces?: number;
	/** Silence before a provider's failure is reported, in milliseconds; 20 by default (real gateways: 60–90 s). */
	readonly failureDelayMs?: number;
	/** `Retry-After` of 429 and 503, in seconds. */
	readonly retryAfterSeconds?: number;
	/** Length of the line of `too-large-line`, in bytes; 32 MiB by default. */
	readonly lineBytes?: number;
}

/** Every way in which the demo gateway can fail, by name. */
export const faults = {
	'drop-on-accept': {stage: 'connection', summary: 'closes each connection as soon as it is accepted'},
	'garbage-http': {stage: 'connection', summary: 'answers with bytes that are not HTTP'},
	silent: {stage: 'http', summary: 'accepts requests and never answers'},
	'cut-before-headers': {stage: 'chat', summary: 'destroys the connection instead of answering the question'},
	unauthorized: {stage: 'chat', summary: '401: the token is refused'},
	forbidden: {stage: 'chat', summary: '403: the token lacks the scope to write'},
	pairing: {stage: 'chat', summary: '403 and WebSocket close 1008: the device is not approved yet'},
	'endpoint-off-404': {stage: 'chat', summary: 'the chat endpoint is off: 404, as 2026.9.6 says it'},
	'endpoint-off-405': {stage: 'chat', summary: 'the chat endpoint is off: 405, as 2026.2.9 says it'},
	'endpoint-off-html': {stage: 'chat', summary: 'the chat endpoint is off: 200 with the Control UI page'},
	draining: {stage: 'chat', summary: '503 with Retry-After: stopping, while running answers finish'},
	'rate-limited': {stage: 'chat', summary: '429 with Retry-After from a proxy before the gateway'},
	lockout: {stage: 'chat', summary: '429 with Retry-After after too many wrong tokens, also for the right one'},
	'internal-error': {stage: 'chat', summary: '500 instead of an answer'},
	'json-instead-of-stream': {stage: 'chat', summary: 'a whole JSON answer where a stream was asked for'},
	'html-200': {stage: 'http', summary: 'another web server: 200 with its own page for everything'},
	redirect: {stage: 'http', summary: 'redirects everything to another origin'},
	'captive-portal': {stage: 'http', summary: 'redirects everything to a login page, as hotel networks do'},
	'plugin-proxy': {stage: 'http', summary: 'the pass-through proxy of a plugin: errors in the shape of another API'},
	'bad-gateway': {stage: 'http', summary: '502 of a reverse proxy whose gateway is down'},
	'health-html': {stage: 'http', summary: 'health checks answer with the Control UI page, as releases before 2026.3 do'},
	cut: {stage: 'stream', summary: 'destroys the connection in the middle of the answer'},
	'closed-early': {stage: 'stream', summary: 'ends the stream cleanly in the middle of the answer'},
	stall: {stage: 'stream', summary: 'falls silent in the middle of the answer and stays connected'},
	'error-in-stream': {stage: 'stream', summary: 'reports a failed model provider after some text, with status 200'},
	empty: {stage: 'stream', summary: 'ends the answer in order without a word'},
	'no-done': {stage: 'stream', summary: 'a finished answer without the [DONE] mark'},
	length: {stage: 'stream', summary: 'the answer stops at the length limit of the model'},
	garbage: {stage: 'stream', summary: 'a stream of events that nobody understands'},
	'too-large-line': {stage: 'stream', summary: 'one line of the stream is larger than any client should take'},
	slow: {stage: 'stream', summary: 'two seconds of silence, then four words a second'},
	'upgrade-refused': {stage: 'websocket', summary: 'refuses WebSockets with 404'},
	'close-1000': {stage: 'websocket', summary: 'closes the WebSocket with 1000 and no reason: the handshake failed'},
	'close-1006': {stage: 'websocket', summary: 'drops the WebSocket without a close frame, as after kill -9'},
	'close-1008': {stage: 'websocket', summary: 'closes the WebSocket with 1008: the token is refused'},
	'no-challenge': {stage: 'websocket', summary: 'takes the WebSocket and never challenges'},
	'no-ticks': {stage: 'websocket', summary: 'the control plane falls silent: no ticks any more, as a half-open connection'},
	'close-1013': {stage: 'websocket', summary: 'closes the WebSocket with 1013: the gateway is still starting'},
	'close-1012': {stage: 'websocket', summary: 'closes the WebSocket with 1012: the gateway restarts'},
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;

/** Whether a text names a fault. */
export function isFaultName(name: string): name is FaultName {
	return Object.hasOwn(faults, name);
}

/** The table of faults as text, one line each: what `--fault list` prints. */
export function describeFaults(): string {
	const names = Object.keys(faults);
	const width = Math.max(...names.map(name => name.length));
	return Object.entries(faults)
		.map(([name, fault]) => `${name.padEnd(width)}  ${fault.summary}\n`)
		.join('');
}
