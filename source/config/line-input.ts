import type {Readable} from 'node:stream';

/**
 * The first line of a stream, without its end; `undefined` when the stream ends before any byte or fails, or the signal aborts. What comes
 * after the line is put back. On a terminal the line discipline does the editing: nothing is switched to raw mode here.
 *
 * @param maxBytes Reading stops there; the rest of the line is dropped.
 */
export function readLine(input: Readable, maxBytes: number, signal?: AbortSignal): Promise<string | undefined> {
	return new Promise(resolve => {
		const chunks: Buffer[] = [];
		let size = 0;
		const stop = (): void => {
			input.off('data', onData).off('end', onEnd).off('error', onBreak);
			signal?.removeEventListener('abort', onBreak);
			input.pause();
		};
		const onData = (data: Buffer | string): void => {
			const chunk = typeof data === 'string' ? Buffer.from(data) : data;
			const end = chunk.indexOf(0x0a);
			chunks.push(end === -1 ? chunk : chunk.subarray(0, end));
			size += chunk.length;
			if (end === -1 && size <= maxBytes) return;
			stop();
			if (end !== -1 && end + 1 < chunk.length) input.unshift(chunk.subarray(end + 1));
			resolve(textOf(chunks));
		};
		const onEnd = (): void => {
			stop();
			resolve(size === 0 ? undefined : textOf(chunks));
		};
		const onBreak = (): void => {
			stop();
			resolve(undefined);
		};
		if (signal?.aborted || input.readableEnded) return resolve(undefined);
		signal?.addEventListener('abort', onBreak, {once: true});
		input.on('data', onData).once('end', onEnd).once('error', onBreak);
		input.resume();
	});
}

function textOf(chunks: readonly Buffer[]): string {
	return Buffer.concat(chunks).toString('utf8').replace(/\r$/, '');
}
