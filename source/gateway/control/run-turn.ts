import type {ControlNews} from '../control-plane.js';
import type {Outcome, TransportEvent} from '../transport.js';
import {createInbox} from './inbox.js';
import {createQueuedRun} from './queued-run.js';
import {answered, cancelled, closed, ended, givenUp, hasToWait, look, stop} from './run-course.js';
import {concludeRun} from './run-end.js';
import {isSameStart} from './run-fate.js';
import {createRunReader} from './run-reader.js';
import type {Happening, Turn, TurnOptions} from './turn.js';

/** Sends a question once and follows its run to the end, over connections that come and go. */
export async function followRun(options: TurnOptions): Promise<Outcome> {
	const turn = begin(options);
	const {control, signal, closing, inbox} = turn;
	const stopHearing = control.hear(news => hear(turn, news));
	const stopWatching = watchSilence(turn);
	const wish = () => inbox.put({kind: 'stop'});
	const shut = () => inbox.put({kind: 'given-up'});
	signal.addEventListener('abort', wish, {once: true});
	closing.addEventListener('abort', shut, {once: true});
	if (closing.aborted) shut();
	try {
		turn.submit();
		for (;;) {
			const outcome = await react(turn);
			if (outcome !== undefined) return await concludeRun(turn, outcome);
		}
	} finally {
		for (const end of [stopHearing, stopWatching, ...turn.timers]) end();
		signal.removeEventListener('abort', wish);
		closing.removeEventListener('abort', shut);
	}
}

function begin(options: TurnOptions): Turn {
	const {questionId, asked, control, log, relation, emit} = options;
	const {runId, sessionKey} = asked;
	const inbox = createInbox<Happening>();
	const tell = (event: TransportEvent) => {
		turn.accept();
		turn.resume('running');
		if (event.type === 'delta') turn.firstTextMs ??= log.elapsed() - turn.sentAtMs;
		emit(event);
	};
	const turn: Turn = {
		...options,
		inbox,
		reader: createRunReader({questionId, runId, sessionKey}, tell),
		queued: createQueuedRun(options, found => inbox.put({kind: 'found', ...found})),
		timers: new Set(),
		sentAt: relation.now(),
		sentAtMs: log.elapsed(),
		heardAtMs: log.elapsed(),
		accepted: false,
		isAway: false,
		absences: 0,
		gaps: 0,
		hasGap: false,
		isResuming: false,
		isSameStart: true,
		isStopping: false,
		isStopHeard: false,
		accept() {
			if (turn.accepted) return;
			turn.accepted = true;
			emit({type: 'accepted', questionId, runId, transport: 'ws'});
		},
		resume(run) {
			if (!turn.isResuming) return;
			turn.isResuming = false;
			emit({type: 'resumed', questionId, run: run === 'running' && !turn.isSameStart ? 'taken-up' : run});
		},
		submit() {
			void control.call(asked.method, asked.params, {timeoutMs: submitWithinMs}).then(answer => inbox.put({kind: 'answered', answer}));
		},
		later(delayMs, happening) {
			const cancel = relation.silence.schedule(delayMs, () => {
				turn.timers.delete(cancel);
				inbox.put(happening);
			});
			turn.timers.add(cancel);
		},
	};
	return turn;
}

/** More of them say nothing new. */
const mostGaps = 20;

/** A gateway that has just started takes its time. */
const submitWithinMs = 30_000;

/** Frames are read as they come, whatever is being waited for. */
function hear(turn: Turn, news: ControlNews): void {
	const {reader, inbox, log} = turn;
	switch (news.kind) {
		case 'event': {
			const wasOver = reader.summary.ending !== undefined;
			if (!reader.take(news.name, news.payload)) {
				turn.queued.hear(news.name, news.payload);
				return;
			}
			turn.heardAtMs = log.elapsed();
			if (!wasOver && reader.summary.ending !== undefined) {
				// The run that answers may begin with the very next frame.
				if (hasToWait(turn)) turn.queued.begin();
				inbox.put({kind: 'ended'});
			}
			return;
		}
		case 'gap':
			turn.gaps += 1;
			if (turn.gaps <= mostGaps) log.add({kind: 'sequence-gap', layer: 'control', atMs: log.elapsed(), missing: news.missing ?? 1});
			if (!turn.hasGap) inbox.put({kind: 'look', isReturn: false, tries: 0});
			turn.hasGap = true;
			return;
		case 'closed':
			inbox.put({kind: 'closed', news});
			return;
		case 'opened':
			reader.reconnected();
			inbox.put({kind: 'opened', hello: news.hello});
	}
}

async function react(turn: Turn): Promise<Outcome | undefined> {
	const happening = await turn.inbox.take();
	switch (happening.kind) {
		case 'answered':
			return answered(turn, happening.answer);
		case 'ended':
			return ended(turn);
		case 'found':
			turn.queued.end();
			turn.reader.follow(happening.runId);
			for (const [name, payload] of happening.frames) hear(turn, {kind: 'event', name, payload});
			return undefined;
		case 'closed':
			return closed(turn, happening.news);
		case 'opened':
			if (!turn.isAway) return undefined;
			turn.isAway = false;
			turn.isResuming = true;
			turn.soughtUntilMs = undefined;
			turn.isSameStart &&= isSameStart(turn.hello, happening.hello);
			return look(turn, true, 0);
		case 'look':
			turn.hasGap = false;
			return turn.isAway ? undefined : look(turn, happening.isReturn, happening.tries);
		case 'stop':
			return stop(turn);
		case 'stopped':
			return turn.isStopping ? cancelled(turn) : undefined;
		case 'given-up':
			return givenUp(turn, happening.absence);
	}
}

/** Asks for a run that nothing has come of for a while: its end may have been missed. */
function watchSilence(turn: Turn): () => void {
	const {relation, inbox, log} = turn;
	const {checkEveryMs, schedule} = relation.silence;
	let cancel = schedule(checkEveryMs, check);
	function check(): void {
		if (!turn.isAway && turn.accepted && log.elapsed() - turn.heardAtMs >= checkEveryMs)
			inbox.put({kind: 'look', isReturn: false, tries: 0});
		cancel = schedule(checkEveryMs, check);
	}
	return () => cancel();
}
