import {exitCodes} from '../../exit-codes.js';
import type {Diagnosis, Fix, Rule} from '../diagnosis.js';
import {findLast} from '../find.js';
import {here, onGatewayHost} from '../fixes.js';

type Part = Pick<Diagnosis, 'id' | 'slug' | 'confidence' | 'title' | 'explanation' | 'fixes'>;

const nodes = onGatewayHost('see which nodes are connected', 'openclaw nodes status');

function withNode(action: string, command: string, applicability: Fix['applicability'] = 'has-placeholders'): Fix {
	return onGatewayHost(action, command, applicability);
}

/** Errors of tools that run on a node, by their text (matrix §2.10). The narrower texts come first. */
const errors: ReadonlyArray<readonly [RegExp, Part]> = [
	[
		/NODE_BACKGROUND_UNAVAILABLE/,
		{
			id: 'E02',
			slug: 'node.background',
			confidence: 'certain',
			title: 'The node app runs in the background and does not take commands there',
			explanation: 'The connection and the agent work; the app on the node has to be in front.',
			fixes: [here('bring the node app to the foreground on its device'), nodes],
		},
	],
	[
		/SYSTEM_RUN_DENIED:? approval required/i,
		{
			id: 'E03',
			slug: 'node.approval',
			confidence: 'certain',
			title: 'A command of the agent waits for approval on its node',
			explanation: 'The connection and the agent work. Who approves decides what runs on that machine.',
			fixes: [withNode('see what the node allows', 'openclaw approvals get --node NODE')],
		},
	],
	[
		/SYSTEM_RUN_DENIED:? allow-?list miss/i,
		{
			id: 'E04',
			slug: 'node.allow-list',
			confidence: 'certain',
			title: "The command of the agent is not on its node's allow-list",
			explanation: 'The connection and the agent work. Without --agent an entry would hold for all agents.',
			fixes: [
				withNode('see what the node allows', 'openclaw approvals get --node NODE'),
				withNode(
					'allow this program to this agent, if you want it to run it',
					"openclaw approvals allowlist add --node NODE --agent AGENT_ID 'PATH'",
					'changes-exposure',
				),
			],
		},
	],
	[
		/\b(?:[A-Z_]+_PERMISSION_REQUIRED|COMPUTER_DISABLED|ACCESSIBILITY_REQUIRED)\b/,
		{
			id: 'E05',
			slug: 'node.permission',
			confidence: 'certain',
			title: 'The operating system of the node denies what the agent asked for',
			explanation: 'The connection and the agent work; the node app lacks a permission of its system.',
			fixes: [here('grant the permission in the system settings of the node'), nodes],
		},
	],
	[
		/requires a node id when multiple nodes are available/,
		{
			id: 'E07',
			slug: 'node.ambiguous',
			confidence: 'certain',
			title: 'More than one node could run the command, and none is named',
			explanation: 'The connection and the agent work.',
			fixes: [nodes, withNode('name the node that runs commands', 'openclaw config set tools.exec.node NODE')],
		},
	],
	[
		/node (?:is )?(?:not connected|offline|disconnected)/i,
		{
			id: 'E01',
			slug: 'node.offline',
			confidence: 'likely',
			title: 'Chat works; the node that runs commands is offline',
			explanation: 'The gateway answers and reaches its model, but not that machine.',
			fixes: [nodes, here('on the node, if it does not run: openclaw node restart')],
		},
	],
	[
		/node invoke timed out|gateway timeout after \d+ ?ms/i,
		{
			id: 'E06',
			slug: 'node.timeout',
			confidence: 'likely',
			title: 'The node did not answer in time',
			explanation: 'It may be offline, wait for an approval that nobody saw, or need longer than its limit.',
			fixes: [nodes, withNode('see whether an approval waits', 'openclaw approvals get --node NODE')],
		},
	],
];

/** E01 to E07: the agent talks, but what it wanted to do on a node failed and the turn with it. */
const toolFailed: Rule = evidence => {
	const found = findLast(evidence, 'turn-error');
	if (!found) return undefined;
	const {message, type = '', code = ''} = found.observation;
	const part = errors.find(([pattern]) => pattern.test(`${code} ${type} ${message}`))?.[1];
	if (!part) return undefined;
	return {...part, layer: 'chat', severity: 'error', evidence: [found.index], exitCode: exitCodes.turnFailed, transient: false};
};

export const executionRules: readonly Rule[] = [toolFailed];
