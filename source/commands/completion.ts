import {type ExitCode, exitCodes} from '../exit-codes.js';
import type {Command, CommandContext} from './command.js';
import {unknownSubcommand} from './command-line/subcommands.js';
import type {CompletedCommand} from './completion/completion-tables.js';
import {defaultCommandName} from './registry.js';

type Writer = (commands: readonly CompletedCommand[], defaultName: string) => string;

const shells: Readonly<Record<string, () => Promise<Writer>>> = {
	bash: async () => (await import('./completion/completion-bash.js')).bashCompletion,
	zsh: async () => (await import('./completion/completion-zsh.js')).zshCompletion,
	fish: async () => (await import('./completion/completion-fish.js')).fishCompletion,
};

/** `clawtalk completion`: a script that a shell reads, made from the tables that the program itself reads. */
export const completionCommand: Command = {
	name: 'completion',
	summary: 'print a completion script for bash, zsh or fish',
	usage: ['completion bash|zsh|fish'],
	details: [
		'  bash  eval "$(clawtalk completion bash)"      in ~/.bashrc',
		'  zsh   eval "$(clawtalk completion zsh)"       in ~/.zshrc, after compinit',
		'  fish  clawtalk completion fish | source       in ~/.config/fish/config.fish',
	].join('\n'),
	flags: {},
	commonFlags: ['debug'],
	run,
};

async function run(context: CommandContext): Promise<ExitCode> {
	const [word = '', ...more] = context.input;
	if (word === 'profiles' && more.length === 0) return printProfiles(context);
	const load = Object.hasOwn(shells, word) ? shells[word] : undefined;
	if (load === undefined || more.length > 0) {
		const problem = load === undefined ? unknownSubcommand(word, Object.keys(shells)) : 'give one shell.';
		context.stderr.write(`clawtalk: completion: ${problem}\n`);
		return exitCodes.usage;
	}
	const [write, {completionTables}] = await Promise.all([load(), import('./completion/completion-tables.js')]);
	context.stdout.write(write(await completionTables(), defaultCommandName));
	return exitCodes.ok;
}

/** What the scripts ask for: the names of profiles, one a line; none when the file cannot be read, for a shell has no place for a problem. */
async function printProfiles({env, stdout}: CommandContext): Promise<ExitCode> {
	const [{locate}, {readConfigFile}, {isProfileName, isRecord}] = await Promise.all([
		import('../config/location.js'),
		import('../config/read.js'),
		import('../config/schema.js'),
	]);
	const file = await readConfigFile(locate(env).configFile);
	const profiles = file.kind === 'object' ? file.value['profiles'] : undefined;
	for (const name of isRecord(profiles) ? Object.keys(profiles).filter(isProfileName) : []) stdout.write(`${name}\n`);
	return exitCodes.ok;
}
