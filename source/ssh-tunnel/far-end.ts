import {createConnection} from 'node:net';

/** What a connection through the tunnel met. */
export type FarEnd =
	| 'answers'
	/** ssh took the connection and closed it without a byte: nobody listens on the far machine (row N19), or forwarding is forbidden. */
	| 'closed'
	/** Connected, and silent until the limit. */
	| 'silent'
	/** ssh does not listen, or not yet. */
	| 'no-listener';

const question = 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n';

/**
 * Whether bytes come back through the tunnel. ssh accepts before the far machine was asked, so only an answer proves it. Who answers is
 * not judged here: that is the identity check's, before any token.
 */
export function askFarEnd(socketPath: string, limitMs: number): Promise<FarEnd> {
	return new Promise(resolve => {
		const socket = createConnection({path: socketPath});
		let connected = false;
		const finish = (what: FarEnd) => {
			clearTimeout(timer);
			socket.destroy();
			resolve(what);
		};
		const timer = setTimeout(() => finish(connected ? 'silent' : 'no-listener'), limitMs);
		socket.once('connect', () => {
			connected = true;
			socket.write(question);
		});
		socket.once('data', () => finish('answers'));
		socket.on('error', () => finish(connected ? 'closed' : 'no-listener'));
		socket.once('close', () => finish(connected ? 'closed' : 'no-listener'));
	});
}
