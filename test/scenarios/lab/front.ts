import {once} from 'node:events';
import {readFile} from 'node:fs/promises';
import {connect, createServer, type Server, type Socket} from 'node:net';
import type {Duplex} from 'node:stream';
import {createServer as createTlsServer} from 'node:tls';
import type {CertificateFiles} from './plan.js';

/** A listener that counts connections and looks for secrets in what arrives. */
export interface Front {
	connections: number;
	sawSecret: boolean;
}

export interface FrontOptions {
	readonly at: readonly [host: string, port: number];
	readonly tls?: CertificateFiles | undefined;
	readonly secrets: readonly string[];
	/** Takes over one connection. */
	readonly accept: (socket: Duplex, raw: Socket) => void;
}

/** Listens on an address and hands the connections on. */
export async function openFront({at: [host, port], tls, secrets, accept}: FrontOptions): Promise<Front> {
	const front: Front = {connections: 0, sawSecret: false};
	const take = (socket: Duplex, raw: Socket) => {
		front.connections += 1;
		socket.on('error', () => socket.destroy()); // the other end broke off: nothing more to do with it
		watchFor(secrets, socket, () => {
			front.sawSecret = true;
		});
		accept(socket, raw);
	};
	const server: Server =
		tls === undefined
			? createServer({allowHalfOpen: true}, socket => take(socket, socket))
			: createTlsServer({key: await readFile(tls.key), cert: await readFile(tls.certificate)}, socket => take(socket, socket));
	server.listen(port, host);
	await once(server, 'listening');
	return front;
}

/** Bytes may arrive in pieces that cut a secret in two. */
function watchFor(secrets: readonly string[], socket: Duplex, seen: () => void): void {
	const longest = Math.max(...secrets.map(secret => secret.length));
	let tail = '';
	socket.on('data', (piece: Buffer) => {
		const text = tail + piece.toString('latin1');
		if (secrets.some(secret => text.includes(secret))) seen();
		tail = text.slice(-longest);
	});
}

/** Carries a connection on to a port of this machine, and its end too; `holdsBack`: a stream of events goes back only when it is whole. */
export function carryTo(port: number, socket: Duplex, first?: Buffer, holdsBack = false): void {
	const onward = connect(port, '127.0.0.1');
	onward.on('error', () => socket.destroy());
	onward.on('close', () => socket.destroy());
	socket.on('close', () => onward.destroy());
	if (first) onward.write(first);
	socket.pipe(onward);
	if (holdsBack) giveWhole(onward, socket);
	else onward.pipe(socket);
}

/** As inspectors do: all chunks of an answer at once, when the last one (RFC 9112 §7.1) has come. */
function giveWhole(onward: Socket, socket: Duplex): void {
	let held = '';
	onward.on('data', (piece: Buffer) => {
		held += piece.toString('latin1');
		if (held.includes('text/event-stream') && !held.endsWith('\r\n0\r\n\r\n')) return;
		socket.write(Buffer.from(held, 'latin1'));
		held = '';
	});
}
