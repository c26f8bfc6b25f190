import type {ToolCall} from '../../gateway/transport.js';
import type {ToolRun} from '../../transcripts/record.js';

/** A tool of the agent that is running. */
export interface RunningTool extends ToolCall {
	/** When we heard of it first, by our clock. */
	readonly since: number;
	/** It waited for approval, and the request was withdrawn. */
	readonly isHeldBack?: true;
}

/** UTF-16 units of what is kept of a run: of arguments the beginning, of outputs the end. */
const mostWords = 400;
const mostDetail = 4_000;
const mostIdLength = 200;

/** Ids are compared in this form. */
export function idOf({id}: ToolCall): string {
	return id.slice(0, mostIdLength);
}

/** What is known of a run with what was told of it now. @param now Milliseconds since the epoch. */
export function heardOf(known: RunningTool | undefined, told: ToolCall, now: number): RunningTool {
	const tool: RunningTool = {...known, ...told, id: idOf(told), since: known?.since ?? now};
	const {name, summary, output, error} = tool;
	return {
		...tool,
		name: name.slice(0, mostWords),
		...(summary !== undefined && {summary: summary.slice(0, mostWords)}),
		...(tool.arguments !== undefined && {arguments: tool.arguments.slice(0, mostDetail)}),
		...(output !== undefined && {output: output.slice(-mostDetail)}),
		...(error !== undefined && {error: error.slice(0, mostWords)}),
	};
}

export function hasEnded({phase}: ToolCall): boolean {
	return phase === 'finished' || phase === 'failed';
}

/**
 * What is kept of it when it has ended, or nothing more will be heard of it. Our clock counts where the gateway's does not.
 *
 * @param isHeldBack It has not begun.
 */
export function endedRun(tool: RunningTool, now: number, isHeldBack = false): ToolRun {
	const {name, phase, since, durationMs, summary, output, resultLength, error} = tool;
	const hasCome = phase === 'finished' || phase === 'failed';
	const ended = hasCome ? phase : isHeldBack ? 'held-back' : 'unseen';
	const tookMs = durationMs ?? (!hasCome || now === since ? undefined : now - since);
	return {
		name,
		ended,
		...(summary !== undefined && {summary}),
		...(tool.arguments !== undefined && {arguments: tool.arguments}),
		...(output !== undefined && {output}),
		...(resultLength !== undefined && {resultLength}),
		...(tookMs !== undefined && {durationMs: tookMs}),
		...(error !== undefined && {error}),
	};
}
