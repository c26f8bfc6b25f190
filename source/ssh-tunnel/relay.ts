import {createConnection, createServer, type Server, type Socket} from 'node:net';

/**
 * A port of 127.0.0.1 whose connections go on to a Unix socket. It is ours from the first to the last moment: were it that of ssh,
 * another program could take it between two runs of ssh and be given the token.
 */
export interface Relay {
	readonly port: number;
	/** Where connections go from now on; undefined = nowhere, they are closed at once. */
	lead(socketPath: string | undefined): void;
	close(): Promise<void>;
}

export async function openRelay(): Promise<Relay> {
	let target: string | undefined;
	const open = new Set<Socket>();
	const server = createServer({allowHalfOpen: true, noDelay: true}, socket => {
		if (target === undefined) hangUp(socket, open);
		else join(socket, createConnection({path: target, allowHalfOpen: true}), open);
	});
	await listening(server);
	const address = server.address();
	return {
		port: typeof address === 'object' && address !== null ? address.port : 0,
		lead(socketPath) {
			target = socketPath;
		},
		async close() {
			target = undefined;
			for (const socket of open) socket.destroy();
			await new Promise(resolve => server.close(resolve));
		},
	};
}

function listening(server: Server): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', reject).listen(0, '127.0.0.1', () => {
			server.off('error', reject);
			resolve();
		});
	});
}

/** Closes politely: what the client sees is what ssh itself shows for a dead far end, a connection that ends without a byte (row N19). */
function hangUp(socket: Socket, open: Set<Socket>): void {
	open.add(socket);
	socket.once('close', () => open.delete(socket));
	// The client may break it off first.
	socket.on('error', () => undefined);
	socket.resume();
	socket.end(() => socket.destroySoon());
}

/** Both directions, each ended on its own; when one side breaks or is gone, so is the other. */
function join(one: Socket, other: Socket, open: Set<Socket>): void {
	for (const [socket, peer] of [
		[one, other],
		[other, one],
	] as const) {
		open.add(socket);
		socket.pipe(peer);
		// `close` follows and ends the peer: that is all there is to tell.
		socket.on('error', () => undefined);
		socket.once('close', hadError => {
			open.delete(socket);
			if (hadError) peer.resetAndDestroy();
			else peer.destroySoon();
		});
	}
}
