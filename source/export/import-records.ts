import {parseRecord} from '../transcripts/parse-record.js';
import type {ConversationRecord, ConversationStarted} from '../transcripts/record.js';

/** Largest file that is imported, in bytes. A year of daily long talks is a tenth of it. */
export const maxImportBytes = 256 * 1024 * 1024;
/** Longest record, in characters: four times the longest answer that clawtalk takes. */
const maxLineLength = 64 * 1024 * 1024;

/** Why a file is no export that can be taken in. */
export type ImportProblem =
	| 'empty'
	/** It is no JSONL of records. */
	| 'not-records'
	/** Its first record is not the beginning of a conversation. */
	| 'no-beginning'
	/** Made by a later clawtalk, in a format that this one does not know. */
	| 'other-schema';

export interface CheckedImport {
	readonly kind: 'checked';
	readonly header: ConversationStarted;
	/** The records as they are, the beginning first. */
	readonly lines: readonly string[];
	readonly questions: number;
	readonly skippedLines: number;
}

/** Looks at every line. Records of kinds that this clawtalk does not know stay; what is no record, or has no time, is left out and counted. */
export function checkImport(text: string): CheckedImport | {readonly kind: 'refused'; readonly problem: ImportProblem} {
	const rows = text
		.replace(/^\ufeff/, '')
		.split('\n')
		.map(line => line.trim());
	const lines: string[] = [];
	let header: ConversationStarted | undefined;
	let questions = 0;
	let skippedLines = 0;
	for (const line of rows) {
		if (line === '') continue;
		const parsed = line.length > maxLineLength ? {kind: 'broken' as const} : parseRecord(line);
		const isUsed = parsed.kind === 'unknown' || (parsed.kind === 'record' && hasTime(parsed.record));
		if (header === undefined) {
			const found = beginning(line);
			if (typeof found === 'string') return {kind: 'refused', problem: found};
			header = found;
		} else if (!isUsed) {
			skippedLines += 1;
			continue;
		}
		lines.push(line);
		if (parsed.kind === 'record' && parsed.record.kind === 'question') questions += 1;
	}
	if (header === undefined) return {kind: 'refused', problem: 'empty'};
	return {kind: 'checked', header, lines, questions, skippedLines};
}

/** The first record: without it there is no telling what the others belong to. */
function beginning(line: string): ConversationStarted | ImportProblem {
	const parsed = parseRecord(line);
	if (parsed.kind === 'unknown') return parsed.name === 'conversation' ? 'no-beginning' : 'not-records';
	if (parsed.kind !== 'record') return 'not-records';
	const {record} = parsed;
	if (record.kind !== 'conversation' || !hasTime(record)) return 'no-beginning';
	return record.schema === 'clawtalk.conversation/1' ? record : 'other-schema';
}

function hasTime({at}: ConversationRecord): boolean {
	return !Number.isNaN(Date.parse(at));
}
