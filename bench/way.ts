import {once} from 'node:events';
import {type AddressInfo, connect, createServer, type Server, type Socket} from 'node:net';

/** A way to a gateway that can be closed: connections are reset and new ones refused, as while a gateway is gone. */
export interface Way {
	readonly origin: string;
	close(): Promise<void>;
	/** At the same address; from now on the gateway is back. */
	open(): Promise<void>;
}

export async function openWay(to: string): Promise<Way> {
	const {hostname, port} = new URL(to);
	const sockets = new Set<Socket>();
	let server: Server | undefined;
	let own = 0;
	const open = async () => {
		server = createServer(near => {
			const far = connect(Number(port), hostname);
			near.pipe(far).pipe(near);
			for (const [socket, other] of [
				[near, far],
				[far, near],
			] as const) {
				sockets.add(socket);
				const end = () => {
					sockets.delete(socket);
					other.destroy();
				};
				socket.setNoDelay(true).on('error', end).on('close', end);
			}
		});
		server.listen(own, '127.0.0.1');
		await once(server, 'listening');
		own = (server.address() as AddressInfo).port;
	};
	await open();
	return {
		origin: `http://127.0.0.1:${own}`,
		open,
		async close() {
			const closing = server;
			server = undefined;
			if (closing === undefined) return;
			closing.close();
			for (const socket of sockets) socket.resetAndDestroy();
			await once(closing, 'close');
		},
	};
}
