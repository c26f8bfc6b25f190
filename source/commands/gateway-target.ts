import {loadSettings} from '../config/load.js';
import {locate} from '../config/location.js';
import {problemLine} from '../config/problem-line.js';
import {type ResolveContext, resolveTarget} from '../config/resolve-target.js';
import type {ConfigProblem, Settings, SettingsFlags, SettingsResult} from '../config/settings.js';
import type {ExitCode} from '../exit-codes.js';
import type {GatewayTarget} from '../gateway/gateway.js';
import type {CommandContext, FlagValues} from './command.js';
import {type Prompts, promptsFor} from './prompts.js';

export type TargetForCommand =
	| {readonly ok: true; readonly settings: Settings; readonly target: GatewayTarget}
	/** Everything has been said on stderr. */
	| {readonly ok: false; readonly problems: readonly ConfigProblem[]; readonly exitCode: ExitCode};

interface TargetOptions {
	/** What a withheld token does: see `ResolveContext`. */
	readonly onWithheld: ResolveContext['onWithheld'];
	/** stdin holds the question, so `--token -` cannot have it. */
	readonly stdinIsTaken?: boolean;
	/** `--quiet`: corrections and warnings are not said; problems are. */
	readonly quiet?: boolean;
	/** The caller says problems itself. */
	readonly saysProblems?: boolean;
	/** Settings that are there already (after the guided setup). */
	readonly settings?: SettingsResult;
}

/** Flags of the command line → the gateway to talk to, asking on the terminal where needed. Says on stderr what there is to say. */
export async function targetForCommand(context: CommandContext, options: TargetOptions): Promise<TargetForCommand> {
	const say = (line: string): void => void context.stderr.write(`${line}\n`);
	const prompts = promptsFor(context);
	const result =
		options.settings ??
		(await loadSettings({
			flags: settingsFlags(context.flags),
			env: context.env,
			...(options.stdinIsTaken ? {} : {stdin: context.stdin}),
			stdinIsTTY: prompts !== undefined,
		}));
	const sayProblem = options.saysProblems ? () => undefined : say;
	if (!result.ok) return refuse(result.problems, sayProblem);
	const {settings} = result;
	if (!options.quiet) {
		for (const correction of settings.corrections) say(`clawtalk: ${correction}`);
		for (const warning of settings.warnings) say(problemLine(warning));
	}
	const resolved = await resolveTarget(settings, resolveContext(context, prompts, options.onWithheld));
	for (const notice of resolved.notices) say(`clawtalk: ${notice}`);
	return resolved.ok ? {ok: true, settings, target: resolved.target} : refuse(resolved.problems, sayProblem);
}

/** What `resolveTarget` needs, from the world of a command. */
function resolveContext(
	context: Pick<CommandContext, 'env' | 'signal' | 'flags' | 'stderr'>,
	prompts: Prompts | undefined,
	onWithheld: ResolveContext['onWithheld'],
): ResolveContext {
	return {
		locations: locate(context.env),
		env: context.env,
		insecure: context.flags['insecure'] === true,
		...(prompts ? {ask: prompts.yes, askHidden: prompts.hidden} : {}),
		attended: context.stderr.isTTY === true,
		isTailscalePeer,
		onWithheld,
		signal: context.signal,
	};
}

/** The flags that take part in settings. */
export function settingsFlags(flags: FlagValues): SettingsFlags {
	const names = ['gateway', 'token', 'tokenFile', 'tokenFrom', 'profile', 'agent', 'model', 'session', 'transport'] as const;
	const given = names.flatMap(name => (typeof flags[name] === 'string' ? [[name, flags[name]]] : []));
	return {...Object.fromEntries(given), ...(flags['insecure'] === true ? {insecure: true} : {})};
}

/** Says the problems, one line each, and gives the exit code of the first. */
export function refuse(
	problems: readonly ConfigProblem[],
	say: (line: string) => void,
): {readonly ok: false; readonly problems: readonly ConfigProblem[]; readonly exitCode: ExitCode} {
	for (const problem of problems) say(problemLine(problem));
	return {ok: false, problems, exitCode: problems[0]?.exitCode ?? 78};
}

/** Asks the local Tailscale, for at most two seconds, whether it runs and lists a host (name, or address with or without brackets). */
export async function isTailscalePeer(host: string): Promise<boolean> {
	const {tailscaleStatus} = await import('../network/tailscale.js');
	const status = await tailscaleStatus({timeoutMs: 2000});
	if (!status?.running) return false;
	const wanted = host
		.toLowerCase()
		.replace(/^\[|\]$/g, '')
		.replace(/\.$/, '');
	const known = status.self ? [...status.peers, status.self] : status.peers;
	return known.some(({name, addresses}) => name.toLowerCase() === wanted || addresses.includes(wanted));
}
