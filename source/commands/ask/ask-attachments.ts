import {basename} from 'node:path';
import {imageType} from '../../attachments/image-type.js';
import {maxImageBytes, maxRequestBytes} from '../../attachments/limits.js';
import {readBytes} from '../../attachments/read-bytes.js';
import type {ImageAttachment} from '../../gateway/transport.js';
import {decodeText, maxTextBytes} from './ask-input.js';
import type {QuestionPart} from './ask-orders.js';

const maxImages = 8;

export type Attachments =
	| {
			readonly ok: true;
			readonly text: string;
			/** What the files add, one part a file. */
			readonly parts: readonly QuestionPart[];
			readonly images: readonly ImageAttachment[];
			readonly notes: readonly string[];
	  }
	/** One line for stderr; the exit code is `usage`. */
	| {readonly ok: false; readonly message: string};

/** Adds files to the question, each as a marked block, and reads images. Nothing is read that the user did not name. */
export async function attach(question: string, files: readonly string[], images: readonly string[]): Promise<Attachments> {
	if (images.length > maxImages) return {ok: false, message: `--image can be given at most ${maxImages} times; a gateway takes no more.`};
	let text = question;
	const parts: QuestionPart[] = [];
	const notes: string[] = [];
	for (const path of files) {
		const file = await readTextFile(path);
		if (!file.ok) return file;
		if (file.replaced) notes.push(`${path} is not all UTF-8; what is not was replaced by U+FFFD.`);
		parts.push({where: path, text: file.text});
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
	return {ok: true, text, parts, images: attached, notes};
}

type Failure = {readonly ok: false; readonly message: string};

async function readTextFile(path: string): Promise<{ok: true; text: string; replaced: boolean} | Failure> {
	const read = await readBytes(path, maxTextBytes);
	if (!read.ok) return {ok: false, message: `--file ${path}: ${read.problem}.`};
	if (read.bytes.includes(0)) {
		const hint = imageType(read.bytes) ? ' Send it with --image.' : '';
		return {ok: false, message: `--file ${path}: a binary file (it has a NUL byte); only text can be added.${hint}`};
	}
	return {ok: true, ...decodeText(read.bytes)};
}

async function readImage(path: string): Promise<{ok: true; image: ImageAttachment} | Failure> {
	const read = await readBytes(path, maxImageBytes);
	if (!read.ok) return {ok: false, message: `--image ${path}: ${read.problem}.`};
	const mediaType = imageType(read.bytes);
	if (!mediaType) return {ok: false, message: `--image ${path}: neither PNG, JPEG, WebP nor GIF, judged by its first bytes.`};
	const dataUrl = `data:${mediaType};base64,${Buffer.from(read.bytes).toString('base64')}`;
	return {ok: true, image: {name: basename(path), mediaType, dataUrl}};
}
