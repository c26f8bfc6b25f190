import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {Generation} from '../../../source/demo/options.js';
import {gatewayConfig} from '../../openclaw/gateway-config.js';
import {type Installed, installOpenClaw} from '../../openclaw/install.js';
import type {Machine, ProgramService} from './plan.js';
import {worldPath} from './support.js';
import type {World} from './world.js';

/** A real OpenClaw on one machine of a world. Its model provider does not exist: nothing here asks a model. */
export interface RealOpenClaw {
	/** Writes the configuration anew, which a running gateway takes up by itself within seconds. */
	configure(change: (config: Config) => void): void;
	readonly service: ProgramService;
	/** Runs the `openclaw` program to its end. */
	run(args: readonly string[]): Promise<{readonly code: number | string; readonly stdout: string; readonly stderr: string}>;
}

/** What the scenarios change. */
export interface Config {
	readonly gateway: {
		readonly http: {readonly endpoints: {readonly chatCompletions: {enabled: boolean}; readonly responses: {enabled: boolean}}};
		readonly auth: {mode: string; token: string};
	};
}

/** Installs the release if needed and prepares a home for it; `service` starts it. */
export async function realOpenClaw(
	world: World,
	generation: Generation,
	token: string,
	machine: Machine,
	port = 18_789,
): Promise<RealOpenClaw> {
	const installed: Installed = await installOpenClaw(generation);
	const home = path.join(world.folder, 'openclaw');
	mkdirSync(path.join(home, '.openclaw'), {recursive: true, mode: 0o700});
	const logFile = path.join(home, 'openclaw.log');
	const config = gatewayConfig({generation, port, token, providerOrigin: 'http://127.0.0.1:9', logFile}) as unknown as Config;
	const write = () => writeFileSync(path.join(home, '.openclaw/openclaw.json'), JSON.stringify(config), {mode: 0o600});
	write();
	const env = {
		HOME: home,
		TMPDIR: home,
		PATH: `${path.dirname(installed.node)}:${worldPath}`,
		LANG: 'C.UTF-8',
		NO_COLOR: '1',
		OPENCLAW_SKIP_CHANNELS: '1',
	};
	const command = (...args: string[]) => [installed.node, installed.script, ...args];
	return {
		configure(change) {
			change(config);
			write();
		},
		service: {
			kind: 'program',
			command: command('gateway', 'run'),
			env,
			// 2026.9.6 gives up when a part of it needs more than five seconds.
			tries: 3,
			ready: `http://127.0.0.1:${port}${generation === '2026.2.9' ? '/' : '/readyz'}`,
		},
		run: async args => world.run({command: command(...args), env, cwd: home, limitMs: 60_000}, machine),
	};
}
