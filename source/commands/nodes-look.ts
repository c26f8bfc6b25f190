import {clean} from '../components/connection-report.js';
import {diagnose} from '../diagnosis/diagnose.js';
import type {Findings} from '../diagnosis/diagnosis.js';
import type {Evidence} from '../diagnosis/evidence.js';
import {canAct, type NodeState, nodeName, nodeState, nodeWords} from '../diagnosis/execution-plane.js';
import {failureLine, fixLine} from '../diagnosis/failure-lines.js';
import {redactTexts} from '../diagnosis/redact.js';
import {type ExitCode, exitCodeOfSignal, exitCodes} from '../exit-codes.js';
import {listNodes} from '../gateway/control/node-list.js';
import type {Gateway} from '../gateway/gateway.js';
import type {CommandContext} from './command.js';
import {durationInWords} from './duration.js';

/** What came of asking for the nodes. */
interface NodesLook {
	readonly evidence: Evidence;
	readonly findings: Findings;
	/** Absent when the gateway did not tell. */
	readonly nodes?: readonly NodeState[];
	/** Why not, where no diagnosis says it. */
	readonly error?: string;
	readonly exitCode: ExitCode;
}

/** Signs in, asks for the nodes and prints them. */
export async function lookAtNodes(context: CommandContext, gateway: Gateway): Promise<ExitCode> {
	const look = await ask(gateway, context.signal);
	const exitCode = exitCodeOfSignal(context.signal) ?? look.exitCode;
	if (context.flags['json'] === true) context.stdout.write(`${JSON.stringify(documentOf(look, exitCode))}\n`);
	else print(context, look);
	return exitCode;
}

async function ask({control}: Gateway, signal: AbortSignal): Promise<NodesLook> {
	const {value, evidence} = await control.connect(signal, {offersDevice: false});
	const list = value.kind === 'open' ? await listNodes(control, {signal}) : undefined;
	if (list?.ok !== true) return failed(evidence, list?.error.message);
	const atMs = evidence.observations.at(-1)?.atMs ?? 0;
	const seen: Evidence = {
		...evidence,
		observations: [...evidence.observations, {kind: 'nodes-listed', layer: 'control', atMs, nodes: list.nodes}],
	};
	const nodes = list.nodes.map(nodeState);
	return {evidence: seen, findings: diagnose(seen), nodes, exitCode: canAct(nodes) === 'no' ? exitCodes.toolsFailed : exitCodes.ok};
}

function failed(evidence: Evidence, message: string | undefined): NodesLook {
	const findings = diagnose(evidence);
	const {primary, notes} = findings;
	// What is only a note to a chat over HTTP stands in the way here.
	const cause = primary ?? notes.find(({layer}) => layer === 'auth' || layer === 'control');
	const told = cause === undefined ? {error: message ?? 'The control plane did not open.'} : {};
	return {
		evidence,
		findings: cause ? {...findings, primary: cause} : findings,
		...told,
		exitCode: primary?.exitCode ?? exitCodes.authentication,
	};
}

function documentOf({evidence, findings, nodes, error}: NodesLook, exitCode: ExitCode): unknown {
	const {primary, alternatives, notes} = findings;
	return redactTexts({
		schema: 'clawtalk.nodes/1',
		ok: exitCode === exitCodes.ok,
		exitCode,
		at: evidence.at,
		target: evidence.target,
		nodes: nodes ?? null,
		error: error ?? null,
		diagnoses: [...(primary ? [primary] : []), ...alternatives],
		notes,
	});
}

function print({stdout, stderr}: CommandContext, {evidence, findings, nodes, error}: NodesLook): void {
	if (nodes === undefined) {
		stderr.write(`clawtalk: ${clean(failureLine(evidence, findings) ?? error ?? 'the gateway did not say')}\n`);
		return;
	}
	if (nodes.length === 0) stdout.write('No nodes: commands of the agent run where the gateway runs.\n');
	const names = nodes.map(node => clean(nodeName(node)));
	const width = Math.min(32, Math.max(0, ...names.map(name => name.length)));
	for (const [index, node] of nodes.entries()) {
		stdout.write(`${(names[index] ?? '').padEnd(width)}  ${clean(nodeWords(node))}${lastSeen(node, evidence)}\n`);
	}
	for (const {title, id, fixes} of findings.notes.filter(({id}) => id.startsWith('E'))) {
		stderr.write(`${clean(`${title} [${id}]`)}\n`);
		for (const fix of fixes.slice(0, 2)) stderr.write(`  ${clean(fixLine(fix))}\n`);
	}
}

function lastSeen({online, lastSeenAt}: NodeState, {at}: Evidence): string {
	const agoMs = lastSeenAt === undefined ? Number.NaN : Date.parse(at) - lastSeenAt;
	return online === 'no' && agoMs > 0 ? ` · last seen ${durationInWords(agoMs)} ago` : '';
}
