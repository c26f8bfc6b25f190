import {once} from 'node:events';
import {createServer} from 'node:net';

/**
 * A port of 127.0.0.1 on which nobody listens, and nobody will: it lies below the ports that systems give to servers on port 0 and to
 * connections (from 32768 on Linux, from 49152 on macOS), so that no other test is given it meanwhile.
 */
export async function desertedPort(): Promise<number> {
	for (;;) {
		const port = 20_000 + Math.floor(Math.random() * 10_000);
		const server = createServer();
		const listening = once(server, 'listening').then(
			() => true,
			// Somebody has it: the next.
			() => false,
		);
		server.listen(port, '127.0.0.1');
		if (!(await listening)) continue;
		server.close();
		await once(server, 'close');
		return port;
	}
}
