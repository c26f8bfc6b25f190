import type {DemoState} from './options.js';

/** What is answered instead of taking a WebSocket, as bytes; undefined when it is taken. */
export function refuseUpgrade({fault}: DemoState): string | undefined {
	const refuse = (status: string, text: string) =>
		`HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
	switch (fault) {
		case 'draining':
			return refuse('503 Service Unavailable', 'Gateway websocket admission closed');
		case 'upgrade-refused':
		case 'html-200':
		case 'redirect':
		case 'captive-portal':
		case 'plugin-proxy':
		case 'bad-gateway':
			return refuse('404 Not Found', 'Not Found');
		default:
			return undefined;
	}
}
