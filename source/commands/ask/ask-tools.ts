import {endedRun, hasEnded, heardOf, idOf, type RunningTool} from '../../chat/answer/tool-run.js';
import type {ToolCall} from '../../gateway/transport.js';
import type {ToolRun} from '../../transcripts/record.js';

/** Tool runs of an answer, in the order in which they ended. */
export interface ToolLog {
	/** The newest are left out when there are more than a document can hold; `count` has them all. */
	readonly runs: readonly ToolRun[];
	readonly count: number;
	/** Gives the run when it has ended with this; what is said again of it gives nothing. @param now Milliseconds. */
	hear(call: ToolCall, now: number): ToolRun | undefined;
	/** Nothing more will be heard: gives what still runs, whose end was not seen. */
	end(now: number): readonly ToolRun[];
}

const mostRuns = 1_000;
const mostRunning = 1_000;

export function createToolLog(): ToolLog {
	const running = new Map<string, RunningTool>();
	const ended = new Set<string>();
	const runs: ToolRun[] = [];
	let count = 0;
	const add = (run: ToolRun) => {
		count++;
		if (runs.length < mostRuns) runs.push(run);
		return run;
	};
	return {
		runs,
		get count() {
			return count;
		},
		hear(call, now) {
			const id = idOf(call);
			if (ended.has(id)) return undefined;
			const tool = heardOf(running.get(id), call, now);
			if (!hasEnded(call)) {
				if (running.has(id) || running.size < mostRunning) running.set(id, tool);
				return undefined;
			}
			running.delete(id);
			ended.add(id);
			return add(endedRun(tool, now));
		},
		end(now) {
			const unseen = [...running.values()].map(tool => add(endedRun(tool, now)));
			running.clear();
			return unseen;
		},
	};
}
