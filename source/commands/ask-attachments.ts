import {createReadStream} from 'node:fs';
import {basename} from 'node:path';
import type {ImageAttachment} from '../gateway/transport.js';
import {decodeText, maxTextBytes} from './ask-input.js';

/** One image; OpenClaw 2026.9.6 takes 6 MiB each over its control plane and 20 MB for a whole HTTP request. */
export const maxImageBytes = 6 * 1024 * 1024;
/** All of a request, images in base64; a margin is left for JSON around it. */
const maxRequestBytes = 19 * 1000 * 1000;
const maxImages = 8;

export type Attachments =
	| {readonly ok: true; readonly text: string; readonly images: readonly ImageAttachment[]; readonly notes: readonly string[]}
	/** One line for stderr; the exit code is `usage`. */
	| {readonly ok: false; readonly message: string};

/** Adds files to the question, each as a marked block, and reads images. Nothing is read that the user did not name. */
export async function attach(question: string, files: readonly string[], images: readonly string[]): Promise<Attachments> {
	if (images.length > maxImages) return {ok: false, message: `--image can be given at most ${maxImages} times; a gateway takes no more.`};
	let text = question;
	const notes: string[] = [];
	for (const path of files) {
		const file = await readTextFile(path);
		if (!file.ok) return file;
		if (file.replaced) notes.push(`${path} is not all UTF-8; what is not was replaced by U+FFFD.`);
		text += `\n\n<file name=${JSON.stringify(basename(path))}>\n${file.text.replace(/\n$/, '')}\n</file>`;
	}
	const attached: ImageAttachment[] = [];
	for (const path of images) {
		const image = await readImage(path);
		if (!image.ok) return image;
		attached.push(image.image);
	}
	if (Buffer.byteLength(text) > maxTextBytes)
		return {ok: false, message: `Question and files are larger than ${maxTextBytes / 1024 / 1024} MiB together.`};
	const bytes = Buffer.byteLength(JSON.stringify(text)) + attached.reduce((sum, {dataUrl}) => sum + dataUrl.length, 0);
	if (bytes > maxRequestBytes) return {ok: false, message: 'Question, files and images are larger than the 20 MB that a gateway takes.'};
	return {ok: true, text, images: attached, notes};
}

type Failure = {readonly ok: false; readonly message: string};

async function readTextFile(path: string): Promise<{ok: true; text: string; replaced: boolean} | Failure> {
	const read = await readBounded('--file', path, maxTextBytes);
	if (!read.ok) return read;
	if (read.bytes.includes(0)) {
		const hint = imageType(read.bytes) ? ' Send it with --image.' : '';
		return {ok: false, message: `--file ${path}: a binary file (it has a NUL byte); only text can be added.${hint}`};
	}
	return {ok: true, ...decodeText(read.bytes)};
}

async function readImage(path: string): Promise<{ok: true; image: ImageAttachment} | Failure> {
	const read = await readBounded('--image', path, maxImageBytes);
	if (!read.ok) return read;
	const mediaType = imageType(read.bytes);
	if (!mediaType) return {ok: false, message: `--image ${path}: neither PNG, JPEG, WebP nor GIF, judged by its first bytes.`};
	const dataUrl = `data:${mediaType};base64,${Buffer.from(read.bytes).toString('base64')}`;
	return {ok: true, image: {name: basename(path), mediaType, dataUrl}};
}

/** Reads up to the limit, also from a pipe such as bash's `<(…)`. */
async function readBounded(flag: string, path: string, limit: number): Promise<{ok: true; bytes: Uint8Array} | Failure> {
	try {
		const file = createReadStream(path, {highWaterMark: 256 * 1024});
		const chunks: Buffer[] = [];
		let size = 0;
		for await (const chunk of file) {
			chunks.push(chunk as Buffer);
			size += (chunk as Buffer).length;
			if (size > limit) return {ok: false, message: `${flag} ${path}: larger than ${limit / 1024 / 1024} MiB.`};
		}
		return {ok: true, bytes: Buffer.concat(chunks)};
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		const words: Readonly<Record<string, string>> = {
			ENOENT: 'no such file',
			EACCES: 'not allowed to read it',
			EISDIR: 'a folder, not a file',
		};
		return {ok: false, message: `${flag} ${path}: ${words[code ?? ''] ?? code ?? String(error)}.`};
	}
}

/** The media type by magic bytes; names of files prove nothing. */
export function imageType(bytes: Uint8Array): string | undefined {
	const start = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
	if (start.startsWith('\x89PNG\r\n\x1A\n')) return 'image/png';
	if (start.startsWith('\xFF\xD8\xFF')) return 'image/jpeg';
	if (/^GIF8[79]a/.test(start)) return 'image/gif';
	if (/^RIFF....WEBP/s.test(start)) return 'image/webp';
	return undefined;
}
