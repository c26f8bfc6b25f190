import type {Evidence} from '../../diagnosis/evidence.js';
import type {Outcome, ToolCall, TransportEvent, Usage} from '../../gateway/transport.js';
import type {ToolRun} from '../../transcripts/record.js';
import {createToolLog, type ToolLog} from './ask-tools.js';

/** What is known of an answer while it comes and when it ended. Times are milliseconds after the question was sent. */
export interface AnswerRecord {
	text: string;
	model?: string;
	runId?: string;
	/** The way the question went, once it was accepted. */
	transport?: 'http' | 'ws';
	usage?: Usage;
	connectMs?: number;
	firstTokenMs?: number;
	totalMs: number;
	failedTools: string[];
	readonly tools: ToolLog;
	/** The transport shows tool runs. */
	seesTools: boolean;
	end?: {readonly outcome: Outcome; readonly evidence: Evidence};
}

export function emptyRecord(): AnswerRecord {
	return {text: '', totalMs: 0, failedTools: [], tools: createToolLog(), seesTools: false};
}

/** Takes one event of the transport into the record; gives the tool run that ended with it. */
export function recordEvent(record: AnswerRecord, event: TransportEvent, elapsedMs: number): ToolRun | undefined {
	record.totalMs = elapsedMs;
	switch (event.type) {
		case 'accepted':
			record.connectMs ??= elapsedMs;
			record.transport = event.transport ?? 'http';
			if (event.model !== undefined) record.model = event.model;
			if (event.runId !== undefined) record.runId = event.runId;
			return undefined;
		case 'delta':
			record.firstTokenMs ??= elapsedMs;
			record.text += event.text;
			return undefined;
		case 'replace':
			record.firstTokenMs ??= elapsedMs;
			record.text = event.text;
			return undefined;
		case 'tool':
			return recordTool(record, event.call, elapsedMs);
		case 'usage':
			record.usage = event.usage;
			return undefined;
		case 'ended':
			record.tools.end(elapsedMs);
			record.end = {outcome: event.outcome, evidence: event.evidence};
			return undefined;
		case 'progress':
		case 'thinking':
		case 'interrupted':
		case 'sought':
		case 'resumed':
			return undefined;
	}
}

function recordTool({tools, failedTools}: AnswerRecord, call: ToolCall, elapsedMs: number): ToolRun | undefined {
	const run = tools.hear(call, elapsedMs);
	if (run?.ended === 'failed') failedTools.push(run.name);
	return run;
}
