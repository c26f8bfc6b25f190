import type {Evidence} from '../diagnosis/evidence.js';
import type {Outcome, TransportEvent, Usage} from '../gateway/transport.js';

/** What is known of an answer while it comes and when it ended. Times are milliseconds after the question was sent. */
export interface AnswerRecord {
	text: string;
	model?: string;
	runId?: string;
	usage?: Usage;
	connectMs?: number;
	firstTokenMs?: number;
	totalMs: number;
	failedTools: string[];
	end?: {readonly outcome: Outcome; readonly evidence: Evidence};
}

export function emptyRecord(): AnswerRecord {
	return {text: '', totalMs: 0, failedTools: []};
}

/** Takes one event of the transport into the record. */
export function recordEvent(record: AnswerRecord, event: TransportEvent, elapsedMs: number): void {
	record.totalMs = elapsedMs;
	switch (event.type) {
		case 'accepted':
			record.connectMs ??= elapsedMs;
			if (event.model !== undefined) record.model = event.model;
			if (event.runId !== undefined) record.runId = event.runId;
			return;
		case 'delta':
			record.firstTokenMs ??= elapsedMs;
			record.text += event.text;
			return;
		case 'replace':
			record.firstTokenMs ??= elapsedMs;
			record.text = event.text;
			return;
		case 'tool':
			if (event.call.phase === 'failed') record.failedTools.push(event.call.name);
			return;
		case 'usage':
			record.usage = event.usage;
			return;
		case 'ended':
			record.end = {outcome: event.outcome, evidence: event.evidence};
			return;
		case 'progress':
		case 'thinking':
		case 'interrupted':
		case 'resumed':
			return;
	}
}
