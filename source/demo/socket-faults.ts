import type {WebSocket} from 'ws';
import type {Frame} from './frame.js';
import type {DemoState} from './options.js';

/** The faults that strike where a client waits for its welcome; says whether one did. */
export function strikeHandshake(state: DemoState, socket: WebSocket, frame: Frame | undefined): boolean {
	switch (state.fault) {
		case 'close-1000':
			socket.close(1000);
			return true;
		case 'close-1006':
			socket.terminate();
			return true;
		case 'close-1012':
			socket.send(JSON.stringify({type: 'event', event: 'shutdown', payload: {reason: 'gateway stopping'}, seq: 1}));
			socket.close(1012, 'service restart');
			return true;
		case 'close-1013':
			sendStarting(socket, frame);
			socket.close(1013, 'gateway starting');
			return true;
		default:
			return false;
	}
}

function sendStarting(socket: WebSocket, frame: Frame | undefined): void {
	const error = {
		code: 'UNAVAILABLE',
		message: 'gateway starting; retry shortly',
		retryable: true,
		retryAfterMs: 500,
		details: {reason: 'startup-sidecars'},
	};
	socket.send(JSON.stringify({type: 'res', id: frame?.id, ok: false, error}));
}
