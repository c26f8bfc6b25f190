import {setTimeout as wait} from 'node:timers/promises';
import type {Evidence, Observation} from '../../source/diagnosis/evidence.js';
import type {Gateway} from '../../source/gateway/gateway.js';
import {type LiveCase, ownConnection} from './live-cases.js';
import type {RealGateway} from './real-gateway.js';
import {nobodyCases, passwordCases, withAuth} from './sign-in-cases.js';

/** Resolves with how the connection ended. */
export function ending({control}: Gateway): Promise<readonly Observation[]> {
	return new Promise(resolve => {
		const stop = control.hear(news => {
			if (news.kind !== 'closed') return;
			stop();
			resolve([news.closed]);
		});
	});
}

const changed = `changed-${crypto.randomUUID()}`;

/** Starts the gateway again and dials until it answers; gives that first answer. */
async function firstAnswer(gateway: RealGateway, secret: string): Promise<Evidence> {
	const controller = new AbortController();
	const started = gateway.restart();
	started.catch(error => controller.abort(error));
	for (;;) {
		controller.signal.throwIfAborted();
		const evidence = await ownConnection(gateway.origin, secret, undefined);
		if (evidence.observations.some(({kind}) => kind === 'control-refused' || kind === 'control-welcomed')) {
			await started;
			return evidence;
		}
		await wait(50);
	}
}

/**
 * How a real gateway ends connections. In this order: a start takes long, so it is started again once only, and signs people in with a
 * password from then on.
 */
export const endCases: readonly LiveCase[] = [
	{
		id: 'W26',
		name: 'its token is changed',
		generation: '2026.9.6',
		run: ({gateway}) =>
			ownConnection(gateway.origin, gateway.token, undefined, async own => {
				const ended = ending(own);
				await withAuth(gateway, {mode: 'token', token: changed});
				return ended;
			}),
	},
	{
		id: 'W20',
		name: 'it stops in an orderly way',
		run: ({gateway}) =>
			ownConnection(gateway.origin, gateway.generation === '2026.9.6' ? changed : gateway.token, undefined, async own => {
				const ended = ending(own);
				gateway.signal('SIGTERM');
				return ended;
			}),
	},
	{
		id: 'W21',
		name: 'it starts, and is asked before it is ready',
		generation: '2026.9.6',
		async run({gateway, password}) {
			await withAuth(gateway, {mode: 'password', password});
			return firstAnswer(gateway, password);
		},
	},
	{
		id: undefined,
		name: 'it is started again, with a password',
		generation: '2026.2.9',
		async run({gateway, password}) {
			await withAuth(gateway, {mode: 'password', password});
			await gateway.restart();
			return ownConnection(gateway.origin, password, undefined);
		},
	},
	...passwordCases,
	{
		id: 'W12',
		name: 'it is killed',
		run: ({gateway, password}) =>
			ownConnection(gateway.origin, password, undefined, async own => {
				const ended = ending(own);
				gateway.signal('SIGKILL');
				return ended;
			}),
	},
	...nobodyCases,
];
