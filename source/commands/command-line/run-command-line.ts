import {type ExitCode, exitCodes} from '../../exit-codes.js';
import {likely} from '../../nearest-word.js';
import {readVersion} from '../../version.js';
import type {CommandContext} from '../command.js';
import {commandTable, commonFlagsOf, findCommand, globalFlags} from '../registry.js';
import type {DebugLog} from './debug-log.js';
import {findRequest, foreignFlag, type Request} from './find-command.js';
import {longName} from './scan-arguments.js';

/** The world without what the arguments add to it. */
export type World = Omit<CommandContext, 'input' | 'flags' | 'debug'>;

/**
 * Runs what the arguments ask for and returns the exit code. Mistakes in the arguments become one line on stderr and `usage`. Only
 * bugs are thrown. The argument parser, help and commands are loaded when they are needed: `--version` loads none of them.
 */
export async function runCommandLine(argv: readonly string[], world: World): Promise<ExitCode> {
	const request = await findRequest(argv);
	if (request.help || request.name === 'help') return printHelp(request, world);
	if (request.version) {
		world.stdout.write(`${request.argv.includes('--json') ? versionDocument() : readVersion()}\n`);
		return exitCodes.ok;
	}
	const entry = findCommand(request.name);
	if (!entry) return usageError(world, (await foreignFlag(request.argv)) ?? unknownCommand(request.name));
	const command = await entry.load();
	const parse = await parserFor(request);
	const parsed = parse(request.argv, {...command.flags, ...globalFlags});
	if (!parsed.ok) return usageError(world, `${parsed.message} See clawtalk help ${command.name}.`);
	const taken = {...command.flags, ...commonFlagsOf(command)};
	const notTaken = Object.keys(parsed.flags).find(name => parsed.flags[name] !== undefined && !Object.hasOwn(taken, name));
	if (notTaken !== undefined)
		return usageError(world, `${command.name} does not take ${longName(notTaken)}. See clawtalk help ${command.name}.`);
	const debug = await openDebug(parsed.flags.debug);
	if (!debug.ok) return usageError(world, debug.message);
	try {
		debug.write(`clawtalk ${readVersion()}, Node ${process.version}, ${process.platform} ${process.arch}: ${command.name}`);
		const code = await command.run({...world, input: parsed.input, flags: parsed.flags, debug: debug.write});
		debug.write(`exit code ${code}`);
		return code;
	} finally {
		const failure = debug.close();
		if (failure !== undefined) world.stderr.write(`clawtalk: ${failure}\n`);
	}
}

/** A shell prompt waits for `status --cached`, and people for the first line of the others: they do without the parser package. */
const quick = new Set(['chat', 'ask', 'status']);

async function parserFor({name}: Request) {
	if (quick.has(name)) return (await import('./quick-arguments.js')).parseQuickly;
	return (await import('./arguments.js')).parseArguments;
}

function versionDocument(): string {
	const {platform, arch, versions} = process;
	return JSON.stringify({schema: 'clawtalk.version/1', name: 'clawtalk', version: readVersion(), node: versions.node, platform, arch});
}

async function printHelp(request: Request, world: World): Promise<ExitCode> {
	if (request.name === 'help' && request.argv.includes('--man')) {
		const {renderManPage} = await import('./man-page.js');
		world.stdout.write(await renderManPage(readVersion()));
		return exitCodes.ok;
	}
	const {renderHelp} = await import('./help.js');
	const about =
		request.name === 'help' ? request.argv.find(argument => !argument.startsWith('-')) : request.named ? request.name : undefined;
	if (about === undefined || about === 'help') {
		world.stdout.write(renderHelp());
		return exitCodes.ok;
	}
	const entry = findCommand(about);
	if (!entry) return usageError(world, unknownCommand(about));
	world.stdout.write(renderHelp(await entry.load()));
	return exitCodes.ok;
}

function unknownCommand(name: string): string {
	const names = commandTable.map(entry => entry.name);
	const meant = likely(name, names);
	if (/\s/.test(name)) return 'There is no such command. To ask a question: clawtalk ask "QUESTION".';
	const shown = name.replace(/[\p{Cc}\p{Cf}]/gu, '?').slice(0, 60);
	return `There is no command ${shown}.${meant ? ` The nearest one is ${meant}.` : ` Commands: ${names.join(', ')}.`}`;
}

function usageError(world: World, message: string): ExitCode {
	world.stderr.write(`clawtalk: ${message}\n`);
	return exitCodes.usage;
}

async function openDebug(path: unknown): Promise<DebugLog> {
	if (typeof path !== 'string') return {ok: true, write: () => undefined, close: () => undefined};
	const {openDebugLog} = await import('./debug-log.js');
	return openDebugLog(path);
}
