import {setTimeout as wait} from 'node:timers/promises';
import type {Stage} from './play-run.js';
import type {Failure} from './reply.js';
import {announceRetry} from './steps.js';
import {isOld} from './world.js';

/** What the control plane of 2026.9.6 says of a failed provider. */
interface Words {
	readonly message: string;
	readonly failoverReason?: string;
	readonly kind: string;
	/** What the second error says, where that is not the first one with an introduction. */
	readonly told?: string;
}

const failed = '⚠️ Agent run failed (model: fake/fake-1).';
const requestFailed = (why: string, then: string) => `⚠️ fake/fake-1 request failed (${why}). ${then}`;
const soonAgain = 'This is usually temporary — try again shortly.';

/** By the message that the same failure has over HTTP. */
const words: ReadonlyArray<readonly [RegExp, Words]> = [
	[
		/^400/,
		{
			message: 'LLM request failed: provider rejected the request schema or tool payload.',
			failoverReason: 'format',
			kind: 'schema',
		},
	],
	[
		/^401/,
		{
			message: requestFailed('authentication failed, HTTP 401', 'Re-authenticate the provider and try again.'),
			failoverReason: 'auth',
			kind: 'auth',
		},
	],
	[
		/^429/,
		{
			message: '⚠️ fake http429 failure; Retry-After: 7 seconds',
			failoverReason: 'rate_limit',
			kind: 'rate_limit',
			told: '⚠️ The model request was rate-limited. Please try again in a few minutes.',
		},
	],
	[/^upstream provider timeout/, {message: 'LLM request timed out.', failoverReason: 'timeout', kind: 'timeout'}],
	[/^upstream/, {message: requestFailed('provider internal error', soonAgain), failoverReason: 'server_error', kind: 'unclassified'}],
];

const otherwise: Words = {message: failed, kind: 'unclassified', told: failed};

/** Plays the end of a run whose provider failed: the retries first, where the gateway tries again. */
export async function failRun(stage: Stage, failure: Failure): Promise<void> {
	const {world, session, run, announce} = stage;
	const delayMs = world.state.faultOptions.failureDelayMs ?? 20;
	if (isOld(world)) {
		await wait(failure.slowly ? delayMs : 0, undefined, {signal: run.stop.signal});
		world.sessions.add(session, {role: 'assistant', text: run.text, runId: run.id, stopReason: 'error', error: failure.message});
		run.finish({status: 'ok', at: world.state.now(), text: run.text});
		announce.agent('lifecycle', {phase: 'end', endedAt: world.state.now()});
		announce.chat({state: 'final', ...(run.text === '' ? {} : {message: announce.message(run.text)})});
		return;
	}

	if (failure.slowly) await tryAgain(stage, failure, delayMs);
	const {
		message,
		failoverReason,
		kind,
		told = introduced(message),
	} = words.find(([pattern]) => pattern.test(failure.message))?.[1] ?? otherwise;
	const reason = failoverReason === undefined ? {} : {failoverReason};
	const errorDetail = {provider: 'fake', model: 'fake-1', ...reason, providerRuntimeFailureKind: kind};
	const at = world.state.now();
	session.lastRunId = run.id;
	run.finish({status: 'error', at, text: told});
	announce.agent('lifecycle', {phase: 'error', error: message, errorObservation: errorDetail, startedAt: run.startedAt, endedAt: at});
	announce.chat({state: 'error', errorMessage: message, errorDetail});
	// A second error of the same run follows, with a number of its own.
	announce.chat({seq: 1, state: 'error', errorMessage: told});
}

function introduced(message: string): string {
	return `⚠️ Agent failed before reply: ${message}\nTo view logs, run \`openclaw logs --follow\` in a terminal.`;
}

/** The retries of 2026.9.6. Text that has come is taken back each time, and comes again. */
async function tryAgain(stage: Stage, failure: Failure, delayMs: number): Promise<void> {
	const {run, announce} = stage;
	const limited = failure.type === 'rate_limit_error';
	const maxRetries = limited ? 9 : 8;
	const text = run.text;
	for (let attempt = 1; attempt <= maxRetries; attempt += 1) {
		const reason = limited ? 'rate_limit' : 'server_error';
		await announceRetry(stage, {kind: 'retry', attempt, maxRetries, delayMs: Math.round(delayMs / maxRetries), reason});
		if (text === '') continue;
		run.text = '';
		announce.chat({state: 'delta', deltaText: '', replace: true, message: announce.message('')});
		run.text = text;
		announce.agent('assistant', {text, delta: text});
		announce.chat({state: 'delta', deltaText: text, message: announce.message(text)});
	}
}
