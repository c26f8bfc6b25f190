import type {Command, Flag} from './command.js';

/** A command before its module is loaded: enough to find it and to list it. */
export interface CommandEntry {
	readonly name: string;
	/** One line for `clawtalk --help`; the same as the command's own `summary`. */
	readonly summary: string;
	load(): Promise<Command>;
}

/** Every command, in the order of `clawtalk --help`. Modules are loaded only when their command runs or its help is shown. */
export const commandTable: readonly CommandEntry[] = [
	{name: 'chat', summary: 'chat with an agent in the terminal', load: async () => (await import('./chat.js')).chatCommand},
	{name: 'ask', summary: 'ask one question and print the answer', load: async () => (await import('./ask.js')).askCommand},
	{
		name: 'status',
		summary: 'look at the connection, layer by layer, and explain it',
		load: async () => (await import('./status.js')).statusCommand,
	},
	{
		name: 'explain',
		summary: 'explain a diagnosis by its id, or an error text',
		load: async () => (await import('./explain.js')).explainCommand,
	},
	{
		name: 'tunnel',
		summary: 'chat through ssh with a gateway on another machine',
		load: async () => (await import('./tunnel.js')).tunnelCommand,
	},
	{
		name: 'nodes',
		summary: 'list the nodes that run commands for the agent',
		load: async () => (await import('./nodes.js')).nodesCommand,
	},
	{name: 'config', summary: 'show and change the configuration', load: async () => (await import('./config.js')).configCommand},
	{name: 'profiles', summary: 'list the profiles of the configuration', load: async () => (await import('./profiles.js')).profilesCommand},
	{name: 'trust', summary: 'show and change which gateways are trusted', load: async () => (await import('./trust.js')).trustCommand},
	{
		name: 'identity',
		summary: 'show or renew the key by which gateways know this device',
		load: async () => (await import('./identity.js')).identityCommand,
	},
	{
		name: 'keys',
		summary: 'list the keys of the chat, with what the configuration changes',
		load: async () => (await import('./keys.js')).keysCommand,
	},
	{
		name: 'completion',
		summary: 'print a completion script for bash, zsh or fish',
		load: async () => (await import('./completion.js')).completionCommand,
	},
	{
		name: 'sessions',
		summary: 'list, search, export and delete kept conversations',
		load: async () => (await import('./sessions.js')).sessionsCommand,
	},
	{
		name: 'demo',
		summary: 'try everything against a gateway inside this program, without a network',
		load: async () => (await import('./demo.js')).demoCommand,
	},
];

/** What runs when no command is named. */
export const defaultCommandName = 'chat';

/** Flags that commands share; see `Command.commonFlags`. */
export const globalFlags: Readonly<Record<string, Flag>> = {
	gateway: {
		type: 'string',
		value: 'URL',
		help: 'gateway to talk to, e.g. http://127.0.0.1:18789',
	},
	token: {
		type: 'string',
		value: 'T',
		valueOptional: true,
		help: 'gateway token; without T it is asked for, - reads it from stdin',
	},
	tokenFile: {
		type: 'string',
		value: 'FILE',
		help: 'read the token from FILE',
	},
	tokenFrom: {
		type: 'string',
		value: 'PROFILE',
		help: 'send the token of PROFILE although it belongs to another gateway',
	},
	profile: {type: 'string', value: 'NAME', help: 'settings of this profile'},
	insecure: {
		type: 'boolean',
		help: 'send the token over plain http to a public address, this time',
	},
	debug: {
		type: 'string',
		value: 'FILE',
		help: 'append what happens to FILE, without secrets',
	},
};

/** The common flags that a command takes. */
export function commonFlagsOf({commonFlags}: Pick<Command, 'commonFlags'>): Readonly<Record<string, Flag>> {
	return Object.fromEntries(Object.entries(globalFlags).filter(([name]) => commonFlags?.includes(name) ?? true));
}

export function findCommand(name: string): CommandEntry | undefined {
	return commandTable.find(entry => entry.name === name);
}
