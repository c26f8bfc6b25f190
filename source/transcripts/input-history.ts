import {openRegularFile} from '../config/regular-file.js';
import {historyFile} from './location.js';

/** One line of `~/.clawtalk/history.jsonl`: something that was sent from the composer, of any conversation. */
export interface HistoryLine {
	/** ISO 8601. */
	readonly at: string;
	readonly text: string;
}

/** How much is read from the end of the file. */
const maxReadBytes = 512 * 1024;
const maxLines = 500;

/**
 * The newest lines, oldest first, at most 500 and at most half a megabyte, repeats in a row once. Lines that are broken are skipped.
 * Empty when there is no file; rejects with the system's error otherwise.
 */
export async function readHistory(home: string): Promise<readonly string[]> {
	const tail = await readTail(historyFile(home));
	const texts = tail.split('\n').flatMap(textOf);
	return texts.filter((text, index) => text !== texts[index - 1]).slice(-maxLines);
}

async function readTail(path: string): Promise<string> {
	try {
		const file = await openRegularFile(path);
		try {
			const {size} = await file.stat();
			const length = Math.min(size, maxReadBytes);
			const {buffer, bytesRead} = await file.read(Buffer.alloc(length), 0, length, size - length);
			return buffer.toString('utf8', 0, bytesRead);
		} finally {
			await file.close();
		}
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
		throw error;
	}
}

function textOf(line: string): readonly string[] {
	try {
		const {text} = JSON.parse(line) as Partial<HistoryLine>;
		return typeof text === 'string' && text !== '' ? [text] : [];
	} catch (error) {
		// The first line read may be the second half of one, and a crash may have cut one.
		if (error instanceof SyntaxError || error instanceof TypeError) return [];
		throw error;
	}
}
