import type {StreamEnded} from '../../diagnosis/evidence.js';
import type {Outcome} from '../transport.js';
import {findRun} from './run-lookup.js';
import type {Turn} from './turn.js';

/** A whole answer is not kept waiting for its figures longer than this, milliseconds: a busy gateway takes seconds for its history. */
const usualUsageWithinMs = 300;

/** Adds to the evidence how the run ended, and asks for what it cost. */
export async function concludeRun(turn: Turn, outcome: Outcome): Promise<Outcome> {
	const {log, reader} = turn;
	const {summary} = reader;
	const endedAtMs = log.elapsed();
	if (outcome.kind === 'complete') await askUsage(turn);
	for (const {name, error, node} of summary.failedTools.slice(0, 20)) {
		const where = node === undefined ? {} : {node};
		log.add({kind: 'tool-failed', layer: 'control', atMs: endedAtMs, tool: name, message: error ?? 'it gave no reason', ...where});
	}
	if (outcome.kind === 'refused' || outcome.kind === 'unreachable') return outcome;
	const ending = summary.ending === 'too-large' ? 'too-large' : endings[outcome.kind === 'cancelled' ? outcome.by : outcome.kind];
	log.add({
		kind: 'stream-ended',
		layer: 'chat',
		atMs: endedAtMs,
		tookMs: endedAtMs - turn.sentAtMs,
		ending,
		...(outcome.kind === 'complete' ? {finishReason: outcome.finishReason} : {}),
		textLength: summary.text.length,
		events: summary.events,
		malformed: summary.malformed,
		silentMs: endedAtMs - turn.heardAtMs,
		...(turn.firstTextMs === undefined ? {} : {firstTokenMs: turn.firstTextMs}),
	});
	return outcome;
}

const endings: Readonly<
	Record<'complete' | 'empty' | 'failed' | 'cut' | 'lost' | 'abandoned' | 'user' | 'deadline', StreamEnded['ending']>
> = {
	complete: 'end-mark',
	empty: 'end-mark',
	failed: 'end-mark',
	cut: 'broken',
	lost: 'broken',
	abandoned: 'abandoned',
	user: 'cancelled',
	deadline: 'deadline',
};

/** Counted tokens stand in the history alone (2026.9.6); slash commands have none. */
async function askUsage({control, asked, sentAt, hello, reader, emit, questionId, signal, usageWithinMs}: Turn): Promise<void> {
	const {summary} = reader;
	if (summary.usage !== undefined) return emit({type: 'usage', questionId, usage: summary.usage});
	if (hello.protocol < 4 || !summary.began || control.state.kind !== 'open') return;
	if (usageWithinMs === 0) return;
	const options = {timeoutMs: usageWithinMs ?? usualUsageWithinMs, signal};
	const history = await control.call('chat.history', {sessionKey: asked.sessionKey, limit: 20, maxChars: 200}, options);
	const sought = {runId: asked.runId, message: asked.message, sentAt};
	const usage = history.ok ? findRun(history.payload, sought).answer?.usage : undefined;
	if (usage !== undefined) emit({type: 'usage', questionId, usage});
}
