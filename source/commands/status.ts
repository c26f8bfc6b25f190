import {diagnose} from '../diagnosis/diagnose.js';
import {evidenceLines} from '../diagnosis/failure-lines.js';
import {type ExitCode, exitCodes} from '../exit-codes.js';
import {readVersion} from '../version.js';
import type {Command, CommandContext} from './command.js';
import {openGatewayForCommand} from './open-gateway.js';
import {climb} from './status-ladder.js';
import {lookAtGateway} from './status-look.js';
import {type ClientReport, type StatusReport, statusDocument} from './status-report.js';

export const statusCommand: Command = {
	name: 'status',
	summary: 'look at the connection, layer by layer, and explain it',
	usage: ['status [flags]'],
	flags: {json: {type: 'boolean', help: 'print one document {schema: "clawtalk.status/1", …}'}},
	details:
		'Sends no question. A token that was refused before is tried once more. The exit code is that of the first problem, with and without --json; see clawtalk --help.',
	run,
};

async function run(context: CommandContext): Promise<ExitCode> {
	if (context.input.length > 0) {
		context.stderr.write('clawtalk: status takes no arguments. See clawtalk help status.\n');
		return exitCodes.usage;
	}
	const startedAt = performance.now();
	const opened = await openGatewayForCommand(context, {onWithheld: 'carry'});
	if (!opened.ok) {
		if (context.flags['json'] === true) context.stdout.write(`${JSON.stringify(notOpened(opened.exitCode, opened.messages))}\n`);
		return opened.exitCode;
	}
	const {gateway, settings} = opened;
	try {
		const look = await lookAtGateway(gateway, context.signal);
		const client = await describeClient();
		const findings = diagnose(look.evidence);
		for (const line of evidenceLines(look.evidence)) context.debug(`evidence: ${line}`);
		await print(context, {
			client,
			...(settings.profile === undefined ? {} : {profile: settings.profile}),
			look,
			layers: climb(look, findings.primary),
			findings,
			durationMs: Math.round(performance.now() - startedAt),
		});
		return findings.primary?.exitCode ?? exitCodes.ok;
	} finally {
		await gateway.close();
	}
}

async function print(context: CommandContext, report: StatusReport): Promise<void> {
	const {stdout, env, flags} = context;
	if (flags['json'] === true) {
		stdout.write(`${JSON.stringify(statusDocument(report))}\n`);
		return;
	}
	const [{statusText}, {createPalette}, {colourLevel}] = await Promise.all([
		import('./status-text.js'),
		import('../terminal/palette.js'),
		import('../terminal/colour.js'),
	]);
	stdout.write(statusText(report, createPalette(colourLevel(env, stdout.isTTY === true), 'auto')));
}

/** The configuration stops everything: the first layer is all there is to tell, and stderr has it in words. */
function notOpened(exitCode: ExitCode, messages: readonly string[]) {
	return {
		schema: 'clawtalk.status/1',
		ok: false,
		exitCode,
		layers: [{id: 'config', state: 'fail'}],
		problems: messages,
		diagnoses: [],
		notes: [],
	};
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
