import {access, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {cacheFolder, installOpenClaw} from '../test/openclaw/install.js';
import {startRealGateway} from '../test/openclaw/real-gateway.js';
import type {DemoProcess} from './demo-process.js';

/** The gateway of a comparison, and OpenClaw's own client for it where a release is installed. */
export interface Peer {
	readonly name: string;
	readonly origin: string;
	readonly token: string;
	readonly tokenFile: string;
	readonly openclaw?: OpenClaw;
	/** Kills it, and starts it again; `end` resolves when it says that it is ready. Absent: that cannot be done. */
	readonly killed?: {begin(): Promise<void>; end(): Promise<void>};
	stop(): Promise<void>;
}

export interface OpenClaw {
	/** What runs `openclaw`, without its words. */
	readonly program: readonly string[];
	/** Runs it to its end on the gateway's own machine, as its owner; milliseconds and what it printed. */
	run(words: readonly string[]): Promise<{readonly wallMs: number; readonly output: string}>;
}

const release = '2026.9.6';

/** A real gateway of a release that the contract suite has installed before; the demo gateway where there is none. Nothing is installed. */
export async function startPeer(demo: DemoProcess, home: string): Promise<Peer> {
	const isInstalled = await access(join(cacheFolder, release)).then(
		() => true,
		// Not installed: the demo gateway, without a comparison.
		() => false,
	);
	if (!isInstalled) {
		const token = (await readFile(demo.tokenFile, 'utf8')).trim();
		return {name: 'demo gateway', origin: demo.origin, token, tokenFile: demo.tokenFile, stop: () => Promise.resolve()};
	}
	const [gateway, {node, script}] = await Promise.all([startRealGateway(release), installOpenClaw(release)]);
	const tokenFile = join(home, 'peer-token');
	await writeFile(tokenFile, gateway.token, {mode: 0o600});
	return {
		name: `OpenClaw ${release}`,
		origin: gateway.origin,
		token: gateway.token,
		tokenFile,
		openclaw: {
			program: [node, script],
			async run(words) {
				const startedAt = performance.now();
				const {code, output} = await gateway.command(words);
				if (code !== 0) throw new Error(`openclaw ${words[0]} ended with ${code}: ${output.slice(-300)}`);
				return {wallMs: performance.now() - startedAt, output};
			},
		},
		killed: {
			async begin() {
				gateway.signal('SIGKILL');
				await gateway.exited;
			},
			end: () => gateway.restart(),
		},
		stop: () => gateway.stop(),
	};
}
