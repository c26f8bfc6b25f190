import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {type Connections, watchConnections} from './connections.js';
import {createControlDesk} from './control-desk.js';
import {type ControlPlane, createControlPlane} from './control-plane.js';
import {createDevices} from './devices.js';
import type {DemoGateway, DemoGatewayOptions, DemoRequest, DemoState} from './options.js';
import {route} from './routes.js';
import {createSessions} from './sessions.js';
import type {Kept} from './world.js';

const defaultHandshakeTimeoutMs = 15_000;
const defaultTickIntervalMs = 30_000;
const defaultApprovalTimeoutMs = 30 * 60_000;
/** Long enough for the last words to be out. */
const restartDelayMs = 300;

/**
 * Starts a gateway on 127.0.0.1 that speaks the part of OpenClaw's protocol which clawtalk uses, as one of two releases.
 *
 * @throws The system's error when the port cannot be had, e.g. `EADDRINUSE`.
 */
export async function startDemoGateway(options: DemoGatewayOptions): Promise<DemoGateway> {
	const state = createState(options);
	const kept: Kept = {sessions: createSessions(state.now), devices: createDevices(state.now), calls: []};
	const requests: DemoRequest[] = [];
	let process = await startProcess(state, kept, requests);
	const stop = async (restartExpectedMs?: number) => {
		await process.controlPlane.shutDown(restartExpectedMs);
		process.controlPlane.abandon();
		await process.connections.close();
	};
	const kill = async () => {
		process.controlPlane.abandon();
		await process.connections.close();
	};
	const restart = async (how: 'drain' | 'kill' = 'drain') => {
		await (how === 'drain' ? stop(1000) : kill());
		process = await startProcess(state, kept, requests);
		state.startedAt = state.now();
		state.bootId = crypto.randomUUID();
	};
	let isStopped = false;
	let restarting: Promise<void> | undefined;
	state.restartSoon = () => {
		setTimeout(() => {
			if (isStopped) return;
			restarting = restart().catch((error: unknown) => process.controlPlane.world.broadcast('shutdown', {reason: String(error)}));
		}, restartDelayMs).unref();
	};
	return {
		origin: `http://127.0.0.1:${state.port}`,
		token: options.token,
		generation: state.generation,
		port: state.port,
		requests,
		calls: kept.calls,
		setFault(fault, faultOptions = {}) {
			state.fault = fault;
			state.faultOptions = faultOptions;
		},
		control: createControlDesk(() => process.controlPlane.world),
		restart,
		async stop() {
			isStopped = true;
			await restarting;
			await stop();
		},
		async kill() {
			isStopped = true;
			await restarting;
			await kill();
		},
	};
}

/** What a real gateway loses with its process. */
interface GatewayProcess {
	readonly connections: Connections;
	readonly controlPlane: ControlPlane;
}

async function startProcess(state: DemoState, kept: Kept, requests: DemoRequest[]): Promise<GatewayProcess> {
	const server = createServer();
	const connections = watchConnections(server, state, requests);
	server.listen(state.port, '127.0.0.1');
	await once(server, 'listening');
	state.port = (server.address() as AddressInfo).port;
	const controlPlane = createControlPlane(state, kept);
	server.on('request', (request, response) => route(state, kept.sessions, request, response, connections.note(request, response)));
	server.on('upgrade', (request, socket, head) => {
		socket.on('error', () => socket.destroy()); // the client reset it: nobody is there to be told
		controlPlane.upgrade(request, socket, head, connections.note(request)).catch((error: unknown) => {
			socket.destroy(error instanceof Error ? error : undefined);
		});
	});
	return {connections, controlPlane};
}

function createState(options: DemoGatewayOptions): DemoState {
	const now = options.now ?? Date.now;
	return {
		generation: options.generation ?? '2026.9.6',
		token: options.token,
		tokensPerSecond: options.tokensPerSecond ?? 0,
		handshakeTimeoutMs: options.handshakeTimeoutMs ?? defaultHandshakeTimeoutMs,
		tickIntervalMs: options.tickIntervalMs ?? defaultTickIntervalMs,
		seenFrom: options.seenFrom ?? 'loopback',
		approvalTimeoutMs: options.approvalTimeoutMs ?? defaultApprovalTimeoutMs,
		nodes: options.nodes ?? [],
		startedAt: now(),
		bootId: crypto.randomUUID(),
		port: options.port ?? 0,
		now,
		fault: options.fault,
		faultOptions: options.faultOptions ?? {},
		restartSoon: () => undefined,
	};
}
