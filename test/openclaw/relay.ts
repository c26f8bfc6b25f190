import {once} from 'node:events';
import {type AddressInfo, connect, createServer, type Socket} from 'node:net';

/** A way to a gateway that can go dead, as after sleep or on another network: nobody hears of it, nothing arrives. */
export interface Relay {
	readonly origin: string;
	/** Connections that stand now lead nowhere from now on; new ones are fine. */
	freeze(): void;
	/** Connections so far. */
	readonly count: number;
	stop(): Promise<void>;
}

export async function startRelay(to: string): Promise<Relay> {
	const {hostname, port} = new URL(to);
	const pairs = new Set<readonly [Socket, Socket]>();
	let count = 0;
	const server = createServer(near => {
		count += 1;
		const far = connect(Number(port), hostname);
		const pair = [near, far] as const;
		pairs.add(pair);
		near.pipe(far);
		far.pipe(near);
		const end = () => {
			pairs.delete(pair);
			for (const socket of pair) socket.destroy();
		};
		// A reset on one side ends the other; there is nothing else to tell.
		for (const socket of pair) socket.on('error', end).on('close', end);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		get count() {
			return count;
		},
		freeze() {
			for (const [near, far] of pairs) {
				near.unpipe(far).pause();
				far.unpipe(near).pause();
			}
		},
		async stop() {
			server.close();
			for (const pair of pairs) for (const socket of pair) socket.destroy();
			await once(server, 'close');
		},
	};
}
