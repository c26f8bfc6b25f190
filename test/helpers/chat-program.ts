import {resolve} from 'node:path';
import type {TestContext} from 'node:test';
import type {DemoGateway, DemoGatewayOptions} from '../../source/demo/options.js';
import {startDemoGateway} from '../../source/demo/server.js';
import {atEnd} from './at-end.js';
import {type FreshHome, freshHome} from './fresh-home.js';
import {type PtyOptions, type PtyProgram, startInPty} from './pty.js';

export const token = 'demo-token-for-tests-0123456789';
/** The built program, as users start it. */
export const launcher = resolve('bin/clawtalk.js');

export interface ChatInPty {
	readonly program: PtyProgram;
	readonly gateway: DemoGateway;
	readonly home: FreshHome;
}

export async function demoGatewayFor(test: TestContext, options: Partial<DemoGatewayOptions> = {}): Promise<DemoGateway> {
	const gateway = await startDemoGateway({token, ...options});
	atEnd(test, () => gateway.kill());
	return gateway;
}

/** The environment of a user whose gateway is this one. */
export function chatEnvironment(home: FreshHome, gateway: DemoGateway): Record<string, string> {
	return {...home.env, CLAWTALK_GATEWAY_URL: gateway.origin, CLAWTALK_GATEWAY_TOKEN: token};
}

/** `clawtalk` in a terminal with a demo gateway and a home of its own; resolves when it is online. */
export async function startChat(
	test: TestContext,
	{args = [], env = {}, ...options}: Partial<PtyOptions> & {readonly args?: readonly string[]} = {},
): Promise<ChatInPty> {
	const gateway = await demoGatewayFor(test);
	const home = freshHome(test);
	const program = startInPty(test, process.execPath, [launcher, ...args], {...options, env: {...chatEnvironment(home, gateway), ...env}});
	await program.shows('online');
	return {program, gateway, home};
}
