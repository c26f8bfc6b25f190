import type {ClientRequest, IncomingMessage} from 'node:http';
import type {Socket} from 'node:net';
import {ProxyRefusedError} from './proxy-refused-error.js';
import {connectTimeouts} from './timeouts.js';

/**
 * Opens a tunnel through an http or https proxy (`CONNECT`, RFC 9110 §9.3.6). User name and password in the proxy URL are sent as
 * Basic to the proxy only.
 *
 * @throws ProxyRefusedError, or the system error of the connection to the proxy.
 */
export async function openTunnel(proxy: string, host: string, port: string): Promise<Socket> {
	const url = new URL(proxy);
	if (url.protocol !== 'http:' && url.protocol !== 'https:') {
		throw Object.assign(new Error(`proxies of the kind ${url.protocol} are not supported`), {code: 'ERR_PROXY_UNSUPPORTED'});
	}
	// Not with `import`: as a module, node:http brings the fetch of this Node along at once (50 ms on Node 24).
	const {request} = process.getBuiltinModule(url.protocol === 'https:' ? 'node:https' : 'node:http');
	const target = `${host}:${port}`;
	const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
	const connect = request({
		host: url.hostname.replace(/^\[|\]$/g, ''),
		port: url.port || (url.protocol === 'https:' ? 443 : 80),
		method: 'CONNECT',
		path: target,
		agent: false,
		timeout: connectTimeouts.connectMs,
		headers: {
			host: target,
			...(url.username === '' ? {} : {'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}`}),
		},
	});
	return await tunnelOf(connect, target);
}

function tunnelOf(connect: ClientRequest, target: string): Promise<Socket> {
	return new Promise((resolve, reject) => {
		const refuse = (response: IncomingMessage) => {
			response.destroy();
			reject(new ProxyRefusedError(target, response.statusCode ?? 0));
		};
		connect
			.once('connect', (response, socket) => {
				if (response.statusCode !== 200) {
					socket.destroy();
					reject(new ProxyRefusedError(target, response.statusCode ?? 0));
					return;
				}
				socket.setTimeout(0);
				resolve(socket as Socket);
			})
			.once('response', refuse)
			.once('timeout', () =>
				connect.destroy(Object.assign(new Error('the proxy did not answer in time'), {code: 'ETIMEDOUT', syscall: 'connect'})),
			)
			.once('error', reject)
			.end();
	});
}
