import {PassThrough} from 'node:stream';
import {hang, type ReportStyle} from '../../components/connection-report.js';
import {locate} from '../../config/location.js';
import {problemLine, problemWords} from '../../config/problem-line.js';
import {readConfigFile} from '../../config/read.js';
import {checkConfig, isRecord} from '../../config/schema.js';
import type {ConfigProblem} from '../../config/settings.js';
import type {Layer} from '../../diagnosis/evidence.js';
import {type ExitCode, exitCodeOfSignal, exitCodes} from '../../exit-codes.js';
import {pathTo} from '../../network/path-words.js';
import type {CommandContext} from '../command.js';
import {refuse} from '../gateway-target.js';
import {openGatewayForCommand} from '../open-gateway.js';
import {type Checked, checkGateway, latencyIn} from './status-check.js';
import {statusDocument, withoutSecrets} from './status-document.js';
import {statusExitCode} from './status-exit-code.js';
import {styleFor} from './status-style.js';

interface Looked {
	readonly name: string;
	readonly exitCode: ExitCode;
	readonly checked?: Checked;
	readonly problems: readonly ConfigProblem[];
}

/**
 * `clawtalk status --all`: every profile in parallel, one line each, in the order of the config file. The exit code is that of the first
 * one with a problem. Nothing is asked on the terminal: questions of several gateways at once would not be told apart.
 */
export async function lookAtAll(context: CommandContext): Promise<ExitCode> {
	const {stdout, stderr, flags, signal} = context;
	const strange = ['gateway', 'token', 'tokenFile', 'tokenFrom', 'profile'].find(name => flags[name] !== undefined);
	if (strange !== undefined) {
		stderr.write('clawtalk: --all looks at the profiles of the configuration, and takes no gateway, token or profile beside it.\n');
		return exitCodes.usage;
	}
	const names = await profileNames(context);
	if (!names.ok) return names.exitCode;
	const looked = await Promise.all(names.names.map(name => lookAt(context, name)));
	const exitCode = exitCodeOfSignal(signal) ?? looked.find(one => one.exitCode !== exitCodes.ok)?.exitCode ?? exitCodes.ok;
	if (flags['json'] === true) stdout.write(`${JSON.stringify(documentOf(looked, exitCode))}\n`);
	else if (flags['check'] !== true) {
		const style = await styleFor(context);
		const nameWidth = Math.max(...looked.map(({name}) => name.length));
		stdout.write(`${looked.flatMap(one => rowOf(one, nameWidth, style)).join('\n')}\n`);
	}
	return exitCode;
}

/** The profiles; the top level too, as `default`, when it names a gateway or there are none. */
async function profileNames(
	context: CommandContext,
): Promise<{readonly ok: true; readonly names: readonly string[]} | {readonly ok: false; readonly exitCode: ExitCode}> {
	const {configFile} = locate(context.env);
	const file = await readConfigFile(configFile);
	const say = (line: string): void => void context.stderr.write(`${line}\n`);
	if (file.kind === 'broken') return {ok: false, exitCode: refuse([file.problem], say).exitCode};
	const config = file.kind === 'object' ? file.value : {};
	const problems = checkConfig(config, configFile);
	if (problems.length > 0) return {ok: false, exitCode: refuse(problems, say).exitCode};
	const profiles = isRecord(config['profiles']) ? Object.keys(config['profiles']) : [];
	const withTop = (typeof config['gatewayUrl'] === 'string' || profiles.length === 0) && !profiles.includes('default');
	return {ok: true, names: [...(withTop ? ['default'] : []), ...profiles]};
}

async function lookAt(context: CommandContext, name: string): Promise<Looked> {
	const stdin = Object.assign(new PassThrough().end(), {isTTY: false});
	const own = {...context, stdin, flags: {...context.flags, profile: name}};
	const opened = await openGatewayForCommand(own, {onWithheld: 'carry', saysProblems: true, quiet: true});
	if (!opened.ok) return {name, exitCode: opened.exitCode, problems: opened.problems};
	try {
		const depth = context.flags['deep'] === true ? 'deep' : 'standard';
		const checked = await checkGateway(own, opened, {depth, only: context.flags['only'] as Layer | undefined, aside: true});
		return {name, exitCode: statusExitCode(checked), checked, problems: []};
	} finally {
		await opened.gateway.close();
	}
}

function rowOf({name, checked, problems}: Looked, nameWidth: number, style: ReportStyle): readonly string[] {
	const primary = checked?.findings.primary;
	const isGood = checked !== undefined && primary === undefined;
	const latencyMs = checked && latencyIn(checked.evidence);
	const where = checked && `${checked.evidence.target.origin} · ${pathTo(checked.evidence.target.addressClass)}`;
	const words = [
		where,
		isGood && latencyMs !== undefined && `${Math.round(latencyMs)} ms`,
		primary && `${primary.id} ${primary.title}`,
		...problems.map(problem => problemLine(problem).replace(/^clawtalk: /, '')),
	];
	const mark = isGood ? style.palette.good('✓') : style.palette.error('✗');
	const lines = hang(`  ${name.padEnd(nameWidth)}  `, words.filter(Boolean).join(' · '), style);
	return lines.map((line, index) => (index === 0 ? mark + line.slice(1) : line));
}

function documentOf(looked: readonly Looked[], exitCode: ExitCode): unknown {
	const gateways = looked.map(({name, checked, problems, exitCode: own}) =>
		checked
			? statusDocument({...checked, profile: name}, null)
			: {
					schema: 'clawtalk.status/1',
					ok: false,
					exitCode: own,
					target: {profile: name},
					problems: problems.map(problemWords),
					diagnoses: [],
					notes: [],
				},
	);
	return withoutSecrets({schema: 'clawtalk.status-all/1', ok: exitCode === exitCodes.ok, exitCode, gateways});
}
