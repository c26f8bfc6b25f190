import {createReadStream} from 'node:fs';

export type Bytes = {readonly ok: true; readonly bytes: Uint8Array} | {readonly ok: false; readonly problem: string};

/** Reads a file up to a limit, also a pipe such as bash's `<(…)`. `problem` is a phrase that follows the file's name. */
export async function readBytes(path: string, limit: number): Promise<Bytes> {
	try {
		const file = createReadStream(path, {highWaterMark: 256 * 1024});
		const chunks: Buffer[] = [];
		let size = 0;
		for await (const chunk of file) {
			chunks.push(chunk as Buffer);
			size += (chunk as Buffer).length;
			if (size > limit) return {ok: false, problem: `larger than ${limitInWords(limit)}`};
		}
		return {ok: true, bytes: Buffer.concat(chunks)};
	} catch (error) {
		return {ok: false, problem: fileProblem(error)};
	}
}

export function limitInWords(limit: number): string {
	return limit >= 1024 * 1024 ? `${limit / 1024 / 1024} MiB` : `${limit / 1024} KiB`;
}

/** What the system says about a file, as a phrase. */
export function fileProblem(error: unknown): string {
	const {code} = error as NodeJS.ErrnoException;
	const words: Readonly<Record<string, string>> = {
		ENOENT: 'no such file',
		ENOTDIR: 'no such file',
		ELOOP: 'a link that leads in a circle',
		ENAMETOOLONG: 'too long for a name',
		EACCES: 'not allowed to read it',
		EPERM: 'not allowed to read it',
		EISDIR: 'a folder, not a file',
	};
	return words[code ?? ''] ?? code ?? String(error);
}
