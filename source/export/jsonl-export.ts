import {conversationFile} from '../transcripts/location.js';
import {parseRecord} from '../transcripts/parse-record.js';
import {eachLine, openForReading} from '../transcripts/scan-file.js';
import {textOfLine} from '../transcripts/split-lines.js';
import type {Unreadable} from '../transcripts/stored.js';
import {escapeControls} from './json-export.js';

/**
 * The records of a conversation as they are, one a line, those of unknown kinds too; lines that are no records are left out and counted.
 *
 * @throws The system's error, `ENOENT` when there is no such conversation.
 */
export async function jsonlExport(home: string, id: string): Promise<{readonly text: string; readonly unreadable: Unreadable}> {
	const file = openForReading(conversationFile(home, id));
	try {
		const lines: string[] = [];
		const unreadable = {tornBytes: 0, brokenLines: 0, unknownRecords: 0};
		await eachLine(file, 0, file.stats.size, line => {
			const text = textOfLine(line);
			const {kind} = parseRecord(text);
			if (kind === 'record' || kind === 'unknown') lines.push(recordLine(text));
			else if (kind === 'broken' && line.isLast) unreadable.tornBytes = line.end - line.start;
			else if (kind === 'broken') unreadable.brokenLines += 1;
		});
		return {text: lines.map(line => `${line}\n`).join(''), unreadable};
	} finally {
		file.close();
	}
}

/** A record as one line that a terminal can show. Control characters stand in JSON only between its values, where they mean nothing. */
export function recordLine(text: string): string {
	return escapeControls(text.trim().replace(/[\t\r\n]/g, ''));
}
