import {once} from 'node:events';
import {createServer, type IncomingMessage, request, type ServerResponse} from 'node:http';
import {createServer as createTlsServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import type {Duplex} from 'node:stream';
import {WebSocket, WebSocketServer} from 'ws';
import {isRecord, parseJson} from '../../source/gateway/json.js';

type Frame = Readonly<Record<string, unknown>>;

/** What stands between a client and its gateway does to WebSockets. Without any of it everything passes as it is. */
export interface Meddling {
	/** WebSockets that pass untouched before: 2026.2.9 proves by the first that it is a gateway. */
	readonly after?: number;
	/** Instead of opening one. */
	readonly onUpgrade?: (raw: Duplex) => void;
	/** Sees each frame of the gateway first; what it says false of is not passed on. */
	readonly onFrame?: (frame: Frame, client: WebSocket) => boolean;
	/** With a certificate of its own. */
	readonly tls?: {readonly key: string; readonly cert: string};
}

/** A proxy that understands what it passes on. */
export interface MeddlingRelay {
	readonly origin: string;
	/** Clients whose WebSocket stands. */
	readonly clients: ReadonlySet<WebSocket>;
	stop(): Promise<void>;
}

/** Passes HTTP and WebSockets on to a gateway, but for what it is told to do. */
export async function startMeddlingRelay(to: string, meddling: Meddling = {}): Promise<MeddlingRelay> {
	const {after = 0, tls} = meddling;
	const clients = new Set<WebSocket>();
	const plane = new WebSocketServer({noServer: true, perMessageDeflate: false});
	let opened = 0;
	let stopping: Promise<unknown> | undefined;
	const server = tls === undefined ? createServer() : createTlsServer(tls);
	server.on('request', (asked: IncomingMessage, answer: ServerResponse) => passOn(to, asked, answer));
	server.on('upgrade', (asked: IncomingMessage, raw: Duplex, head: Buffer) => {
		opened += 1;
		const {onUpgrade, onFrame} = opened > after ? meddling : {};
		// A client that goes away in the middle is nothing to tell.
		raw.on('error', () => raw.destroy());
		if (onUpgrade !== undefined) return onUpgrade(raw);
		plane.handleUpgrade(asked, raw, head, client => {
			clients.add(client);
			client.on('close', () => clients.delete(client));
			join(client, `${to.replace(/^http/, 'ws')}${asked.url ?? '/'}`, onFrame);
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		origin: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
		clients,
		stop() {
			stopping ??= once(server, 'close');
			server.close();
			server.closeAllConnections();
			for (const client of clients) client.terminate();
			return stopping.then(() => undefined);
		},
	};
}

function passOn(to: string, asked: IncomingMessage, answer: ServerResponse): void {
	const {method, url, headers} = asked;
	const asking = request(new URL(url ?? '/', to), {method, headers: {...headers, host: new URL(to).host}}, given => {
		answer.writeHead(given.statusCode ?? 502, given.headers);
		given.pipe(answer);
	});
	asking.on('error', () => answer.destroy());
	asked.pipe(asking);
}

function join(client: WebSocket, url: string, onFrame: Meddling['onFrame'] = () => true): void {
	const far = new WebSocket(url, {perMessageDeflate: false});
	// A gateway speaks first: by then this side is open.
	client.on('message', (data: Buffer) => far.send(data.toString()));
	far.on('message', (data: Buffer) => {
		const text = data.toString();
		const frame = parseJson(text);
		if (onFrame(isRecord(frame) ? frame : {}, client) && client.readyState === client.OPEN) client.send(text);
	});
	// What breaks off is followed by `close`, like everything else.
	for (const side of [client, far]) side.on('error', () => undefined);
	far.on('close', (code, reason) => end(client, code, reason));
	client.on('close', () => far.terminate());
}

function end(client: WebSocket, code: number, reason: Buffer): void {
	if (code === 1006) client.terminate();
	else if (code === 1005) client.close();
	else client.close(code, reason);
}

/** Keeps back the first `chat` event with this state, e.g. `delta`. */
export function losesOnce(state: string): NonNullable<Meddling['onFrame']> {
	let isLost = false;
	return ({event, payload}) => {
		if (isLost || event !== 'chat' || !isRecord(payload) || payload['state'] !== state) return true;
		isLost = true;
		return false;
	};
}
