import {asked} from './asked.js';
import {type Lab, type LiveCase, ownConnection} from './live-cases.js';
import {type NodeWork, openWorkingNode, untilAway} from './working-node.js';

/** Longer than what is kept of a failure: the reason stands behind the command. */
const longCommand = `echo ${'one more word '.repeat(20)}`.trim();

/** The agent of a real gateway wants to run a command on a node; clawtalk hears of it as any chat does. */
async function run({gateway}: Lab, args: object, calls = 1) {
	const order = JSON.stringify({command: longCommand, host: 'node', ...args}).replaceAll(' ', '~');
	return ownConnection(gateway.origin, gateway.token, undefined, async own => {
		const {evidence} = await asked(own, `go [[n=1 rate=0 fault=tool tool=exec args=${order} calls=${calls}]]`);
		return evidence.observations;
	});
}

/** 2026.2.9 tells a chat nothing of its tools. */
const recent = {generation: '2026.9.6'} as const;

const on = (id: string, name: string, work: NodeWork, args: object = {}, calls = 1): LiveCase => ({
	...{id, name, ...recent},
	async run(lab) {
		const node = await openWorkingNode(lab.gateway, work);
		try {
			return await run(lab, {node: node.id, ...args}, calls);
		} finally {
			node.close();
		}
	},
});

const refuses = (code: string, message: string): NodeWork => ({run: () => ({ok: false, error: {code, message}})});

/** What tools on nodes fail with. Codes and messages of nodes are those of `openclaw node run` and of the apps (docs/nodes, 2026.9.6). */
export const toolFailureCases: readonly LiveCase[] = [
	on('E02', 'a node whose app is in the background', refuses('NODE_BACKGROUND_UNAVAILABLE', 'command requires foreground')),
	on('E03', 'a node that wants to be asked', refuses('SYSTEM_RUN_DENIED', 'SYSTEM_RUN_DENIED: approval required')),
	on('E04', 'a command that its node does not allow', refuses('SYSTEM_RUN_DENIED', 'SYSTEM_RUN_DENIED: allowlist miss')),
	on('E04', 'a command that the rules of its node do not allow', {policy: {security: 'allowlist', ask: 'off'}}),
	// 10 s are the least that a gateway waits.
	on('E06', 'a node that does not answer', {}, {timeoutSeconds: 1}),
	on('E08', 'failures that no row knows', refuses('UNAVAILABLE', 'COMPANION_APP_UNAVAILABLE: macOS app exec host unreachable'), {}, 2),
	{
		...{id: 'E07', name: 'two nodes, and none is named', ...recent},
		async run(lab) {
			const nodes = await Promise.all(['desk', 'box'].map(name => openWorkingNode(lab.gateway, {name})));
			try {
				return await run(lab, {});
			} finally {
				for (const {close} of nodes) close();
			}
		},
	},
	{
		...{id: 'E01', name: 'a command for a node that went away', ...recent},
		async run(lab) {
			const node = await openWorkingNode(lab.gateway);
			node.close();
			await untilAway(lab.gateway, node.id);
			return run(lab, {node: node.id});
		},
	},
];
