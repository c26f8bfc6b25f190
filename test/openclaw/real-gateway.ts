import {type ChildProcess, execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {createWriteStream, rmSync} from 'node:fs';
import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import type {Generation} from '../../source/demo/options.js';
import {type FakeProvider, startFakeProvider} from './fake-provider.js';
import {gatewayConfig} from './gateway-config.js';
import {cacheFolder, type Installed, installOpenClaw} from './install.js';

/** A real OpenClaw gateway of our own, with its own home and its own model provider. */
export interface RealGateway {
	readonly origin: string;
	readonly token: string;
	readonly generation: Generation;
	readonly provider: FakeProvider;
	/** Sends a signal; `SIGKILL` is a crash, `SIGTERM` drains what runs and then ends, `SIGSTOP` freezes it until `SIGCONT`. */
	signal(name: GatewaySignal): void;
	/** Resolves when the process is gone. */
	readonly exited: Promise<void>;
	/** Starts it again at the same address, with what it kept, when it is gone; resolves when it answers. */
	restart(): Promise<void>;
	/** Changes its configuration file, which a running gateway reads again. */
	configure(change: (config: Record<string, unknown>) => Record<string, unknown>): Promise<void>;
	/** Runs `openclaw` as its owner would, on its machine. */
	command(words: readonly string[]): Promise<{readonly code: number; readonly output: string}>;
	/** Ends gateway and provider, whatever state they are in, and removes the home. */
	stop(): Promise<void>;
}

export type GatewaySignal = 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT';

export interface StartOptions {
	readonly readyTimeoutMs?: number;
	/** What its configuration has beside what every gateway of the tests has. */
	readonly initially?: (config: Record<string, unknown>) => Record<string, unknown>;
}

/** Installs the release if needed, starts it on a free port of 127.0.0.1 and waits until it answers. */
export async function startRealGateway(
	generation: Generation,
	{readyTimeoutMs = 240_000, initially = config => config}: StartOptions = {},
): Promise<RealGateway> {
	const installed = await installOpenClaw(generation);
	await mkdir(cacheFolder, {recursive: true});
	const home = await mkdtemp(path.join(cacheFolder, 'home-'));
	const provider = await startFakeProvider();
	const port = await freePort();
	const token = `test-${crypto.randomUUID()}`;
	await mkdir(path.join(home, '.openclaw'), {mode: 0o700});
	const config = gatewayConfig({generation, port, token, providerOrigin: provider.origin, logFile: path.join(home, 'openclaw.log')});
	const configFile = path.join(home, '.openclaw/openclaw.json');
	await writeFile(configFile, JSON.stringify(initially(config)), {mode: 0o600});

	let {child, exited} = spawnGateway(installed, home);
	const signal = (name: GatewaySignal) => signalGroup(child, name);
	const release = endWithUs(() => {
		signal('SIGKILL');
		rmSync(home, {recursive: true, force: true, maxRetries: 5, retryDelay: 50});
	});
	const stop = async () => {
		signal('SIGKILL');
		await exited;
		release();
		await provider.stop();
		await rm(home, {recursive: true, force: true, maxRetries: 5});
	};
	const origin = `http://127.0.0.1:${port}`;
	const url = origin + (generation === '2026.2.9' ? '/' : '/readyz');
	const answers = async (tries = 3): Promise<void> => {
		if (await ready(child, url, readyTimeoutMs)) return;
		// 2026.9.6 gives up when a part of it needs more than five seconds, as on a machine that has much else to do.
		await exited;
		if (tries <= 1) throw new Error(`exited with ${child.exitCode}`);
		({child, exited} = spawnGateway(installed, home));
		await answers(tries - 1);
	};
	await answers().catch(async (cause: unknown) => {
		const log = await readFile(path.join(home, outputName), 'utf8');
		await stop();
		throw new Error(`OpenClaw ${generation} did not start:\n${log.slice(-2000)}`, {cause});
	});
	return {
		...{origin, token, generation, provider, signal, stop},
		get exited() {
			return exited;
		},
		async restart() {
			await exited;
			({child, exited} = spawnGateway(installed, home));
			await answers();
		},
		command: words => runOpenClaw(installed, home, words),
		async configure(change) {
			await writeFile(configFile, JSON.stringify(change(JSON.parse(await readFile(configFile, 'utf8')))), {mode: 0o600});
		},
	};
}

const outputName = 'output.log';

function environment(node: string, home: string): NodeJS.ProcessEnv {
	return {
		HOME: home,
		TMPDIR: home,
		PATH: `${path.dirname(node)}:/usr/local/bin:/usr/bin:/bin`,
		LANG: 'C.UTF-8',
		NO_COLOR: '1',
		OPENCLAW_SKIP_CHANNELS: '1',
	};
}

function runOpenClaw({node, script}: Installed, home: string, words: readonly string[]): Promise<{code: number; output: string}> {
	return new Promise(resolve => {
		execFile(node, [script, ...words], {env: environment(node, home), cwd: home, timeout: 120_000}, (error, stdout, stderr) => {
			resolve({code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, output: `${stdout}\n${stderr}`});
		});
	});
}

function spawnGateway({node, script}: Installed, home: string): {child: ChildProcess; exited: Promise<void>} {
	const child = spawn(node, [script, 'gateway', 'run'], {
		cwd: home,
		env: environment(node, home),
		stdio: ['ignore', 'pipe', 'pipe'],
		// A process group of its own: 2026.2.9 starts the gateway as a child of the process that is spawned here.
		detached: true,
	});
	for (const stream of [child.stdout, child.stderr]) {
		stream.pipe(createWriteStream(path.join(home, outputName), {flags: 'a'}));
	}
	// `close` comes when nobody holds its output any more: 2026.2.9's gateway proper may outlive the process spawned here.
	return {child, exited: once(child, 'close').then(() => undefined)};
}

function signalGroup(child: ChildProcess, name: NodeJS.Signals): void {
	try {
		process.kill(-(child.pid ?? 0), name);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
			throw error;
		}
	}
}

/** Calls `end` when this process ends before it is released, also by Ctrl+C or by the test runner's wish. */
function endWithUs(end: () => void): () => void {
	const leave = () => process.exit(1);
	const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
	process.once('exit', end);
	for (const name of signals) {
		process.once(name, leave);
	}

	return () => {
		process.removeListener('exit', end);
		for (const name of signals) {
			process.removeListener(name, leave);
		}
	};
}

/** Resolves when it answers: false when it ended before that. */
async function ready(child: ChildProcess, url: string, readyTimeoutMs: number): Promise<boolean> {
	const deadline = AbortSignal.timeout(readyTimeoutMs);
	while (child.exitCode === null) {
		const response = await fetch(url, {signal: deadline}).catch(() => undefined); // refused: not listening yet
		await response?.body?.cancel();
		if (response?.ok) return true;

		await wait(100, undefined, {signal: deadline});
	}

	return false;
}

async function freePort(): Promise<number> {
	const server = createServer();
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	await once(server, 'close');
	return typeof address === 'object' && address ? address.port : 0;
}
