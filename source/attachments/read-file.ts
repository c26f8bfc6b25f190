import {constants, type Stats} from 'node:fs';
import {lstat, open, realpath} from 'node:fs/promises';
import {fullPath} from './find-files.js';
import {isGitIgnored} from './git.js';
import {imageType} from './image-type.js';
import {maxImageBytes, maxTextFileBytes} from './limits.js';
import {fileProblem, limitInWords} from './read-bytes.js';
import {secretByContent, secretByName} from './secret-file.js';

/** What was read, once: what is shown of it is what is sent. */
export type FileContent =
	| {readonly kind: 'text-file'; readonly bytes: number; readonly text: string}
	| {readonly kind: 'image'; readonly bytes: number; readonly mediaType: string; readonly dataUrl: string};

export type ReadFile =
	| {
			readonly ok: true;
			readonly content: FileContent;
			/** Why it should not leave without a second thought; empty for most files. */
			readonly doubts: readonly string[];
			/** Where a link leads; absent for a file that is none. */
			readonly leadsTo?: string;
	  }
	/** `problem` is a phrase that follows the file's name. */
	| {readonly ok: false; readonly problem: string};

/** Reads a file that the user named, to be sent: a text in UTF-8, or an image. It is judged by where its links lead. */
export async function readFileToSend(path: string, folder: string, home: string): Promise<ReadFile> {
	const named = fullPath(path, folder, home);
	try {
		const real = await realpath(named);
		const read = await readOnce(real);
		if (!read.ok) return read;
		// It was judged by its place: a link that was put there meanwhile leads elsewhere.
		if ((await realpath(named)) !== real) return {ok: false, problem: 'it was moved while it was read; try again'};
		const content = contentOf(read.bytes);
		if (typeof content === 'string') return {ok: false, problem: content};
		const doubts = [
			secretByName(real, await realpath(home).catch(() => home)) ?? secretByName(named, home),
			secretByContent(read.bytes),
			(await isGitIgnored(real)) || (real !== named && (await isGitIgnored(named))) ? 'git ignores it' : undefined,
		].filter(doubt => doubt !== undefined);
		return {ok: true, content, doubts, ...(real !== named && {leadsTo: real})};
	} catch (error) {
		return {ok: false, problem: fileProblem(error)};
	}
}

/** No link is followed any more, and a pipe would never end; a terminal does not become ours. Windows has no such flags. */
const careful = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0) | (constants.O_NOCTTY ?? 0);

/** Opens, looks and reads by one handle: the file that was judged is the one that is read. Devices are not even opened: some act on it. */
async function readOnce(path: string): Promise<{ok: true; bytes: Uint8Array} | {ok: false; problem: string}> {
	const before = problemOf(await lstat(path));
	if (before !== undefined) return {ok: false, problem: before};
	const file = await open(path, careful);
	try {
		const status = await file.stat();
		const problem = problemOf(status);
		if (problem !== undefined) return {ok: false, problem};
		const buffer = Buffer.alloc(Math.min(status.size + 1, maxImageBytes + 1));
		let size = 0;
		for (let read = -1; read !== 0 && size < buffer.length; size += read) {
			({bytesRead: read} = await file.read(buffer, size, buffer.length - size));
		}
		if (size > status.size) return {ok: false, problem: 'it grew while it was read; try again'};
		return {ok: true, bytes: buffer.subarray(0, size)};
	} finally {
		await file.close();
	}
}

function problemOf(status: Stats): string | undefined {
	if (status.isDirectory()) return 'a folder, not a file';
	if (!status.isFile()) return 'neither a file nor an image';
	return status.size > maxImageBytes ? `larger than ${limitInWords(maxImageBytes)}` : undefined;
}

/** The content as it travels, or why it cannot. */
function contentOf(bytes: Uint8Array): FileContent | string {
	const mediaType = imageType(bytes);
	if (mediaType !== undefined) {
		return {kind: 'image', bytes: bytes.length, mediaType, dataUrl: `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`};
	}
	const binary = 'a binary file; text in UTF-8 and PNG, JPEG, WebP and GIF images can be attached';
	if (bytes.includes(0)) return binary;
	if (bytes.length > maxTextFileBytes) return `larger than ${limitInWords(maxTextFileBytes)} of text`;
	if (bytes.length === 0) return 'empty';
	try {
		return {kind: 'text-file', bytes: bytes.length, text: new TextDecoder('utf-8', {fatal: true}).decode(bytes)};
	} catch {
		// Not UTF-8: text in another encoding would arrive as something else.
		return binary;
	}
}
