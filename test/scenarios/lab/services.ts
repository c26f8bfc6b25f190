import {execFileSync, spawn} from 'node:child_process';
import {connect} from 'node:net';
import {setTimeout as wait} from 'node:timers/promises';
import {openFront} from './front.js';
import {startGatewayService} from './gateway-service.js';
import {startHttpService} from './http-service.js';
import {startNameService} from './name-service.js';
import type {ProgramService, Service, ServiceRecord, SocketService} from './plan.js';

/** Starts a service; the function that comes back tells what it noticed so far. */
export async function startService(service: Service, secrets: readonly string[]): Promise<() => readonly ServiceRecord[]> {
	switch (service.kind) {
		case 'gateway': {
			const record = await startGatewayService(service, secrets);
			return () => [record()];
		}
		case 'http': {
			const record = await startHttpService(service, secrets);
			return () => [record()];
		}
		case 'socket':
			return startSocketService(service, secrets);
		case 'names':
			await startNameService(service);
			return () => [];
		case 'command': {
			const [program = '', ...args] = service.command;
			execFileSync(program, args, {stdio: ['ignore', 'ignore', 'inherit']});
			return () => [];
		}
		case 'program':
			await startProgram(service);
			return () => [];
	}
}

async function startSocketService({at, tls, does}: SocketService, secrets: readonly string[]): Promise<() => readonly ServiceRecord[]> {
	const front = await openFront({
		at,
		tls,
		secrets,
		accept(socket, raw) {
			if (does === 'close') socket.end();
			else if (does === 'reset') raw.resetAndDestroy();
			else if (does === 'ssh-banner') socket.write('SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u7\r\n');
		},
	});
	return () => [{at: at.join(' '), connections: front.connections, sawSecret: front.sawSecret, authorized: 0}];
}

/** Two cores that start several gateways at once take minutes. */
const readyLimitMs = 300_000;

/** The output of a program goes where the world's own goes: it shows when a test fails. */
async function startProgram(service: ProgramService): Promise<void> {
	const {command, env, ready, tries = 1} = service;
	const [program = '', ...args] = command;
	const child = spawn(program, args, {env: {...process.env, ...env}, stdio: ['ignore', 'ignore', 'pipe']});
	let said = '';
	child.stderr.on('data', (text: Buffer) => {
		said = (said + text.toString()).slice(-2000);
	});
	let failure: string | undefined;
	child.on('error', error => {
		failure = error.message;
	});
	child.on('exit', code => {
		failure = code === 0 ? undefined : `${program} ended with ${code}: ${said}`; // a program that goes to the background ends with 0
	});
	const deadline = Date.now() + readyLimitMs;
	while (!(await isReady(ready))) {
		if (failure !== undefined && tries > 1) return startProgram({...service, tries: tries - 1});
		if (failure !== undefined) throw new Error(failure);
		if (Date.now() > deadline) throw new Error(`${program} does not answer at ${String(ready)}: ${said}`);
		await wait(30);
	}
}

async function isReady(ready: ProgramService['ready']): Promise<boolean> {
	if (typeof ready === 'string') {
		const response = await fetch(ready).catch(() => undefined); // not listening yet
		await response?.body?.cancel();
		return response?.ok === true;
	}
	const [host, port] = ready;
	return new Promise(resolve => {
		const socket = connect(port, host);
		socket.on('connect', () => resolve(true));
		socket.on('error', () => resolve(false)); // not listening yet
		socket.on('close', () => resolve(false));
		socket.on('connect', () => socket.destroy());
	});
}
