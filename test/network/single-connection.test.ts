import assert from 'node:assert/strict';
import {createServer, type Server, type ServerResponse} from 'node:http';
import {type AddressInfo, connect, type Socket} from 'node:net';
import {type TestContext, test} from 'node:test';
import {dispatchCount} from '../../source/network/dispatcher.js';
import {ProxyRefusedError} from '../../source/network/proxy-refused-error.js';
import {createSingleConnection} from '../../source/network/single-connection.js';

async function listen(t: TestContext, server: Server): Promise<number> {
	const sockets = new Set<Socket>();
	server.on('connection', (socket: Socket) => sockets.add(socket));
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	t.after(async () => {
		for (const socket of sockets) socket.destroy();
		await new Promise(resolve => server.close(resolve));
	});
	return (server.address() as AddressInfo).port;
}

/** A proxy that tunnels everything to one port, and remembers what it was asked. */
function createProxy(port: number, asked: Array<readonly [string | undefined, string | undefined]>): Server {
	return createServer().on('connect', (request, socket: Socket) => {
		asked.push([request.url, request.headers['proxy-authorization']]);
		const target = connect(port, '127.0.0.1', () => {
			socket.write('HTTP/1.1 200 OK\r\n\r\n');
			target.pipe(socket).pipe(target);
		});
		socket.on('close', () => target.destroy());
		target.on('close', () => socket.destroy());
		socket.on('error', () => target.destroy());
		target.on('error', () => socket.destroy());
	});
}

const lenient = {verifyCertificate: true, accept: () => undefined};

test('plain http goes through a CONNECT tunnel, the password to the proxy only', async t => {
	const seen: Array<string | undefined> = [];
	const port = await listen(
		t,
		createServer((request, response) => {
			seen.push(request.headers['proxy-authorization']);
			response.end('hello');
		}),
	);
	const asked: Array<readonly [string | undefined, string | undefined]> = [];
	const proxyPort = await listen(t, createProxy(port, asked));
	const origin = 'http://gateway.example.com';
	const connection = createSingleConnection(origin, {...lenient, proxy: `http://me:p%40ss@127.0.0.1:${proxyPort}`});
	const response = await connection.fetch(origin, {});
	assert.equal(await response.text(), 'hello');
	assert.deepEqual(asked, [['gateway.example.com:80', `Basic ${Buffer.from('me:p@ss').toString('base64')}`]]);
	assert.deepEqual(seen, [undefined]);
	assert.equal(connection.state.peer.address, undefined);
	connection.destroy();
});

test('a proxy that refuses is told by its status, and nothing is sent to it', async t => {
	const proxy = createServer().on('connect', (_request, socket: Socket) =>
		socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'),
	);
	const port = await listen(t, proxy);
	const origin = 'https://gateway.example.com';
	const connection = createSingleConnection(origin, {...lenient, proxy: `http://127.0.0.1:${port}`});
	await assert.rejects(connection.fetch(origin, {method: 'POST', body: 'private'}), (error: unknown) => {
		assert.ok(error instanceof ProxyRefusedError);
		assert.deepEqual([error.status, error.target], [407, 'gateway.example.com:443']);
		return true;
	});
	connection.destroy();
});

test('a proxy of an unknown kind is refused, not passed by', async () => {
	const origin = 'http://gateway.example.com';
	const connection = createSingleConnection(origin, {...lenient, proxy: 'socks5://127.0.0.1:1080'});
	await assert.rejects(connection.fetch(origin, {}), {code: 'ERR_PROXY_UNSUPPORTED'});
	connection.destroy();
});

test('an objection closes the connection before a byte is sent', async t => {
	let bytes = 0;
	const server = createServer().on('connection', (socket: Socket) => socket.on('data', data => (bytes += data.length)));
	const port = await listen(t, server);
	const objection = new Error('not you');
	let address: string | undefined;
	const origin = `http://127.0.0.1:${port}`;
	const connection = createSingleConnection(origin, {
		verifyCertificate: true,
		accept(peer) {
			address = peer.address;
			return objection;
		},
	});
	await assert.rejects(connection.fetch(origin, {method: 'POST', body: 'private'}), objection);
	assert.equal(address, '127.0.0.1');
	assert.notEqual(connection.state.stage, 'open');
	assert.equal(bytes, 0);
	connection.destroy();
});

test('a given address is dialled instead of looking the name up', async t => {
	let host: string | undefined;
	const port = await listen(
		t,
		createServer((request, response) => {
			host = request.headers.host;
			response.end();
		}),
	);
	const origin = `http://gateway.invalid:${port}`;
	const connection = createSingleConnection(origin, {...lenient, address: '127.0.0.1'});
	await (await connection.fetch(origin, {})).text();
	assert.equal(host, `gateway.invalid:${port}`);
	connection.destroy();
});

test('the stage tells how far a failed connection came', async t => {
	const gone = createServer();
	const port = await listen(t, gone);
	await new Promise(resolve => gone.close(resolve));
	const refused = createSingleConnection(`http://127.0.0.1:${port}`, lenient);
	await assert.rejects(refused.fetch(`http://127.0.0.1:${port}`, {}), {code: 'ECONNREFUSED'});
	assert.equal(refused.state.stage, 'connect');
	const plain = await listen(
		t,
		createServer().on('connection', (socket: Socket) => socket.once('data', () => socket.destroy())),
	);
	const tls = createSingleConnection(`https://127.0.0.1:${plain}`, lenient);
	await assert.rejects(tls.fetch(`https://127.0.0.1:${plain}`, {}));
	assert.equal(tls.state.stage, 'tls');
	refused.destroy();
	tls.destroy();
});

test('from the first connection on, the built-in fetch goes through our dispatcher too', async t => {
	const port = await listen(
		t,
		createServer((_request, response) => response.end('hello')),
	);
	const origin = `http://127.0.0.1:${port}`;
	createSingleConnection(origin, lenient).destroy();
	const before = dispatchCount();
	assert.equal(await (await fetch(origin)).text(), 'hello');
	assert.equal(dispatchCount(), before + 1);
});

/** Writes numbered pieces, each in a chunk of its own as far as the loop allows, and gives them joined. */
async function writePieces(response: ServerResponse, count: number): Promise<string> {
	let written = '';
	for (let index = 0; index < count; index++) {
		const piece = `piece ${index}\n`;
		written += piece;
		await new Promise(resolve => response.write(piece, resolve));
	}
	return written;
}

test('a body that is read in strides arrives whole', async t => {
	let written = '';
	const port = await listen(
		t,
		createServer(async (_request, response) => {
			written = await writePieces(response, 500);
			response.end();
		}),
	);
	const origin = `http://127.0.0.1:${port}`;
	const connection = createSingleConnection(origin, {...lenient, restMs: 5});
	assert.equal(await (await connection.fetch(origin, {})).text(), written);
	connection.destroy();
});

test('a connection that ends badly during a rest keeps what came before', async t => {
	let written = '';
	const port = await listen(
		t,
		createServer(async (_request, response) => {
			written = await writePieces(response, 200);
			response.destroy();
		}),
	);
	const origin = `http://127.0.0.1:${port}`;
	const connection = createSingleConnection(origin, {...lenient, restMs: 5});
	let received = '';
	await assert.rejects(async () => {
		const {body} = await connection.fetch(origin, {});
		for await (const piece of body ?? []) received += Buffer.from(piece).toString();
	});
	assert.equal(received, written);
	connection.destroy();
});
