import {locate} from '../../config/location.js';
import type {ConfigProblem, Settings} from '../../config/settings.js';
import {diagnose} from '../../diagnosis/diagnose.js';
import type {Findings} from '../../diagnosis/diagnosis.js';
import type {Evidence, Layer, Observation} from '../../diagnosis/evidence.js';
import {evidenceLines} from '../../diagnosis/failure-lines.js';
import {findLast} from '../../diagnosis/find.js';
import {judgeAccess} from '../../diagnosis/ladder-proofs.js';
import type {Depth} from '../../diagnosis/probes/collect.js';
import {type ExitCode, exitCodeOfSignal} from '../../exit-codes.js';
import {openConnectionMemory} from '../../history/connection-memory.js';
import type {CommandContext} from '../command.js';
import type {OpenedGateway} from '../open-gateway.js';

/** What a look at a gateway brought to light, and what it means. */
export interface Checked {
	readonly evidence: Evidence;
	readonly findings: Findings;
	readonly profile?: string;
	/** Ids of the agents, where the gateway lists them. */
	readonly agents: readonly string[];
	readonly durationMs: number;
	/** The exit code of the signal that ended the look early. */
	readonly endedBy?: ExitCode;
}

export interface CheckOptions {
	readonly depth: Depth;
	readonly only?: Layer | undefined;
	/** What is wrong with the configuration. */
	readonly problems?: readonly ConfigProblem[];
	/** Not the gateway in use: shell prompts do not change to it. */
	readonly aside?: boolean;
	/** All evidence so far, each time something was observed. */
	readonly onObserved?: (evidence: Evidence) => void;
}

/** Looks at an open gateway from the outside in, and remembers what it saw. Starts no run. */
export async function checkGateway(
	context: CommandContext,
	{gateway, settings}: Extract<OpenedGateway, {ok: true}>,
	options: CheckOptions,
): Promise<Checked> {
	const {signal, env} = context;
	const startedAt = performance.now();
	const memory = openConnectionMemory(locate(env), Date.now, context.debug);
	const {collect} = await import('../../diagnosis/probes/collect.js');
	const before = await knownBefore(settings, memory.lastKnownGood(settings.origin.value), options.problems ?? []);
	const minimal = settings.probes.value === 'minimal';
	const evidence = await collect(gateway, {
		...options,
		minimal,
		before,
		env,
		signal,
		signsIn: settings.transport?.value !== 'http',
		now: Date.now,
	});
	const isWhole = options.only === undefined && options.depth !== 'health';
	const agents = isWhole && !signal.aborted && judgeAccess(evidence).auth === 'ok' ? (await gateway.listAgents(signal)).value : [];
	const endedBy = exitCodeOfSignal(signal);
	for (const line of evidenceLines(evidence)) context.debug(`evidence: ${line}`);
	const {profile} = settings;
	if (!signal.aborted && options.only === undefined) {
		await memory.remember({evidence, by: 'status', profile, latencyMs: latencyIn(evidence), aside: options.aside === true});
	}
	return {
		evidence,
		findings: diagnose(evidence),
		...(profile === undefined ? {} : {profile}),
		agents,
		durationMs: Math.round(performance.now() - startedAt),
		...(endedBy === undefined ? {} : {endedBy}),
	};
}

/** How long the gateway took to say who it is, in milliseconds. */
export function latencyIn(evidence: Evidence): number | undefined {
	const health = findLast(evidence, 'http-answer', ({path}) => /\/healthz$/.test(path))?.observation;
	return health?.tookMs ?? findLast(evidence, 'peer-identified')?.observation.tookMs;
}

async function knownBefore(
	{conflicts, warnings}: Settings,
	lastGood: Promise<Observation | undefined>,
	problems: readonly ConfigProblem[],
): Promise<readonly Observation[]> {
	const observed = conflicts.map((conflict): Observation => ({kind: 'value-conflict', layer: 'config', atMs: 0, ...conflict}));
	const known = await lastGood;
	const noticed = warnings.filter(({row}) => row !== undefined);
	return [...[...problems, ...noticed].map(asObservation), ...observed, ...(known ? [known] : [])];
}

export function asObservation({row = 'C00', where, message}: Omit<ConfigProblem, 'exitCode'>): Observation {
	return {kind: 'configuration-problem', layer: 'config', atMs: 0, row, setting: where, message};
}
