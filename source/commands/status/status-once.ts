import {problemWords} from '../../config/problem-line.js';
import type {ConfigProblem} from '../../config/settings.js';
import {diagnose} from '../../diagnosis/diagnose.js';
import type {Evidence, Layer} from '../../diagnosis/evidence.js';
import {layers} from '../../diagnosis/evidence.js';
import type {LayerReport} from '../../diagnosis/ladder.js';
import type {ExitCode} from '../../exit-codes.js';
import type {CommandContext} from '../command.js';
import type {OpenedGateway} from '../open-gateway.js';
import {describeClient} from './describe-client.js';
import {liveBlock} from './live-block.js';
import {asObservation, type Checked, checkGateway} from './status-check.js';
import {statusDocument, withoutSecrets} from './status-document.js';
import {statusExitCode} from './status-exit-code.js';
import {openForStatus} from './status-open.js';
import {styleFor} from './status-style.js';

type Opened = Extract<OpenedGateway, {ok: true}>;

/** `clawtalk status`: one look, filled in live on a terminal; with `--report` its result goes into a report instead. */
export async function lookOnce(context: CommandContext): Promise<ExitCode> {
	const {opened, problems} = await openForStatus(context);
	if (!opened.ok) return showNotOpened(context, opened.exitCode, opened.problems);
	try {
		return await show(context, opened, problems);
	} finally {
		await opened.gateway.close();
	}
}

async function show(context: CommandContext, opened: Opened, problems: readonly ConfigProblem[]): Promise<ExitCode> {
	const {flags, stdout} = context;
	const look = (onObserved?: (evidence: Evidence) => void) =>
		checkGateway(context, opened, {
			depth: flags['deep'] === true ? 'deep' : 'standard',
			only: flags['only'] as Layer | undefined,
			problems,
			...(onObserved ? {onObserved} : {}),
		});
	if (flags['check'] === true) return statusExitCode(await look());
	if (typeof flags['report'] === 'string') {
		const checked = await look();
		const written = await (await import('./status-export.js')).exportReport(context, checked.evidence);
		return statusExitCode(checked, written);
	}
	if (flags['json'] === true) {
		const checked = await look();
		const client = await describeClient(context.env, {triesFetch: true});
		stdout.write(`${JSON.stringify(statusDocument(checked, client))}\n`);
		return statusExitCode(checked);
	}
	return statusExitCode(await showText(context, opened, look));
}

/** On a terminal the ladder is filled in place; elsewhere the first line comes at once and the rest when it is known. */
async function showText(
	context: CommandContext,
	{gateway, settings}: Opened,
	look: (onObserved: (evidence: Evidence) => void) => Promise<Checked>,
): Promise<Checked> {
	const {stdout, flags} = context;
	const [{progressLines, statusLines}, style] = await Promise.all([import('./status-text.js'), styleFor(context)]);
	const deep = flags['deep'] === true;
	const block = stdout.isTTY ? liveBlock(stdout) : undefined;
	const draw = (evidence: Evidence) => {
		// A terminal that is made wider or narrower meanwhile is drawn for as it is now.
		const width = stdout.columns || 80;
		block?.draw(progressLines(evidence, diagnose(evidence), settings.profile, {...style, width, deep}));
	};
	draw(gateway.describe());
	const checked = await look(draw);
	const verbose = flags['verbose'] === true;
	const lines = statusLines(checked, await describeClient(context.env, {triesFetch: verbose}), {...style, verbose, deep});
	if (block) block.end(lines);
	else stdout.write(`${lines.join('\n')}\n`);
	return checked;
}

/** The configuration names no gateway that could be looked at: the first layer is all there is to tell. */
async function showNotOpened(context: CommandContext, exitCode: ExitCode, problems: readonly ConfigProblem[]): Promise<ExitCode> {
	const {flags, stdout} = context;
	const lines = problems.map(problemWords);
	const rungs = layers.map((id): LayerReport => ({id, state: id === 'config' ? 'fail' : 'not-run'}));
	if (flags['check'] === true) return exitCode;
	const evidence = evidenceOfProblems(problems);
	const findings = diagnose(evidence);
	// A question that was cancelled is no setting that cannot be used.
	const isKnown = problems.some(({row}) => row !== undefined);
	if (flags['json'] === true) {
		const {primary, alternatives, notes} = findings;
		const diagnoses = [...(primary ? [primary] : []), ...alternatives];
		const document = {schema: 'clawtalk.status/1', ok: false, exitCode, layers: rungs, problems: lines, diagnoses, notes};
		stdout.write(`${JSON.stringify(withoutSecrets(document))}\n`);
	} else {
		const [{notOpenedLines}, style] = await Promise.all([import('./status-text.js'), styleFor(context)]);
		stdout.write(`${notOpenedLines(rungs, lines, {evidence, findings: isKnown ? findings : undefined}, style).join('\n')}\n`);
	}
	return exitCode;
}

/** There is no gateway to tell of: its place in the evidence stays empty, where the problem says the setting or the flag. */
function evidenceOfProblems(problems: readonly ConfigProblem[]): Evidence {
	return {
		schema: 'clawtalk.evidence/1',
		at: new Date().toISOString(),
		target: {origin: '', source: problems[0]?.where ?? 'config.json', addressClass: 'unspecified'},
		credential: {set: false, sent: false},
		observations: problems.map(asObservation),
	};
}
