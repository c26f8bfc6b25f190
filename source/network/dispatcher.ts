import type {AddressInfo} from 'node:net';
import {connectTimeouts} from './timeouts.js';
import {Agent, type Dispatcher, fetch, getGlobalDispatcher, setGlobalDispatcher} from './undici.js';

let installed: Dispatcher | undefined;
let dispatched = 0;

/**
 * Makes npm undici carry every fetch of this process, the built-in one too, with our time limits: 10 s to connect (TLS included),
 * no limit on headers or body, because an agent's tool run is silent for minutes. Repeated calls change nothing.
 */
export function installDispatcher(): void {
	if (installed !== undefined) return;
	const agent = new Agent({
		headersTimeout: 0,
		bodyTimeout: 0,
		// How undici fails over HTTP/2 is not known to us; over HTTP/1.1 it is.
		allowH2: false,
		connect: {
			timeout: connectTimeouts.connectMs,
			autoSelectFamily: true,
			autoSelectFamilyAttemptTimeout: connectTimeouts.attemptMs,
		},
	});
	installed = agent.compose(dispatch => (options, handler) => {
		dispatched += 1;
		return dispatch(options, handler);
	});
	setGlobalDispatcher(installed);
}

/** How many requests went through the installed dispatcher so far. */
export function dispatchCount(): number {
	return dispatched;
}

/** Which fetch implementations go through our dispatcher. */
export interface FetchRoutes {
	readonly npm: boolean;
	readonly builtIn: boolean;
}

/**
 * Tries it: both fetches ask a listener of our own on loopback, and we count what passes the dispatcher.
 * npm undici 7 and 8 reach the built-in fetch of Node 22–26; npm undici 6 is silently ignored by Node 26.
 *
 * @throws When no loopback port can be opened.
 */
export async function testFetchRoutes(): Promise<FetchRoutes> {
	installDispatcher();
	const {createServer} = await import('node:http');
	const server = createServer((_request, response) => response.writeHead(204, {connection: 'close'}).end());
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject).listen(0, '127.0.0.1', resolve);
	});
	try {
		const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
		const npm = await passesDispatcher(() => fetch(url));
		const builtIn = await passesDispatcher(() => globalThis.fetch(url));
		return {npm, builtIn};
	} finally {
		await new Promise(resolve => server.close(resolve));
	}
}

/** True when the built-in fetch of this Node goes through our dispatcher; `status` shows it. */
export async function builtInFetchUsesDispatcher(): Promise<boolean> {
	return (await testFetchRoutes()).builtIn;
}

async function passesDispatcher(request: () => Promise<{readonly status: number}>): Promise<boolean> {
	const before = dispatched;
	const response = await request();
	return response.status === 204 && dispatched === before + 1 && getGlobalDispatcher() === installed;
}
