import {type ExitCode, exitCodes} from '../exit-codes.js';
import type {Command, CommandContext} from './command.js';
import {refuse} from './gateway-target.js';

export const nodesCommand: Command = {
	name: 'nodes',
	summary: 'list the nodes that run commands for the agent',
	usage: ['nodes [--json]'],
	flags: {json: {type: 'boolean', help: 'print one document {schema: "clawtalk.nodes/1", …}'}},
	details: [
		'Of each node three things that can each be missing while the chat works: its session with the gateway is online, it offers something to call, and it is allowed to.',
		'',
		'Signs in on the control plane and asks for the list (operator.read). Starts no run, and shows the gateway no device that it does not know: beyond loopback a chat has to have been approved before.',
		'',
		'Exit code 0: there are no nodes, or one of them can run something now. 80: there are nodes, and none of them can. Other codes are those of the connection, the same with --json, which is described in docs/nodes-json.md.',
	].join('\n'),
	run,
};

async function run(context: CommandContext): Promise<ExitCode> {
	const say = (line: string): void => void context.stderr.write(`${line}\n`);
	if (context.input.length > 0) {
		return refuse([{exitCode: exitCodes.usage, where: 'nodes', message: 'takes no arguments. See clawtalk help nodes'}], say).exitCode;
	}
	const {openGatewayForCommand} = await import('./open-gateway.js');
	const opened = await openGatewayForCommand(context, {onWithheld: 'carry'});
	if (!opened.ok) return opened.exitCode;
	try {
		return await (await import('./nodes-look.js')).lookAtNodes(context, opened.gateway);
	} finally {
		await opened.gateway.close();
	}
}
