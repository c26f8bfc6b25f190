import {once} from 'node:events';
import type {ServerResponse} from 'node:http';
import {setTimeout as wait} from 'node:timers/promises';
import type {Reply} from './reply.js';

/** The bytes of one generation for the moments of an answer. */
export interface Emit {
	readonly opening: string;
	/** The opening is sent with the first text only, so never for an answer without any. */
	readonly openingWaitsForText: boolean;
	readonly piece: (text: string) => string;
	readonly finish: (reason: string) => string;
	readonly failure: (message: string, type: string) => string;
	readonly mark: string;
}

interface Pace {
	/** Pieces per second for replies without a pace of their own; 0 is as fast as possible. */
	readonly tokensPerSecond: number;
	readonly failureDelayMs: number;
}

/** Plays a reply on the wire, piece by piece, and resolves with the text that was sent. Stops when the client leaves. */
export async function playReply(reply: Reply, emit: Emit, response: ServerResponse, pace: Pace): Promise<string> {
	const left = new AbortController();
	response.once('close', () => left.abort());
	try {
		if (!emit.openingWaitsForText) {
			response.write(emit.opening);
		}

		const text = await playPieces(reply, emit, response, pace, left.signal);
		await playEnding(reply, emit, response, pace, left.signal);
		return text;
	} catch (error) {
		if (left.signal.aborted) {
			return '';
		}

		throw error;
	}
}

async function playPieces(reply: Reply, emit: Emit, response: ServerResponse, pace: Pace, left: AbortSignal): Promise<string> {
	if (reply.firstTokenMs) {
		await wait(reply.firstTokenMs, undefined, {signal: left});
	}

	const rate = reply.tokensPerSecond ?? pace.tokensPerSecond;
	const startedAt = performance.now();
	let sent = '';
	// White space at the end of a piece is held back until more text comes: observed on both generations.
	let heldBack = '';
	for (const [index, piece] of reply.pieces.entries()) {
		const pending = heldBack + piece;
		const text = pending.trimEnd();
		heldBack = pending.slice(text.length);
		if (text !== '') {
			const opening = sent === '' && emit.openingWaitsForText ? emit.opening : '';
			sent += text;
			if (!response.write(opening + emit.piece(text))) {
				await once(response, 'drain', {signal: left});
			}
		}

		const dueInMs = rate > 0 ? startedAt + ((index + 1) * 1000) / rate - performance.now() : 0;
		if (dueInMs > 0) {
			await wait(dueInMs, undefined, {signal: left});
		}

		left.throwIfAborted();
	}

	return sent;
}

async function playEnding(reply: Reply, emit: Emit, response: ServerResponse, pace: Pace, left: AbortSignal): Promise<void> {
	const {ending} = reply;
	switch (ending.kind) {
		case 'finished':
			response.end(emit.finish(ending.finishReason) + emit.mark);
			break;
		case 'failed':
			await wait(ending.slowly ? pace.failureDelayMs : 0, undefined, {signal: left});
			response.end(emit.failure(ending.message, ending.type) + emit.mark);
			break;
		case 'empty':
			response.end(emit.mark);
			break;
		case 'without-mark':
			response.end(emit.finish('stop'));
			break;
		case 'closed-early':
			response.end();
			break;
		case 'cut':
			await flushed(response);
			response.destroy();
			break;
		case 'garbage':
			response.end('this is no event\n\ndata: {broken\n\n');
			break;
		case 'too-large-line':
			await writeLine(response, ending.bytes, left);
			response.end('\n\n');
			break;
		case 'stalled':
			await once(left, 'abort');
			break;
	}
}

/** Waits until the system has what was written, so that destroying the socket cuts after it and not before. */
async function flushed(response: ServerResponse): Promise<void> {
	await new Promise<void>(resolve => {
		response.write('', () => resolve());
	});
}

async function writeLine(response: ServerResponse, bytes: number, left: AbortSignal): Promise<void> {
	response.write('data: "');
	const block = 'x'.repeat(64 * 1024);
	for (let written = 0; written < bytes; written += block.length) {
		if (!response.write(block)) {
			await once(response, 'drain', {signal: left});
		}
	}
}
