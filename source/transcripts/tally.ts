import {isKnown, parseRecord} from './parse-record.js';
import type {ConversationRecord, ConversationStarted} from './record.js';
import {kindAtStart, type Line, textOfLine} from './split-lines.js';
import type {Unreadable} from './stored.js';

/** What a look over a whole file finds without parsing most of it: a line that begins and ends like a record is taken for one. */
export interface Tally {
	readonly header?: ConversationStarted;
	readonly name?: string;
	readonly sessionKey?: string;
	readonly asked: number;
	readonly unreadable: Unreadable;
	readonly firstQuestion?: string;
	readonly lastQuestion?: Extract<ConversationRecord, {kind: 'question'}>;
	readonly lastAnswer?: string;
	/** Where the last questions begin, bytes; as many as were asked for. */
	readonly questionOffsets: readonly number[];
}

export interface TallyInProgress {
	visit(line: Line): void;
	/** @param read Reads the file at a place, bytes. */
	result(read: (offset: number, length: number) => Buffer): Tally;
}

/** @param keep How many offsets of questions are wanted. */
export function startTally(keep = 0): TallyInProgress {
	const found: {-readonly [Key in keyof Tally]?: Tally[Key]} = {};
	const unreadable = {tornBytes: 0, brokenLines: 0, unknownRecords: 0};
	let asked = 0;
	let offsets: number[] = [];
	let lastQuestion: Place | undefined;
	let lastAnswer: Place | undefined;

	const question = (line: Line) => {
		asked += 1;
		lastQuestion = placeOf(line);
		if (asked === 1) found.firstQuestion = textIn(textOfLine(line));
		if (keep === 0) return;
		offsets.push(line.offset);
		if (offsets.length > keep * 2 + 100) offsets = offsets.slice(-keep);
	};
	const parsed = (line: Line) => {
		const one = parseRecord(textOfLine(line));
		if (one.kind === 'broken' && line.isLast) unreadable.tornBytes = line.end - line.start;
		else if (one.kind === 'broken') unreadable.brokenLines += 1;
		else if (one.kind === 'unknown') unreadable.unknownRecords += 1;
		if (one.kind === 'record') take(one.record, line);
	};
	const take = (record: ConversationRecord, line: Line) => {
		if (record.kind === 'question') question(line);
		else if (record.kind === 'answer') lastAnswer = placeOf(line);
		else if (record.kind === 'renamed') found.name = record.name;
		else if (record.kind === 'session') found.sessionKey = record.sessionKey;
		else if (record.kind === 'conversation') found.header ??= record;
	};
	return {
		visit(line) {
			const kind = line.isLast ? undefined : kindAtStart(line);
			if (kind === 'question') question(line);
			else if (kind === 'answer') lastAnswer = placeOf(line);
			else if (kind === undefined || !isSkipped(kind)) parsed(line);
		},
		result(read) {
			const textAt = ({offset, length}: Place) => read(offset, length).toString('utf8');
			const record = lastQuestion && parseRecord(textAt(lastQuestion));
			const answer = lastAnswer && textIn(textAt(lastAnswer));
			return {
				...found,
				asked,
				unreadable,
				questionOffsets: keep === 0 ? [] : offsets.slice(-keep),
				...(record?.kind === 'record' && record.record.kind === 'question' && {lastQuestion: record.record}),
				...(answer !== undefined && {lastAnswer: answer}),
			};
		},
	};
}

/** Kinds that tell nothing about the conversation as a whole. */
function isSkipped(kind: string): boolean {
	return isKnown(kind) && (kind === 'answer-part' || kind === 'tool' || kind === 'notice');
}

interface Place {
	readonly offset: number;
	readonly length: number;
}

function placeOf({offset, start, end}: Line): Place {
	return {offset, length: end - start};
}

function textIn(line: string): string {
	const parsed = parseRecord(line);
	return parsed.kind === 'record' && 'text' in parsed.record ? parsed.record.text : '';
}
