import type {FaultName} from '../demo/faults.js';
import {type DemoGateway, type DemoGatewayOptions, generations} from '../demo/options.js';
import {type ExitCode, exitCodes} from '../exit-codes.js';
import {screenFlags} from './chat/screen-wishes.js';
import type {Command, CommandContext, FlagValues} from './command.js';
import {transportFlag} from './transport-flag.js';

export const demoCommand: Command = {
	name: 'demo',
	summary: 'try everything against a gateway inside this program, without a network',
	usage: ['demo [flags]', 'demo --serve [--port N] [flags]', 'demo --fault list'],
	details: [
		'On a terminal it opens a chat with the demo agent; nothing is saved. Without one it plays a short conversation.',
		'',
		'--serve only runs the gateway, until Ctrl+C, and prints its address and a file with its token. With --port N and --token T it comes back at the same address with the same token, so a chat that runs keeps working across a restart. Without --token a token is made up; none is asked for or read from stdin.',
		'',
		'The agent also takes orders: [[n=50 rate=20 text=md]] in a question sends 50 pieces of markdown, 20 a second.',
	].join('\n'),
	flags: {
		serve: {type: 'boolean', help: 'run the gateway only, for other programs and terminals'},
		port: {type: 'number', value: 'N', help: 'port to listen on; a free one by default'},
		as: {type: 'string', value: 'VERSION', choices: generations, help: 'OpenClaw release to play'},
		fault: {type: 'string', value: 'NAME', help: 'fail in this way; list shows the ways'},
		transport: transportFlag,
		...screenFlags,
	},
	commonFlags: ['token', 'debug'],
	run: runDemo,
};

type Mode = 'serve' | 'chat' | 'script';

/** A readable pace for people; scripts that want another one order it in the prompt. */
const tokensPerSecond: Readonly<Record<Mode, number>> = {serve: 40, chat: 40, script: 250};

async function runDemo(context: CommandContext): Promise<ExitCode> {
	const {flags, stdin, stdout, stderr} = context;
	const {describeFaults, isFaultName} = await import('../demo/faults.js');
	if (flags['fault'] === 'list') {
		stdout.write(describeFaults());
		return exitCodes.ok;
	}
	const mode = flags['serve'] === true ? 'serve' : stdin.isTTY && stdout.isTTY ? 'chat' : 'script';
	const options = context.input.length > 0 ? 'demo takes no arguments. See clawtalk help demo.' : readOptions(flags, isFaultName);
	if (typeof options === 'string') {
		stderr.write(`clawtalk: ${options}\n`);
		return exitCodes.usage;
	}
	const gateway = await start(context, {...options, tokensPerSecond: tokensPerSecond[mode]});
	if (gateway === undefined) return exitCodes.unreachable;
	try {
		return await run(mode, context, gateway);
	} finally {
		await gateway.stop();
	}
}

/** Flags → what to start, or one line that says what is wrong with them. */
function readOptions(flags: FlagValues, isFaultName: (name: string) => name is FaultName): DemoGatewayOptions | string {
	const {port = 0, token = randomToken(), fault} = flags;
	if (flags['serve'] === true && flags['transport'] !== undefined) {
		return '--transport is for questions; with --serve the programs that ask choose their way.';
	}
	if (fault !== undefined && (typeof fault !== 'string' || !isFaultName(fault))) {
		return 'There is no such fault; clawtalk demo --fault list shows them.';
	}
	if (typeof port !== 'number' || !Number.isInteger(port) || port < 0 || port > 65_535) {
		return '--port takes a number from 0 to 65535.';
	}
	if (typeof token !== 'string' || token === '' || token === '-' || flags['tokenFile'] !== undefined) {
		return 'demo takes a token only as --token T, and makes one up without it.';
	}
	const generation = generations.find(name => name === flags['as']) ?? '2026.9.6';
	return {generation, port, token, ...(fault === undefined ? {} : {fault, faultOptions: {failureDelayMs: 2000}})};
}

async function run(mode: Mode, context: CommandContext, gateway: DemoGateway): Promise<ExitCode> {
	switch (mode) {
		case 'serve': {
			const {serveDemo} = await import('./demo/demo-serve.js');
			return serveDemo(context, gateway);
		}

		case 'chat': {
			const {chatWithDemo} = await import('./demo/demo-chat.js');
			return chatWithDemo(context, gateway);
		}

		case 'script': {
			const {playDemo} = await import('./demo/demo-script.js');
			return playDemo(context, gateway);
		}
	}
}

async function start(context: CommandContext, options: DemoGatewayOptions): Promise<DemoGateway | undefined> {
	const {startDemoGateway} = await import('../demo/server.js');
	try {
		return await startDemoGateway(options);
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		const reason = code === 'EADDRINUSE' ? 'something listens there already' : code === 'EACCES' ? 'the system does not allow it' : code;
		if (reason === undefined) {
			throw error;
		}

		context.stderr.write(`clawtalk: the demo gateway cannot listen on port ${options.port}: ${reason} (${code}).\n`);
		return undefined;
	}
}

function randomToken(): string {
	return `demo-${crypto.randomUUID()}`;
}
