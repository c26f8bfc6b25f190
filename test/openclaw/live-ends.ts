import type {Observation} from '../../source/diagnosis/evidence.js';
import type {Gateway} from '../../source/gateway/gateway.js';
import {type LiveCase, ownConnection} from './live-cases.js';

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

/** How a real gateway ends connections. In this order: a start takes long, so it is started again once only, and has another token at the end. */
export const endCases: readonly LiveCase[] = [
	{
		id: 'W20',
		name: 'it stops in an orderly way',
		run: ({gateway}) =>
			ownConnection(gateway.origin, gateway.token, undefined, async own => {
				const ended = ending(own);
				gateway.signal('SIGTERM');
				const seen = await ended;
				await gateway.restart();
				return seen;
			}),
	},
	{
		id: 'W26',
		name: 'its token is changed',
		generation: '2026.9.6',
		run: ({gateway}) =>
			ownConnection(gateway.origin, gateway.token, undefined, async own => {
				const ended = ending(own);
				await gateway.configure(config => {
					const {auth, ...rest} = config['gateway'] as {auth: object};
					return {...config, gateway: {...rest, auth: {...auth, token: changed}}};
				});
				return ended;
			}),
	},
	{
		id: 'W12',
		name: 'it is killed',
		run: ({gateway}) =>
			ownConnection(gateway.origin, gateway.generation === '2026.9.6' ? changed : gateway.token, undefined, async own => {
				const ended = ending(own);
				gateway.signal('SIGKILL');
				return ended;
			}),
	},
];
