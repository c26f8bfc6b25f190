import {lookCloser} from './client-commands.js';
import {describeObservation} from './describe.js';
import {diagnose} from './diagnose.js';
import type {Diagnosis, Findings, Fix} from './diagnosis.js';
import type {Evidence, Observation} from './evidence.js';

/**
 * A failure in one line for stderr of a command: what was observed, and the command to look closer.
 * `Nothing listens on 127.0.0.1:18789 (connection refused). To look closer: clawtalk status`
 */
export function failureLine(evidence: Evidence, findings: Findings = diagnose(evidence)): string | undefined {
	const {primary} = findings;
	if (!primary) return undefined;
	return `${titleWithProof(primary, evidence)}. ${isUnconfigured(findings) ? howToConfigure : nextStep(primary, evidence)}`;
}

/** A failure in two or three lines for the chat: what was seen, what it means, what to do first. */
export function failureLines(evidence: Evidence, findings: Findings = diagnose(evidence)): readonly string[] {
	const {primary} = findings;
	if (!primary) return [];
	const fix = primary.fixes[0];
	return [`${titleWithProof(primary, evidence)}.`, primary.explanation, ...(fix ? [fixLine(fix)] : [])];
}

const warnings: Readonly<Partial<Record<Fix['applicability'], string>>> = {
	'changes-exposure': ' (this changes who can reach the gateway or the token)',
	'last-resort': ' (last resort)',
};

/** One thing to do, in words and with its command: `On the gateway host: start it: openclaw gateway start`. */
export function fixLine({where, action, command, applicability, fallback, since}: Fix): string {
	const place = where === 'gateway-host' ? 'On the gateway host: ' : '';
	// Notes stand before the command: after it they would read like a part of it.
	const older = fallback ? ` (before ${since ?? 'that'}: ${fallback})` : '';
	const text = `${place}${action}${older}${warnings[applicability] ?? ''}${command ? `: ${command}` : ''}`;
	return text.charAt(0).toUpperCase() + text.slice(1);
}

const codeWords: ReadonlyMap<string, string> = new Map(
	Object.entries({
		ECONNREFUSED: 'connection refused',
		ECONNRESET: 'connection reset',
		ETIMEDOUT: 'connection timed out',
		UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
		UND_ERR_SOCKET: 'the other side closed',
		ENOTFOUND: 'name not found',
		EAI_AGAIN: 'no answer from the name servers',
		EHOSTUNREACH: 'host unreachable',
		ENETUNREACH: 'network unreachable',
		EPIPE: 'broken pipe',
	}),
);

/** The title, with the observation behind it in parentheses when the title does not say it already. */
function titleWithProof(diagnosis: Diagnosis, evidence: Evidence): string {
	const observation = evidence.observations[diagnosis.evidence[0] ?? -1];
	const {title, retryAfterMs} = diagnosis;
	// A wait that the peer asked for is always shown; some titles say it already.
	const wait = retryAfterMs === undefined || /\d s\b/.test(title) ? undefined : `wait ${Math.ceil(retryAfterMs / 1000)} s`;
	const proof = [observation && proofOf(observation, title), wait].filter(part => part !== undefined).join(', ');
	if (proof === '' || title.includes(proof)) return title;
	return title.endsWith(')') ? `${title.slice(0, -1)}; ${proof})` : `${title} (${proof})`;
}

function proofOf(observation: Observation, title: string): string | undefined {
	if (observation.kind === 'network-failure') {
		const failed = observation.attempts.filter(attempt => attempt.code !== undefined);
		// Of several addresses, the one that the title is about.
		const code = (failed.find(({address}) => address !== undefined && title.includes(address)) ?? failed[0])?.code;
		return code === undefined ? undefined : (codeWords.get(code) ?? code);
	}
	if (observation.kind === 'tcp-attempt') {
		const code = observation.failure?.code;
		return observation.outcome === 'no-answer' ? 'no connection in time' : code && (codeWords.get(code) ?? code);
	}
	if (observation.kind === 'http-answer') return `HTTP ${observation.status}`;
	if (observation.kind === 'configuration-problem') return observation.message.replace(/\.$/, '');
	return undefined;
}

/** C01: the address that was tried is only the default. */
function isUnconfigured({notes}: Findings): boolean {
	return notes.some(({id}) => id === 'C01');
}

const howToConfigure =
	'No gateway is configured: clawtalk without arguments asks for one, or name it with: clawtalk config set gatewayUrl URL';

function nextStep(diagnosis: Diagnosis, evidence: Evidence): string {
	if (diagnosis.layer === 'config')
		return fixLine(
			diagnosis.fixes[0] ?? {where: 'here', action: 'see the settings', command: 'clawtalk config list', applicability: 'safe-to-run'},
		);
	const known = ways.get(diagnosis.id);
	if (known === 'first fix' && diagnosis.fixes[0] !== undefined) return fixLine(diagnosis.fixes[0]);
	return known ?? lookCloser(evidence);
}

const overControl =
	'Leave --transport http (or the setting transport) out, and it goes over the control plane; how to switch the endpoint on: clawtalk explain H11';

/** Where a closer look would find everything in order. */
const ways: ReadonlyMap<string, string> = new Map([
	['H11', overControl],
	['H12', overControl],
	['H13', overControl],
	['H31', 'first fix'],
]);

/** Every observation as a line, for `--debug` and the evidence of `status`. */
export function evidenceLines(evidence: Evidence): readonly string[] {
	return evidence.observations.map(observation => `${observation.layer}: ${describeObservation(observation)}`);
}
