import type {Diagnosis, Fix} from '../diagnosis.js';
import {here, onGatewayHost} from '../fixes.js';
import {fillId} from './placeholder.js';

export type ExecutionPart = Pick<Diagnosis, 'id' | 'slug' | 'confidence' | 'title' | 'explanation' | 'fixes'>;

export const seeNodes = onGatewayHost('see which nodes are connected', 'openclaw nodes status');

function withNode(action: string, command: string, applicability: Fix['applicability'] = 'has-placeholders'): Fix {
	return onGatewayHost(action, command, applicability);
}

/** Errors of tools that run on a node, by their text (matrix §2.10). The narrower texts come first. */
const errors: ReadonlyArray<readonly [RegExp, ExecutionPart]> = [
	[
		/NODE_BACKGROUND_UNAVAILABLE/,
		{
			id: 'E02',
			slug: 'node.background',
			confidence: 'certain',
			title: 'The node app runs in the background and does not take commands there',
			explanation: 'The connection and the agent work; the app on the node has to be in front.',
			fixes: [here('bring the node app to the foreground on its device'), seeNodes],
		},
	],
	[
		/cannot wait for interactive exec approval|approval registration failed: .{0,80}operator\.approvals/i,
		{
			id: 'E03',
			slug: 'approval.nobody',
			confidence: 'certain',
			title: 'A command of the agent needs an approval that nobody connected can give',
			explanation:
				'The connection and the agent work. The gateway asks only where somebody is connected who may answer; over HTTP, and for ask, that is nobody.',
			fixes: [here('let the chat show and answer requests for approval', 'clawtalk config set approvals on')],
		},
	],
	[
		/SYSTEM_RUN_DENIED:? (?:explicit )?approval required|\bexec denied: .{0,80}\bapproval\b|\bapproval[- ]timed?[- ]?out\b/i,
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
		/(?:SYSTEM_RUN_DENIED|exec denied):?(?: host=\w+)? allow-?list[- ]miss/i,
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
		/\bexec denied: host=\w+ security=deny\b|\bSYSTEM_RUN_DISABLED\b/,
		{
			id: 'E04',
			slug: 'node.forbidden',
			confidence: 'certain',
			title: 'The configuration forbids the agent to run commands there',
			explanation: 'The connection and the agent work. Whoever loosens it lets the agent run programs.',
			fixes: [onGatewayHost('see what is allowed', 'openclaw config get tools.exec')],
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
			fixes: [here('grant the permission in the system settings of the node'), seeNodes],
		},
	],
	[
		/requires a node(?: id)? when multiple (?:executable )?nodes are (?:available|connected)/,
		{
			id: 'E07',
			slug: 'node.ambiguous',
			confidence: 'certain',
			title: 'More than one node could run the command, and none is named',
			explanation: 'The connection and the agent work.',
			fixes: [seeNodes, withNode('name the node that runs commands', 'openclaw config set tools.exec.node NODE')],
		},
	],
	[
		/node (?:is )?(?:not connected|offline|disconnected)|requires a (?:connected node that supports|paired node)\b/i,
		{
			id: 'E01',
			slug: 'node.offline',
			confidence: 'likely',
			title: 'Chat works; the node that runs commands is offline',
			explanation: 'The gateway answers and reaches its model, but not that machine.',
			fixes: [seeNodes, here('on the node, if it does not run: openclaw node restart')],
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
			fixes: [seeNodes, withNode('see whether an approval waits', 'openclaw approvals get --node NODE')],
		},
	],
];

/** What the text of a failed tool means, when a row knows it; with the id of the node where one is given. */
export function executionPart(text: string, node?: string): ExecutionPart | undefined {
	const part = errors.find(([pattern]) => pattern.test(text))?.[1];
	const {word} = fillId('NODE', node);
	return part === undefined || word === 'NODE' ? part : {...part, fixes: part.fixes.map(fix => withId(fix, word))};
}

function withId(fix: Fix, id: string): Fix {
	const {command, applicability} = fix;
	if (command === undefined || !/\bNODE\b/.test(command)) return fix;
	const filled = command.replace(/\bNODE\b/, id);
	const isWhole = applicability === 'has-placeholders' && !/\b[A-Z][A-Z_]{2,}\b/.test(filled);
	return {...fix, command: filled, applicability: isWhole ? 'safe-to-run' : applicability};
}
