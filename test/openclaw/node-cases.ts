import {setTimeout as wait} from 'node:timers/promises';
import type {Evidence, NodesListed} from '../../source/diagnosis/evidence.js';
import {makeDevice} from './known-device.js';
import {type LiveCase, look} from './live-cases.js';
import type {RealGateway} from './real-gateway.js';
import {connectStrangely, signed} from './strange-client.js';

/** A node that runs nothing: its session, and what it says of itself. */
async function openNode({origin, token, generation}: RealGateway, permissions: Readonly<Record<string, boolean>> = {}) {
	const node = await connectStrangely(
		origin,
		signed(generation, {
			...{auth: {token}, role: 'node', scopes: [], device: makeDevice(), permissions},
			...{client: {id: 'node-host', mode: 'node', displayName: 'desk'}, caps: ['system'], commands: ['system.run', 'system.which']},
		}),
	);
	if (node.hello === undefined) throw new Error(JSON.stringify(node.observations));
	return node;
}

/** Looks until the gateway lists what is waited for: it hears of the end of a session a moment later. */
async function lookUntil({origin, token}: RealGateway, isThere: (listed: NodesListed) => boolean): Promise<Evidence> {
	for (;;) {
		const evidence = await look(origin, token);
		const listed = evidence.observations.find(seen => seen.kind === 'nodes-listed');
		if (listed === undefined || isThere(listed)) return evidence;
		await wait(50);
	}
}

async function lookBeside(gateway: RealGateway, permissions?: Readonly<Record<string, boolean>>): Promise<Evidence> {
	const node = await openNode(gateway, permissions);
	try {
		return await lookUntil(gateway, ({nodes}) => nodes.some(({connected}) => connected));
	} finally {
		node.close();
	}
}

/** What the list of nodes shows. Nodes of one case are away, and still listed, in the next. */
export const nodeCases: readonly LiveCase[] = [
	{id: 'E03', name: 'a node that nobody has allowed yet', generation: '2026.9.6', run: ({gateway}) => lookBeside(gateway)},
	{id: 'E05', name: 'a node whose system denies the camera', run: ({gateway}) => lookBeside(gateway, {camera: false})},
	{
		id: 'E01',
		name: 'a node that went away',
		async run({gateway}) {
			(await openNode(gateway)).close();
			return lookUntil(gateway, ({nodes}) => nodes.every(({connected}) => !connected));
		},
	},
];
