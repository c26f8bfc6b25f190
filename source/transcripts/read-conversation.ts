import {assemble} from './assemble.js';
import {describeConversation, isHeaderValue} from './describe.js';
import {conversationFile} from './location.js';
import {parseRecord} from './parse-record.js';
import type {ConversationRecord} from './record.js';
import {eachLine, type OpenFile, openForReading, readPlace} from './scan-file.js';
import {type Line, textOfLine} from './split-lines.js';
import type {StoredConversation, Unreadable} from './stored.js';
import {startTally} from './tally.js';

/**
 * Opens a conversation for reading: all of it, or from the n-th last question on. Lines that cannot be read are skipped and counted; the file
 * is not changed. Memory is bounded by what is returned and the longest line.
 *
 * @throws The system's error, `ENOENT` when there is none. {RangeError} For what is no id.
 */
export async function readConversation(home: string, id: string, {last}: {readonly last?: number} = {}): Promise<StoredConversation> {
	const file = openForReading(conversationFile(home, id));
	try {
		const {stats} = file;
		const tally = startTally(last ?? 0);
		await eachLine(file, 0, stats.size, tally.visit);
		const found = tally.result((offset, length) => readPlace(file, offset, length));
		const from = last === undefined ? 0 : startOf(found.questionOffsets, last, stats.size);
		const {entries, unreadable} = await readEntries(file, from, stats.size);
		const {preview: _preview, ...described} = describeConversation(id, stats, found);
		const {agent, model} = found.lastQuestion ?? {};
		const turns = entries.reduce((sum, {kind}) => sum + (kind === 'turn' ? 1 : 0), 0);
		return {
			...described,
			...(isHeaderValue(agent) && {agent}),
			...(isHeaderValue(model) && {model}),
			entries,
			earlierTurns: Math.max(0, found.asked - turns),
			unreadable: last === undefined ? unreadable : found.unreadable,
		};
	} finally {
		file.close();
	}
}

function startOf(offsets: readonly number[], last: number, size: number): number {
	if (last <= 0) return size;
	return offsets.length < last ? 0 : (offsets[0] ?? 0);
}

/** The records between two places of a file, parsed, in order. */
async function eachRecord(
	file: OpenFile,
	range: {readonly from: number; readonly to: number},
	visit: (record: ConversationRecord, line: Line) => void,
): Promise<Unreadable> {
	const unreadable = {tornBytes: 0, brokenLines: 0, unknownRecords: 0};
	await eachLine(file, range.from, range.to, line => {
		const parsed = parseRecord(textOfLine(line));
		if (parsed.kind === 'record') visit(parsed.record, line);
		else if (parsed.kind === 'unknown') unreadable.unknownRecords += 1;
		else if (parsed.kind === 'broken' && line.isLast) unreadable.tornBytes = line.end - line.start;
		else if (parsed.kind === 'broken') unreadable.brokenLines += 1;
	});
	return unreadable;
}

async function readEntries(file: OpenFile, from: number, to: number): Promise<Pick<StoredConversation, 'entries' | 'unreadable'>> {
	const assembly = assemble();
	const unreadable = await eachRecord(file, {from, to}, assembly.add);
	return {entries: assembly.entries(), unreadable};
}
