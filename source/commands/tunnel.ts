import {loadSettings} from '../config/load.js';
import {problemLine, usageProblem} from '../config/problem-line.js';
import {type ExitCode, exitCodes} from '../exit-codes.js';
import type {SshTunnel} from '../ssh-tunnel/ssh-tunnel.js';
import {chatCommand} from './chat.js';
import type {Command, CommandContext} from './command.js';
import {refuse, settingsFlags} from './gateway-target.js';
import {openTunnelFor} from './tunnel/open-tunnel.js';
import {planTunnel, type TunnelPlan} from './tunnel/tunnel-plan.js';
import {deadFarEnd, endInWords, exitCodeOf, lossInWords} from './tunnel/tunnel-words.js';

export const tunnelCommand: Command = {
	name: 'tunnel',
	summary: 'chat through ssh with a gateway on another machine',
	usage: ['tunnel [options] [PROFILE]'],
	details: [
		'Starts the ssh of this system to the machine that the profile names, keeps the tunnel open, reconnects, and ends it with itself.',
		'  clawtalk config set --profile home ssh me@home.example',
		'  clawtalk tunnel home',
		"ssh's own configuration, keys and agent count, and its questions come to this terminal. The token of the profile goes through the tunnel. --no-chat prints the address on stdout, for other programs and terminals.",
		'  clawtalk --gateway http://127.0.0.1:PORT --token-from home',
	].join('\n'),
	flags: {
		noChat: {type: 'boolean', help: 'no chat: print the local address and keep the tunnel open until Ctrl+C'},
		port: {type: 'number', value: 'N', help: 'port of the gateway on its machine; default: that of gatewayUrl, or 18789'},
		...chatCommand.flags,
	},
	commonFlags: ['token', 'tokenFile', 'tokenFrom', 'profile', 'debug'],
	run: runTunnel,
};

async function runTunnel(context: CommandContext): Promise<ExitCode> {
	const {stderr, flags, signal, debug} = context;
	const say = (line: string): void => void stderr.write(`${line}\n`);
	const wanted = readWanted(context);
	if (!wanted.ok) return refuse([wanted.problem], say).exitCode;
	const loaded = await loadSettings({
		flags: {...settingsFlags(flags), ...(wanted.profile === undefined ? {} : {profile: wanted.profile})},
		env: context.env,
		stdin: context.stdin,
		stdinIsTTY: context.stdin.isTTY === true && stderr.isTTY === true,
	});
	if (!loaded.ok) return refuse(loaded.problems, say).exitCode;
	const planned = planTunnel(loaded.settings, wanted.port);
	if (!planned.ok) return refuse([planned.problem], say).exitCode;
	const {plan} = planned;
	const noChat = flags['noChat'] === true;
	say(`clawtalk: opening a tunnel to port ${plan.gatewayPort} of ${plan.host} …`);
	const mayAsk = stderr.isTTY === true;
	const opened = await openTunnelFor(plan, context, {mayAsk, mayAskAgain: mayAsk && noChat, onLine: line => debug(`ssh: ${line}`)});
	if (!opened.ok) {
		if (!signal.aborted) say(problemLine(opened.problem));
		return opened.exitCode;
	}
	const {tunnel} = opened;
	try {
		const dead = deadFarEnd(plan, tunnel);
		if (dead !== undefined) say(`clawtalk: ${dead}`);
		if (noChat) return await holdOpen(context, plan, tunnel);
		const {chatThroughTunnel} = await import('./chat/chat-tunnel.js');
		return await chatThroughTunnel(context, loaded.settings, plan, tunnel);
	} finally {
		await tunnel.close();
	}
}

type Wanted =
	| {readonly ok: true; readonly profile?: string; readonly port?: number}
	| {readonly ok: false; readonly problem: ReturnType<typeof usageProblem>};

function readWanted({input, flags}: CommandContext): Wanted {
	const [operand, ...more] = input;
	const {profile, port} = flags;
	if (more.length > 0) return {ok: false, problem: usageProblem('tunnel', 'takes one PROFILE.')};
	if (operand !== undefined && typeof profile === 'string' && profile !== operand) {
		return {ok: false, problem: usageProblem('tunnel', 'PROFILE and --profile name two profiles.')};
	}
	if (typeof port === 'number' && !(Number.isInteger(port) && port >= 1 && port <= 65_535)) {
		return {ok: false, problem: usageProblem('--port', 'a whole number from 1 to 65535 is needed.')};
	}
	return {ok: true, ...(operand === undefined ? {} : {profile: operand}), ...(typeof port === 'number' ? {port} : {})};
}

/** Until a signal, or until ssh ends in a way that cannot be mended from here. */
async function holdOpen({stdout, stderr, signal}: CommandContext, plan: TunnelPlan, tunnel: SshTunnel): Promise<ExitCode> {
	const say = (line: string): void => void stderr.write(`clawtalk: ${line}\n`);
	stdout.write(`${tunnel.origin}\n`);
	say(`tunnel to ${plan.host}; Ctrl+C closes it. In another terminal:`);
	stderr.write(`  clawtalk --gateway ${tunnel.origin} --token-from ${plan.profile ?? 'default'}\n`);
	let lastLoss = '';
	return new Promise(resolve => {
		signal.addEventListener('abort', () => resolve(exitCodes.ok), {once: true});
		if (signal.aborted) resolve(exitCodes.ok);
		tunnel.hear(news => {
			if (news.kind === 'given-up') {
				say(endInWords(plan, news.end));
				return resolve(exitCodeOf(news.end));
			}
			const line = news.kind === 'back' ? 'the tunnel is open again.' : lossInWords(plan, news.end);
			// Each try of a long outage would repeat the same.
			if (line !== lastLoss) say(line);
			lastLoss = line;
		});
	});
}
