import {once} from 'node:events';
import {mkdirSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import type {DemoProcess} from './demo-process.js';
import {measureProcess, type ProcessCost} from './process-cost.js';
import type {Figure} from './report.js';
import {median} from './statistics.js';
import {openTerminal} from './terminal-session.js';

/** How often the looks are repeated that take seconds. */
const slowRuns = 3;
const unreachable = 'http://192.168.77.1:18789';

/**
 * A network of its own (Linux, without root) where packets to the LAN are dropped: nothing comes back, as behind most firewalls. The
 * command after it runs in there.
 */
const blackHole = [
	...['unshare', '-Urn', 'sh', '-ec'],
	`PATH="$PATH:/usr/sbin:/sbin"
ip link set lo up
ip link add lan0 type veth peer name lan1
ip addr add 192.168.77.10/24 dev lan0
ip link set lan0 up
ip link set lan1 up
nft 'add table inet hole; add chain inet hole out { type filter hook output priority 0; }; add rule inet hole out tcp dport 18789 drop'
exec "$@"`,
	'black-hole',
];

/** `clawtalk status` on gateways in every state, and what reads without looking, in turn with `node -e 0`. */
export async function measureStatus(
	launcher: string,
	gateway: DemoProcess,
	env: NodeJS.ProcessEnv,
	home: string,
	runs: number,
): Promise<Figure[]> {
	const given = ['--gateway', gateway.origin, '--token-file', gateway.tokenFile];
	const configured = {...env, HOME: homeFor(gateway, home)};
	const clawtalk = (...words: string[]) => [process.execPath, launcher, ...words];
	const commands: Readonly<Record<string, Measured>> = {
		'node -e 0': {command: [process.execPath, '-e', '0'], exitCode: 0},
		'healthy, loopback': {command: clawtalk('status', ...given), exitCode: 0, bar: 400},
		'refused, three rounds': {command: clawtalk('status', '--gateway', await closedOrigin()), exitCode: 69, bar: 900},
		// Fills the file that the next one reads.
		'healthy, from the config': {command: clawtalk('status'), env: configured, exitCode: 0},
		'--cached': {command: clawtalk('status', '--cached'), env: configured, exitCode: 0},
		'explain N04': {command: clawtalk('explain', 'N04'), exitCode: 0},
	};
	const costs = await inTurn(commands, env, runs);
	const wall = (name: string) => (costs.get(name) ?? []).map(({wallMs}) => wallMs);
	const empty = wall('node -e 0');
	const over = (name: string) => median(wall(name).map((wallMs, index) => wallMs - (empty[index] ?? Number.NaN)));
	const ratio = (name: string) => median(wall(name).map((wallMs, index) => wallMs / (empty[index] ?? Number.NaN)));
	const figures = Object.entries(commands).flatMap(([name, {bar}]): Figure[] => [
		{name: `status bench, ${name}: wall`, value: median(wall(name)), unit: 'ms', ...(bar === undefined ? {} : {bar}), runs},
		...(name === 'node -e 0' ? [] : [{name: `status bench, ${name} ÷ node -e 0`, value: ratio(name), unit: '×', runs} as const]),
	]);
	return [
		...figures,
		{name: 'status --cached: over node -e 0', value: over('--cached'), unit: 'ms', bar: 60, runs},
		{
			name: 'status: launch to first line',
			value: await firstLine(clawtalk('status', ...given), env, home, runs),
			unit: 'ms',
			bar: 200,
			runs,
		},
		await measureUnreachable(clawtalk('status', '--gateway', unreachable), env),
	];
}

interface Measured {
	readonly command: readonly string[];
	readonly exitCode: number;
	readonly env?: NodeJS.ProcessEnv;
	/** Milliseconds. */
	readonly bar?: number;
}

async function inTurn(
	commands: Readonly<Record<string, Measured>>,
	env: NodeJS.ProcessEnv,
	runs: number,
): Promise<Map<string, ProcessCost[]>> {
	const costs = new Map<string, ProcessCost[]>(Object.keys(commands).map(name => [name, []]));
	// The first round fills the compile cache and is not counted.
	for (let round = 0; round <= runs; round++) {
		for (const [name, measured] of Object.entries(commands)) {
			const cost = await measureProcess(measured.command, measured.env ?? env);
			if (cost.exitCode !== measured.exitCode) throw new Error(`${name} ended with ${cost.exitCode}: ${cost.stdout}`);
			if (round > 0) costs.get(name)?.push(cost);
		}
	}
	return costs;
}

async function firstLine(command: readonly string[], env: NodeJS.ProcessEnv, cwd: string, runs: number): Promise<number> {
	const times: number[] = [];
	for (let round = 0; round <= runs; round++) {
		const session = openTerminal(command, env, cwd);
		const elapsed = await session.waitFor('the first words', output => /\p{L}{3}/u.test(output));
		await session.end();
		if (round > 0) times.push(elapsed);
	}
	return median(times);
}

/** Not measured, and so missed, where a user may not make a network. */
async function measureUnreachable(command: readonly string[], env: NodeJS.ProcessEnv): Promise<Figure> {
	const times: number[] = [];
	for (let round = 0; round < slowRuns; round++) {
		const cost = await measureProcess(command, env, blackHole).catch(() => undefined); // no namespaces here
		times.push(cost?.exitCode === 69 ? cost.wallMs : Number.NaN);
	}
	return {name: 'status: nothing comes back, wall', value: median(times), unit: 'ms', bar: 4500, runs: slowRuns};
}

/** A home with the gateway in its config file, for what reads the last look at it. */
function homeFor(gateway: DemoProcess, home: string): string {
	const own = join(home, 'configured');
	mkdirSync(join(own, '.clawtalk'), {recursive: true, mode: 0o700});
	const config = {gatewayUrl: gateway.origin, gatewayTokenCommand: `cat ${gateway.tokenFile}`};
	writeFileSync(join(own, '.clawtalk/config.json'), JSON.stringify(config), {mode: 0o600});
	return own;
}

/** A port of loopback that was free a moment ago. */
async function closedOrigin(): Promise<string> {
	const server = createServer();
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	await once(server, 'close');
	return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}
