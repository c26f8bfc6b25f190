import type {IncomingMessage} from 'node:http';
import type {Duplex} from 'node:stream';
import type {WebSocket, WebSocketServer} from 'ws';
import {answerRequest} from './answer-request.js';
import {type Client, mayRead} from './client.js';
import {describeSession} from './describe-session.js';
import {isJson, readFrame} from './frame.js';
import {healthOf} from './gateway-methods.js';
import {greet} from './handshake.js';
import {helloOk} from './hello.js';
import {messageOnWire} from './history.js';
import type {DemoRequest, DemoState} from './options.js';
import {refuseUpgrade} from './refuse-upgrade.js';
import type {Sessions} from './sessions.js';
import {createWorld, type Kept, type World} from './world.js';

/** The WebSocket side of a demo gateway. */
export interface ControlPlane {
	readonly world: World;
	/** Takes over a connection that asks for a WebSocket; any path is right, as on real gateways. */
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, logged: DemoRequest): Promise<void>;
	/** Says goodbye to everybody: a shutdown event, then close 1012. Resolves when all are gone. */
	shutDown(restartExpectedMs?: number): Promise<void>;
	/** Stops every run and lets go of every timer, after a shutdown or a crash. */
	abandon(): void;
}

/** Creates the WebSocket side; `ws` is loaded with the first connection. */
export function createControlPlane(state: DemoState, kept: Kept): ControlPlane {
	let server: WebSocketServer | undefined;
	const world = createWorld(state, kept);
	kept.sessions.onMessage = (session, message) => tellOfMessage(world, session, message);
	const timers = startTimers(world);
	const accept = (socket: WebSocket, logged: DemoRequest) => {
		socket.on('error', () => socket.terminate()); // frames that break the protocol: ws has closed it with the right code
		greet(
			{
				state,
				devices: kept.devices,
				welcomed(client, frame, admitted) {
					world.clients.add(client);
					socket.on('close', () => world.clients.delete(client));
					client.send({type: 'res', id: frame.id, ok: true, payload: helloOk(world, client, admitted)});
					socket.on('message', data => hear(world, client, String(data)));
				},
			},
			socket,
			logged,
		);
	};

	return {
		world,
		async upgrade(request, socket, head, logged) {
			if (state.fault === 'silent') return;
			const refusal = refuseUpgrade(state);
			if (refusal !== undefined) {
				socket.end(refusal);
				return;
			}

			const {WebSocketServer: Server} = await import('ws');
			server ??= new Server({noServer: true, maxPayload: state.generation === '2026.2.9' ? 512 * 1024 : 25 * 1024 * 1024});
			server.handleUpgrade(request, socket, head, accepted => accept(accepted, logged));
		},
		async shutDown(restartExpectedMs) {
			const open = [...(server?.clients ?? [])];
			const gone = open.map(async socket => new Promise<void>(resolve => socket.once('close', () => resolve())));
			world.broadcast('shutdown', shutdownPayload(state, restartExpectedMs));
			for (const socket of open) {
				socket.close(1012, 'service restart');
				setTimeout(() => socket.terminate(), 1000).unref(); // a client that does not answer the close frame
			}

			await Promise.all(gone);
		},
		abandon() {
			for (const timer of timers) clearInterval(timer);
			world.approvals.close();
			for (const run of world.runs.values()) run.stop.abort('gone');
		},
	};
}

function hear(world: World, client: Client, text: string): void {
	const frame = readFrame(text);
	if (frame) {
		answerRequest(world, client, frame).catch((error: unknown) => {
			client.send({type: 'res', id: frame.id, ok: false, error: {code: 'UNAVAILABLE', message: String(error)}});
		});
	} else if (isJson(text)) {
		client.send({type: 'res', id: 'invalid', ok: false, error: {code: 'INVALID_REQUEST', message: 'invalid request frame'}});
	}
}

function startTimers(world: World): NodeJS.Timeout[] {
	const {state} = world;
	const tick = setInterval(() => {
		if (state.fault !== 'no-ticks') world.broadcast('tick', {ts: state.now()});
	}, state.tickIntervalMs);
	const health = setInterval(() => {
		if (state.fault !== 'no-ticks') world.broadcast('health', healthOf(world));
	}, 2 * state.tickIntervalMs);
	return [tick.unref(), health.unref()];
}

function tellOfMessage(world: World, ...[session, message]: Parameters<Sessions['onMessage']>): void {
	const {key} = session;
	const messageSeq = session.messages.length;
	const listens = (client: Client) => client.subscriptions.has(key) && mayRead(client);
	if (![...world.clients].some(listens)) return;
	const sent = messageOnWire(world, message, messageSeq);
	const messageId = `demo-message-${messageSeq}`;
	world.broadcast(
		'session.message',
		{sessionKey: key, agentId: 'main', message: sent, messageId, messageSeq, session: describeSession(world, session)},
		listens,
	);
}

function shutdownPayload(state: DemoState, restartExpectedMs: number | undefined): Record<string, unknown> {
	const reason = restartExpectedMs === undefined ? 'gateway stopping' : 'gateway restarting';
	if (state.generation === '2026.2.9') return {reason, restartExpectedMs: restartExpectedMs ?? null};
	return restartExpectedMs === undefined ? {reason} : {reason, restartExpectedMs};
}
