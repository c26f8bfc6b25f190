import type {ConversationRecord} from './record.js';

/** What one line of a conversation's file is. `unknown` is JSON of a kind that a later clawtalk wrote; `broken` is none at all. */
export type ParsedLine =
	| {readonly kind: 'record'; readonly record: ConversationRecord}
	| {readonly kind: 'unknown'; readonly name: string}
	| {readonly kind: 'broken'}
	| {readonly kind: 'blank'};

/** Never throws: whatever stands in the file is one of these. */
export function parseRecord(line: string): ParsedLine {
	if (line.trim() === '') return {kind: 'blank'};
	let value: unknown;
	try {
		value = JSON.parse(line);
	} catch {
		// Torn by a crash, zeros of a lost power, or not ours: the line stays in the file and is counted by the caller.
		return {kind: 'broken'};
	}
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return {kind: 'broken'};
	const fields = value as Readonly<Record<string, unknown>>;
	const name = fields['kind'];
	if (typeof name !== 'string') return {kind: 'broken'};
	const texts = isKnown(name) ? textFields[name] : undefined;
	const isWhole = texts?.every(field => typeof fields[field] === 'string') && (!hasOffset.has(name) || isOffset(fields['from']));
	return isWhole ? {kind: 'record', record: value as ConversationRecord} : {kind: 'unknown', name};
}

/** The fields that a record cannot do without; all others may be absent. */
const textFields: Readonly<Record<ConversationRecord['kind'], readonly string[]>> = {
	conversation: ['id', 'at', 'sessionKey', 'origin'],
	question: ['id', 'at', 'text'],
	'answer-part': ['questionId', 'at', 'text'],
	tool: ['questionId', 'callId', 'at', 'name', 'ended'],
	answer: ['questionId', 'at', 'text', 'ended'],
	notice: ['at', 'text'],
	approval: ['at', 'approvalId', 'command', 'outcome'],
	renamed: ['at', 'name'],
	session: ['at', 'sessionKey'],
	forked: ['at', 'from'],
};

/** Kinds that say where in the answer's text they belong. */
const hasOffset: ReadonlySet<string> = new Set(['answer-part', 'tool']);

export function isKnown(name: string): name is ConversationRecord['kind'] {
	return Object.hasOwn(textFields, name);
}

function isOffset(value: unknown): boolean {
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
