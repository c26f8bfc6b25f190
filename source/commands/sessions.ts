import {type ExitCode, exitCodes} from '../exit-codes.js';
import {exportFormats} from '../export/export-format.js';
import type {Command, CommandContext} from './command.js';
import {unknownSubcommand} from './command-line/subcommands.js';
import {globalFlags} from './registry.js';

type Action = (context: CommandContext, operands: readonly string[]) => Promise<ExitCode>;

interface Subcommand {
	/** Flags it takes beside `--json`. */
	readonly flags: readonly string[];
	readonly run: Action;
}

/** What each needs is loaded when it runs. */
const subcommands: Readonly<Record<string, Subcommand>> = {
	list: {
		flags: ['trash', 'limit', 'gatewaySessions'],
		run: async (context, words) => (await import('./sessions/sessions-list.js')).listSessions(context, words),
	},
	show: {flags: ['limit', 'all'], run: async (context, ids) => (await import('./sessions/sessions-show.js')).showSession(context, ids)},
	search: {
		flags: ['in', 'limit'],
		run: async (context, words) => (await import('./sessions/sessions-search.js')).searchSessions(context, words),
	},
	rename: {flags: [], run: async (context, words) => (await import('./sessions/sessions-change.js')).renameSession(context, words)},
	delete: {flags: [], run: async (context, ids) => (await import('./sessions/sessions-change.js')).deleteSessions(context, ids)},
	restore: {flags: [], run: async (context, ids) => (await import('./sessions/sessions-change.js')).restoreSession(context, ids)},
	export: {
		flags: ['format', 'force'],
		run: async (context, words) => (await import('./sessions/sessions-transfer.js')).exportSession(context, words),
	},
	import: {flags: [], run: async (context, files) => (await import('./sessions/sessions-transfer.js')).importSessions(context, files)},
	prune: {
		flags: ['olderThan', 'trash', 'dryRun', 'yes'],
		run: async (context, words) => (await import('./sessions/sessions-prune.js')).pruneSessions(context, words),
	},
};

/** `clawtalk sessions`: the conversations that are kept on this machine. */
export const sessionsCommand: Command = {
	name: 'sessions',
	summary: 'list, search, export and delete kept conversations',
	usage: [
		'sessions list [--trash | --gateway-sessions] [--limit N]',
		'sessions show ID [--limit N | --all]',
		'sessions search WORDS… [--in ID] [--limit N]',
		'sessions rename ID NAME',
		'sessions delete ID…',
		'sessions restore ID',
		'sessions export ID [FILE] [--format FORMAT] [--force]',
		'sessions import FILE…',
		'sessions prune --older-than AGE [--trash] [--dry-run] [--yes]',
	],
	flags: {
		json: {type: 'boolean', help: 'print one document; docs/sessions-json.md describes it'},
		trash: {type: 'boolean', help: 'list: what was deleted; prune: delete for good what was deleted that long ago'},
		gatewaySessions: {type: 'boolean', help: 'list: the sessions that the gateway keeps, asked over its control plane'},
		limit: {type: 'number', value: 'N', help: 'print at most N (list: all, search: 100, show: the last 10)'},
		all: {type: 'boolean', help: 'show all questions'},
		in: {type: 'string', value: 'ID', help: 'search this conversation only'},
		format: {type: 'string', choices: exportFormats, help: "format of the export; else the file's name decides, else md"},
		force: {type: 'boolean', help: 'write over the file of an export'},
		olderThan: {type: 'string', value: 'AGE', help: 'not written to for AGE: 30d, 8w, 12h'},
		dryRun: {type: 'boolean', help: 'say what prune would do, and do nothing'},
		yes: {type: 'boolean', help: 'prune without asking'},
	},
	details: [
		'ID is an id, the beginning of one, or a name. clawtalk --resume ID goes on with one.',
		'',
		'delete and prune move into the trash, and restore brings back. Only prune --trash deletes for good.',
		'',
		'export writes to stdout without FILE, and private files (0600) with it. md, html and txt leave out the address of the gateway and the session key; html is one page that needs no network and no script. jsonl can be imported: import takes - for stdin, overwrites nothing, and gives a conversation whose id is taken a new one.',
		'',
		'  clawtalk sessions search "holiday plans"',
		'  clawtalk sessions export 3f2a9c04 holiday.html',
		'  clawtalk sessions prune --older-than 90d --dry-run',
		'',
		'The exit code is 2 when no conversation, or more than one, is meant, or a file is in the way, and 78 when the disk refuses.',
	].join('\n'),
	run,
};

async function run(context: CommandContext): Promise<ExitCode> {
	const [name = '', ...operands] = context.input;
	const refuse = (message: string): ExitCode => {
		context.stderr.write(`clawtalk: sessions: ${message} See clawtalk help sessions.\n`);
		return exitCodes.usage;
	};
	const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
	if (subcommand === undefined) {
		context.stderr.write(`clawtalk: sessions: ${unknownSubcommand(name, Object.keys(subcommands))}\n`);
		return exitCodes.usage;
	}
	const others = Object.keys(sessionsCommand.flags).filter(flag => flag !== 'json' && !subcommand.flags.includes(flag));
	const asksGateway = name === 'list' && context.flags['gatewaySessions'] === true;
	const ofGateways = asksGateway ? [] : Object.keys(globalFlags).filter(flag => flag !== 'debug');
	const notTaken = [...others, ...ofGateways].find(flag => context.flags[flag] !== undefined);
	if (notTaken !== undefined)
		return refuse(`${name} does not take ${(await import('./command-line/scan-arguments.js')).longName(notTaken)}.`);
	const {guarded} = await import('./sessions/sessions-guard.js');
	return guarded(context, () => subcommand.run(context, operands));
}
