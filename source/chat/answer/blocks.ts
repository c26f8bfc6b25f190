import {cutPosition} from './cut-position.js';
import {closesFence, fenceMark, opensFence} from './fence.js';

/**
 * Cuts the markdown of an answer into blocks while it streams, so that finished blocks go to the scrollback once and only a small
 * tail is drawn again. Pure and incremental: the same text gives the same blocks however it is cut into deltas, and a delta costs
 * its own length plus a bounded tail.
 */
export interface BlockScan {
	/** Text that is not a finished block yet; never much longer than `maxBlockLength`. */
	readonly pending: string;
	/** Offset in `pending` of the line being received. */
	readonly lineStart: number;
	/** Lines before that one. */
	readonly lines: number;
	/** The opening line of the code fence that is open at `lineStart`. */
	readonly fence?: string | undefined;
	/** The opening line of the code fence that was open where `pending` begins, because a long code block was cut there. */
	readonly reopened?: string | undefined;
	/** The line before the one being received is blank, outside of fences. */
	readonly afterBlank: boolean;
	/** `pending` goes on with a block that was cut for its length. */
	readonly continues: boolean;
}

export interface Block {
	/** The text as received; all sources joined are the text. */
	readonly source: string;
	/**
	 * The same as markdown that stands alone: a fence that was cut is closed, or opened again. Empty when nothing is to be drawn. A comment or
	 * a string that goes over the cut is not known behind it: there its text has the colours of code.
	 */
	readonly markdown: string;
	readonly continues: boolean;
}

interface Scanned {
	readonly scan: BlockScan;
	readonly blocks: readonly Block[];
}

export const emptyScan: BlockScan = {pending: '', lineStart: 0, lines: 0, afterBlank: false, continues: false};

/** Takes the next piece of text; gives the blocks that it finished. */
export function scanBlocks(scan: BlockScan, delta: string): Scanned {
	const blocks: Block[] = [];
	let next: BlockScan = {...scan, pending: scan.pending + delta};
	for (;;) {
		const cut = cutPosition(next);
		if (cut !== undefined) {
			blocks.push(blockOf(next, cut.at));
			next = restAfter(next, cut.at, cut.tooLong);
			continue;
		}
		const lineEnd = next.pending.indexOf('\n', next.lineStart);
		if (lineEnd === -1) return {scan: next, blocks};
		const line = next.pending.slice(next.lineStart, lineEnd);
		const before = next.fence;
		next = afterLine(next, line, lineEnd + 1);
		if (before !== undefined && next.fence === undefined && !/^(?: {2}|\t)/.test(line)) {
			blocks.push(blockOf(next, next.lineStart));
			next = restAfter(next, next.lineStart, false);
		}
	}
}

/** Ends a block before its time, at an offset in `pending` where a paragraph may be broken; what follows continues it. */
export function cutBlock(scan: BlockScan, at: number): Scanned {
	return {scan: restAfter(scan, at, true), blocks: [blockOf(scan, at)]};
}

/** Ends the block under way where the text goes on behind something else; an open fence is opened again there. */
export function settleBlocks(scan: BlockScan): Scanned {
	if (scan.pending.trim() === '') return {scan, blocks: []};
	return {scan: restAfter(scan, scan.pending.length, false), blocks: [blockOf(scan, scan.pending.length)]};
}

/** The rest, when the answer has ended. */
export function endBlocks(scan: BlockScan): readonly Block[] {
	return scan.pending.trim() === '' ? [] : [blockOf({...scan, fence: undefined}, scan.pending.length)];
}

/** The live tail as markdown that stands alone. */
export function tailMarkdown(scan: BlockScan): string {
	return scan.reopened === undefined ? scan.pending : `${scan.reopened}\n${scan.pending}`;
}

function afterLine(scan: BlockScan, line: string, lineStart: number): BlockScan {
	const opened = opensFence(line) ? line : undefined;
	const fence = scan.fence === undefined ? opened : closesFence(line, scan.fence) ? undefined : scan.fence;
	return {...scan, lineStart, lines: scan.lines + 1, fence, afterBlank: fence === undefined && line.trim() === ''};
}

function blockOf(scan: BlockScan, at: number): Block {
	const source = scan.pending.slice(0, at);
	return {source, markdown: standingAlone(source, scan), continues: scan.continues};
}

function standingAlone(source: string, {reopened, fence}: BlockScan): string {
	if (reopened !== undefined && closesFence(source.trimEnd(), reopened)) return '';
	const opening = reopened === undefined ? '' : `${reopened}\n`;
	const closing = fence === undefined ? '' : `${source.endsWith('\n') ? '' : '\n'}${fenceMark(fence)}\n`;
	return opening + source + closing;
}

function restAfter(scan: BlockScan, at: number, tooLong: boolean): BlockScan {
	return {...emptyScan, pending: scan.pending.slice(at), fence: scan.fence, reopened: scan.fence, continues: tooLong};
}
