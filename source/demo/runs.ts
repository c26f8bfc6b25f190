/** One answer of the agent, under way or ended. */
export interface Run {
	readonly id: string;
	readonly sessionKey: string;
	/** What was asked; the same id may not ask anything else. */
	readonly message: string;
	/** The connection that asked: it alone hears of tools. */
	readonly connectionId: string;
	readonly startedAt: number;
	/** The run that was asked for, where that one had to wait and this one answers for it. */
	readonly insteadOf?: string;
	/** What has been said so far. */
	text: string;
	/** A model works on it; otherwise it waits for another run. */
	isWorking: boolean;
	/** Questions that came meanwhile to be answered in this run, as 2026.9.6 does. */
	readonly steered: Run[];
	readonly stop: AbortController;
	end?: RunEnd;
	/** Resolves when it has ended. */
	readonly ended: Promise<void>;
	finish(end: RunEnd): void;
}

export interface RunEnd {
	readonly status: 'ok' | 'error' | 'aborted';
	readonly at: number;
	/** What was answered, or why it failed. */
	readonly text: string;
	readonly stopReason?: string;
}

type Asked = Pick<Run, 'id' | 'sessionKey' | 'message' | 'connectionId' | 'startedAt' | 'insteadOf'>;

export function createRun(asked: Asked): Run {
	const ended = Promise.withResolvers<void>();
	const run: Run = {
		...asked,
		text: '',
		isWorking: false,
		steered: [],
		stop: new AbortController(),
		ended: ended.promise,
		finish(end) {
			run.end ??= end;
			ended.resolve();
		},
	};
	return run;
}
