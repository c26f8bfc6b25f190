import {lookCloser} from '../../diagnosis/client-commands.js';
import {diagnose} from '../../diagnosis/diagnose.js';
import type {Diagnosis} from '../../diagnosis/diagnosis.js';
import type {Evidence} from '../../diagnosis/evidence.js';
import {failureLine} from '../../diagnosis/failure-lines.js';
import {type ExitCode, exitCodes} from '../../exit-codes.js';
import type {Outcome} from '../../gateway/transport.js';
import {durationInWords} from '../duration.js';
import type {AnswerRecord} from './ask-record.js';

/** What a question came to, decided once for every form of output. */
export interface AskResult {
	readonly exitCode: ExitCode;
	/** What is wrong, one line; absent when nothing is. */
	readonly error?: string;
	/** True things to know about an answer that is fine, one line each. */
	readonly notes: readonly string[];
	readonly diagnoses: readonly Diagnosis[];
	/** The gateway's word for why the answer ended. */
	readonly finishReason?: string;
}

export interface AnswerLimits {
	readonly timeoutMs?: number;
	readonly requireTools: boolean;
	/** Tools were asked to be seen. */
	readonly showTools?: boolean;
	/** The exit code of the signal that ended the command, which then counts. */
	readonly endedBy?: ExitCode | undefined;
}

/** An answer's outcome, text and evidence → exit code and lines. Text and no complete answer is 74, or the signal's code; 0 always has text. */
export function judgeAnswer(record: AnswerRecord, limits: AnswerLimits): AskResult {
	if (!record.end) return {exitCode: exitCodes.bug, error: 'The transport ended without saying how.', notes: [], diagnoses: []};
	const {outcome, evidence} = record.end;
	const hasText = record.text.trim() !== '';
	if (outcome.kind === 'complete' && hasText) return judgeComplete(outcome.finishReason, record, evidence, limits);
	if (outcome.kind === 'cancelled')
		return withItsRun(
			outcome,
			outcome.by === 'user' ? cancelled(limits.endedBy, hasText) : judgeDeadline(hasText, evidence, limits.timeoutMs),
		);
	const without = judgeEvidence(evidence, withoutEvidence[outcome.kind]);
	return hasText ? {...without, exitCode: exitCodes.incomplete, error: `The answer is not complete. ${without.error}`} : without;
}

/** No text came: what the evidence says. `otherwise` is said when it shows no failure. */
export function judgeEvidence(evidence: Evidence, otherwise: string): AskResult & {readonly error: string} {
	const findings = diagnose(evidence);
	return {
		exitCode: codeWithoutText(findings.primary?.exitCode),
		error: failureLine(evidence, findings) ?? `${otherwise} ${lookCloser(evidence)}`,
		notes: [],
		diagnoses: listed(findings),
	};
}

/** For outcomes whose evidence shows no failure. */
const withoutEvidence: Readonly<Record<Exclude<Outcome['kind'], 'cancelled'>, string>> = {
	complete: 'The answer is empty.',
	empty: 'The turn ended without any text.',
	failed: 'The turn failed.',
	refused: 'The gateway refused the question.',
	unreachable: 'The gateway could not be reached.',
	cut: 'The connection ended before the answer did.',
	lost: 'The connection ended before the answer did, and the gateway does not know how it ended.',
	abandoned: 'The gateway fell silent and no longer answers.',
};

/** `incomplete` says that text was printed; without any, the turn failed. */
function codeWithoutText(code: ExitCode | undefined): ExitCode {
	return code === undefined || code === exitCodes.ok || code === exitCodes.incomplete ? exitCodes.turnFailed : code;
}

const toolsUnseen = '--show-tools: this way to the gateway does not show tools; whether any ran is not known.';

function judgeComplete(finishReason: string, record: AnswerRecord, evidence: Evidence, limits: AnswerLimits): AskResult {
	const findings = diagnose(evidence);
	const diagnoses = findings.notes;
	const base = {diagnoses, ...(finishReason === 'unstated' ? {} : {finishReason})};
	const warnings = diagnoses.map(({title}) => `${title}.`);
	const unseen = limits.showTools === true && !record.seesTools;
	if (limits.requireTools && record.failedTools.length > 0) {
		const error = `The answer came, but a tool failed: ${[...new Set(record.failedTools)].join(', ')}.`;
		return {...base, exitCode: exitCodes.toolsFailed, error, notes: warnings};
	}
	if (finishReason === 'content_filter') {
		return {...base, exitCode: exitCodes.incomplete, error: 'The answer is not complete: a content filter cut it.', notes: warnings};
	}
	return {...base, exitCode: exitCodes.ok, notes: [...warnings, ...finishNotes(finishReason), ...(unseen ? [toolsUnseen] : [])]};
}

function finishNotes(finishReason: string): readonly string[] {
	if (finishReason === 'length') return ['The answer stops where the length limit of the model cut it.'];
	if (finishReason === 'unstated') return ['This gateway does not say whether the answer is complete.'];
	return finishReason === 'stop' ? [] : [`The answer ended with finish reason ${finishReason}.`];
}

/** The user's wish, not a failure: Ctrl+C or another signal. */
export function cancelled(endedBy: ExitCode | undefined, hasText: boolean): AskResult {
	const error = hasText ? 'Cancelled; the answer is not complete.' : 'Cancelled.';
	return {exitCode: endedBy ?? (hasText ? exitCodes.incomplete : exitCodes.interrupted), error, notes: [], diagnoses: []};
}

/** An agent that goes on may act: that is said with the end. */
function withItsRun({runMayGoOn}: {readonly runMayGoOn?: true}, result: AskResult): AskResult {
	if (runMayGoOn !== true) return result;
	return {...result, error: `${result.error} The agent may go on: nothing says that the gateway stopped the run.`};
}

function judgeDeadline(hasText: boolean, evidence: Evidence, timeoutMs: number | undefined): AskResult {
	const limit = timeoutMs === undefined ? 'The time limit' : `The time limit of ${durationInWords(timeoutMs)}`;
	return {
		exitCode: hasText ? exitCodes.incomplete : exitCodes.temporary,
		error: hasText ? `The answer is not complete. ${limit} ran out.` : `${limit} ran out before any text came.`,
		notes: [],
		diagnoses: listed(diagnose(evidence)).filter(({id}) => id === 'S13'),
	};
}

function listed({primary, alternatives, notes}: ReturnType<typeof diagnose>): readonly Diagnosis[] {
	return [...(primary ? [primary] : []), ...alternatives, ...notes];
}
