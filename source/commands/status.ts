import type {ConfigProblem} from '../config/settings.js';
import {diagnose} from '../diagnosis/diagnose.js';
import {evidenceLines} from '../diagnosis/failure-lines.js';
import {redact} from '../diagnosis/redact.js';
import {type ExitCode, exitCodes} from '../exit-codes.js';
import type {Palette} from '../terminal/palette.js';
import {readVersion} from '../version.js';
import type {Command, CommandContext} from './command.js';
import {climb, climbed, type LayerReport} from './status-ladder.js';
import {lookAtGateway} from './status-look.js';
import {openForStatus, withProblems} from './status-open.js';
import {type ClientReport, type StatusReport, statusDocument} from './status-report.js';

export const statusCommand: Command = {
	name: 'status',
	summary: 'look at the connection, layer by layer, and explain it',
	usage: ['status [flags]'],
	flags: {json: {type: 'boolean', help: 'print one document {schema: "clawtalk.status/1", …}'}},
	details:
		'Sends no question. A broken configuration is shown as the first layer; with a gateway from a flag or the environment the look goes on. A token that was refused before is tried once more. The exit code is that of the first problem, with and without --json; see clawtalk --help.',
	run,
};

async function run(context: CommandContext): Promise<ExitCode> {
	if (context.input.length > 0) {
		context.stderr.write('clawtalk: status takes no arguments. See clawtalk help status.\n');
		return exitCodes.usage;
	}
	const startedAt = performance.now();
	const {opened, problems} = await openForStatus(context);
	if (!opened.ok) return showNotOpened(context, opened.exitCode, opened.problems);
	const {gateway, settings} = opened;
	try {
		const seen = await lookAtGateway(gateway, context.signal);
		const look = {...seen, evidence: withProblems(seen.evidence, problems)};
		const client = await describeClient();
		const findings = diagnose(look.evidence);
		for (const line of evidenceLines(look.evidence)) context.debug(`evidence: ${line}`);
		const layers = climb(seen, problems.length > 0 ? diagnose(seen.evidence).primary : findings.primary);
		await print(context, {
			client,
			...(settings.profile === undefined ? {} : {profile: settings.profile}),
			look,
			layers: problems.length > 0 ? [brokenConfig, ...layers.slice(1)] : layers,
			findings,
			durationMs: Math.round(performance.now() - startedAt),
		});
		return findings.primary?.exitCode ?? exitCodes.ok;
	} finally {
		await gateway.close();
	}
}

const brokenConfig: LayerReport = {id: 'config', state: 'fail', note: 'broken; looked without its file'};

async function print(context: CommandContext, report: StatusReport): Promise<void> {
	const {stdout, flags} = context;
	if (flags['json'] === true) {
		stdout.write(`${JSON.stringify(statusDocument(report))}\n`);
		return;
	}
	const {statusText} = await import('./status-text.js');
	stdout.write(statusText(report, await paletteFor(context), widthOf(context)));
}

/** The configuration names no gateway that could be looked at: the first layer is all there is to tell. */
async function showNotOpened(context: CommandContext, exitCode: ExitCode, problems: readonly ConfigProblem[]): Promise<ExitCode> {
	const lines = problems.map(({where, message}) => `${where}: ${message}`);
	const layers = climbed.map((id): LayerReport => ({id, state: id === 'config' ? 'fail' : 'not-run'}));
	if (context.flags['json'] === true) {
		const document = {schema: 'clawtalk.status/1', ok: false, exitCode, layers, problems: lines, diagnoses: [], notes: []};
		context.stdout.write(`${redact(JSON.stringify(document))}\n`);
	} else {
		const {notOpenedText} = await import('./status-text.js');
		context.stdout.write(notOpenedText(layers, lines, await paletteFor(context), widthOf(context)));
	}
	return exitCode;
}

/** Columns to wrap to; undefined where nobody looks at a terminal. */
function widthOf({stdout}: CommandContext): number | undefined {
	return stdout.isTTY ? stdout.columns || 80 : undefined;
}

async function paletteFor({env, stdout}: CommandContext): Promise<Palette> {
	const [{createPalette}, {colourLevel}] = await Promise.all([import('../terminal/palette.js'), import('../terminal/colour.js')]);
	return createPalette(colourLevel(env, stdout.isTTY === true), 'auto');
}

async function describeClient(): Promise<ClientReport> {
	const [{builtInFetchUsesDispatcher}, {undiciVersion}] = await Promise.all([
		import('../network/dispatcher.js'),
		import('../network/undici.js'),
	]);
	let usesDispatcher: boolean | null;
	try {
		usesDispatcher = await builtInFetchUsesDispatcher();
	} catch {
		// No loopback listener can be opened here (a sandbox): then it is not known.
		usesDispatcher = null;
	}
	return {
		version: readVersion(),
		node: process.versions.node,
		undici: undiciVersion,
		platform: `${process.platform} ${process.arch}`,
		builtInFetchUsesDispatcher: usesDispatcher,
	};
}
