import type {ServerResponse} from 'node:http';
import type {DemoState, Generation} from './options.js';

type Headers = Readonly<Record<string, string | number>>;

/** Headers on every answer of a generation that is not the Control UI. */
export function commonHeaders(generation: Generation): Headers {
	return generation === '2026.2.9'
		? {}
		: {
				'X-Content-Type-Options': 'nosniff',
				'Referrer-Policy': 'no-referrer',
				'Permissions-Policy': 'camera=(), microphone=(self), geolocation=()',
			};
}

export function sendJson(state: DemoState, response: ServerResponse, status: number, body: unknown, headers: Headers = {}): void {
	send(response, status, JSON.stringify(body), {
		...commonHeaders(state.generation),
		'Content-Type': 'application/json; charset=utf-8',
		...headers,
	});
}

export function sendText(state: DemoState, response: ServerResponse, status: number, text: string, headers: Headers = {}): void {
	send(response, status, text, {
		...commonHeaders(state.generation),
		'Content-Type': 'text/plain; charset=utf-8',
		...headers,
	});
}

/** An error in the shape both generations use. */
export function sendError(
	state: DemoState,
	response: ServerResponse,
	status: number,
	error: {readonly message: string; readonly type: string; readonly code?: string},
	headers: Headers = {},
): void {
	sendJson(state, response, status, {error}, headers);
}

/** A refused method; `allow` is absent where the generation sends no such header. */
export function sendMethodNotAllowed(state: DemoState, response: ServerResponse, allow?: string): void {
	sendText(state, response, 405, 'Method Not Allowed', allow === undefined ? {} : {Allow: allow});
}

/** Any answer whose whole body is known; answers to HEAD drop the body themselves. */
export function send(response: ServerResponse, status: number, body: string, headers: Headers): void {
	response.writeHead(status, {...headers, 'Content-Length': Buffer.byteLength(body)});
	response.end(body);
}
