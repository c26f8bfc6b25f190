import {redact, redactTexts} from '../../diagnosis/redact.js';
import type {ExitCode} from '../../exit-codes.js';
import type {ToolRun} from '../../transcripts/record.js';
import type {AnswerRecord} from './ask-record.js';
import type {AskResult} from './ask-result.js';

/** What is known before the answer. */
export interface AskFacts {
	readonly agent: string | null;
	readonly model: string | null;
	readonly sessionKey: string | null;
}

export const noFacts: AskFacts = {agent: null, model: null, sessionKey: null};

/** `clawtalk.ask/1`: every key is always there, `null` when nothing is known; new keys may be added. The answer's text is left as it came. */
export function askDocument(record: AnswerRecord, result: AskResult, facts: AskFacts) {
	const {connectMs = null, firstTokenMs = null, totalMs} = record;
	return {
		schema: 'clawtalk.ask/1',
		ok: result.exitCode === 0,
		text: record.text,
		finishReason: result.finishReason ?? null,
		usage: record.usage ?? null,
		model: record.model ?? facts.model,
		agent: facts.agent,
		sessionKey: facts.sessionKey,
		runId: record.runId ?? null,
		transport: record.transport ?? null,
		tools: record.seesTools ? record.tools.runs.map(toolPart) : null,
		timings: {connectMs, firstTokenMs, totalMs},
		...(result.error === undefined ? {} : {error: errorPart(result.error, result.exitCode, result.diagnoses[0]?.id)}),
		notes: result.notes.map(redact),
		diagnoses: redactTexts(result.diagnoses),
	};
}

/** What tools printed or gave back stays out: it may be large, and is the agent's business. */
function toolPart({name, ended, summary, durationMs, resultLength, error}: ToolRun) {
	return {
		name,
		ended,
		summary: summary === undefined ? null : redact(summary),
		durationMs: durationMs ?? null,
		resultLength: resultLength ?? null,
		error: error === undefined ? null : redact(error),
	};
}

function errorPart(message: string, exitCode: ExitCode, id: string | undefined) {
	return {id: id ?? null, exitCode, message: redact(message)};
}
