import {type ExitCode, exitCodes} from '../exit-codes.js';
import type {Command, CommandContext} from './command.js';
import {longName} from './command-line/scan-arguments.js';
import {conflictOf, statusFlags} from './status/status-flags.js';

export const statusCommand: Command = {
	name: 'status',
	summary: 'look at the connection, layer by layer, and explain it',
	usage: [
		'status [flags]',
		'status --watch [--interval S] [--json]',
		'status --all [--json]',
		"status --cached [--max-age S] [--format '{lamp} {profile} {id}']",
		'status --history [--json]',
		'status --report FILE|-',
		'status --evidence FILE|- [--json]',
		'status --check-updates [--json]',
	],
	flags: statusFlags,
	details: [
		'Sends no question. A broken configuration is shown as the first layer; with a gateway from a flag or the environment the look goes on. A token that was refused before is tried once more. The exit code is that of the first problem, the same in every form; notes never change it. Ctrl+C ends with 130 and what is known so far. See clawtalk --help for the codes.',
		'',
		'--json is described in docs/status-json.md. --watch --json prints one document a line.',
		'',
		'--cached exits with the code of the last look; when that is missing or older than --max-age the lamp is ? and the code 75. Lamps: ✓ usable, ✗ not usable, ? not known.',
		'',
		'--report shows what leaves before it writes it, to a new file of mode 0600, after a yes on a terminal. A file that is there already is refused before anything is looked at.',
		'',
		'--check-updates looks at no gateway. It asks registry.npmjs.org, or the one that npm_config_registry names, for the latest version, waits three seconds at most, and sends nothing but the name of the package.',
	].join('\n'),
	run,
};

/** Each way of looking is a module of its own: a shell prompt that asks for --cached loads nothing of the others. */
async function run(context: CommandContext): Promise<ExitCode> {
	const {flags} = context;
	const given = (name: string) => flags[name] !== undefined && flags[name] !== false;
	const wrong = context.input.length > 0 ? 'status takes no arguments.' : conflictOf(given, longName);
	if (wrong !== undefined) {
		context.stderr.write(`clawtalk: ${wrong} See clawtalk help status.\n`);
		return exitCodes.usage;
	}
	if (typeof flags['report'] === 'string' && (await (await import('./status/status-export.js')).standsInTheWay(context, flags['report'])))
		return exitCodes.usage;
	if (given('cached')) return (await import('./status/status-cached.js')).showCached(context);
	if (given('checkUpdates')) return (await import('./status/status-updates.js')).checkUpdates(context);
	if (given('history')) return (await import('./status/status-history.js')).showHistory(context);
	if (given('evidence')) return (await import('./status/status-replay.js')).replay(context);
	if (given('all')) return (await import('./status/status-all.js')).lookAtAll(context);
	if (given('watch')) return (await import('./status/status-watch.js')).watch(context);
	return (await import('./status/status-once.js')).lookOnce(context);
}
