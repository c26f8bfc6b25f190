import type {Turn} from './turn.js';

/** How long the gateway has to say that it has stopped a run, with the text so far. */
const goodbyeWithinMs = 2_000;

/** Tells the gateway to stop a run. Its `aborted` brings the text so far; without it the wish counts as done after a while. */
export async function stopRun(turn: Turn): Promise<void> {
	const {control, asked, reader, inbox} = turn;
	const answer = await control.call('chat.abort', {sessionKey: asked.sessionKey, runId: reader.runId}, {timeoutMs: goodbyeWithinMs});
	turn.isStopHeard = answer.ok && answer.payload['aborted'] === true;
	if (turn.isStopHeard) turn.later(goodbyeWithinMs, {kind: 'stopped'});
	else inbox.put({kind: 'stopped'});
}

/** Tells it as soon as the connection is back, if it comes back: the run is not wanted any more. */
export function stopWhenBack({control, asked, reader}: Turn): void {
	const {runId} = reader;
	const stopHearing = control.hear(news => {
		if (news.kind !== 'opened') return;
		stopHearing();
		void control.call('chat.abort', {sessionKey: asked.sessionKey, runId});
	});
}
