import {locate} from '../config/location.js';
import {type ExitCode, exitCodes} from '../exit-codes.js';
import type {Command, CommandContext} from './command.js';
import {unknownSubcommand} from './command-line/subcommands.js';

type Action = (context: CommandContext, operands: readonly string[]) => Promise<ExitCode>;

/** Subcommands; what each needs is loaded when it runs. */
const actions: Readonly<Record<string, Action>> = {
	path: async context => {
		context.stdout.write(`${locate(context.env).configFile}\n`);
		return exitCodes.ok;
	},
	list: async context => (await import('./config/config-show.js')).listConfig(context),
	get: async (context, operands) => (await import('./config/config-show.js')).getConfig(context, operands),
	set: async (context, operands) => (await import('./config/config-set.js')).setConfig(context, operands),
	unset: async (context, operands) => (await import('./config/config-set.js')).unsetConfig(context, operands),
	edit: async context => (await import('./config/config-edit.js')).editConfig(context),
};

/** `clawtalk config`: looks at and changes config.json. */
export const configCommand: Command = {
	name: 'config',
	summary: 'show and change the configuration',
	usage: ['config path', 'config list [--json]', 'config get KEY [--json]', 'config set KEY [VALUE]', 'config unset KEY', 'config edit'],
	details: [
		'Keys: gatewayUrl, gatewayToken, gatewayTokenCommand, defaultAgent, defaultModel, sessionKey, theme, notify, title, screenReader, animation, approvals, proxy, keys.NAME, headers.NAME, profile (the default one), and with --profile NAME the same keys of a profile.',
		'',
		'Secrets (gatewayToken, headers.NAME) take no VALUE, which would show in ps and in the shell history: they are asked for, hidden, or read as one line from a pipe. They are shown as "set · 64 characters".',
		'',
		'gatewayTokenCommand is a program that prints the token; no shell runs it.',
		'',
		'keys.NAME takes one chord or several, "Ctrl+G" "Ctrl+X Ctrl+E"; clawtalk keys lists the names and what is in force.',
	].join('\n'),
	flags: {json: {type: 'boolean', help: 'print JSON (list, get)'}},
	commonFlags: ['profile', 'debug'],
	run: async context => {
		const [name = '', ...operands] = context.input;
		const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
		if (action) return action(context, operands);
		context.stderr.write(`clawtalk: config: ${unknownSubcommand(name, Object.keys(actions))}\n`);
		return exitCodes.usage;
	},
};
