import type {ToolCall, TransportEvent} from '../../gateway/transport.js';
import type {Answer, State} from '../state.js';
import {type Step, stay, then} from '../step.js';
import {addText, replaceText, withAnswer} from './answer-text.js';
import {endAnswer} from './end-answer.js';
import {answerInterrupted, answerResumed, answerSought} from './interruption.js';
import {progressOf} from './progress.js';
import {endThought, hearThought} from './thinking.js';
import {hearTool} from './tool-runs.js';

/** Takes what came for the question under way. Events of other questions are late news of an old connection and change nothing. */
export function receiveReply(state: State, events: readonly TransportEvent[]): Step {
	return events.reduce<Step>((step, event) => then(step, current => receive(current, event)), stay(state));
}

function receive(state: State, event: TransportEvent): Step {
	const {answer} = state;
	if (answer === undefined || answer.questionId !== event.questionId) return stay(state);
	const {now} = state;
	const heard = {...state, answer: {...answer, lastByteAt: now}};
	switch (event.type) {
		case 'accepted':
			return stay(withAnswer(heard, accepted(heard.answer, event)));
		case 'progress':
			return stay(withAnswer(heard, {...taken(heard.answer), progress: progressOf(event, now)}));
		case 'delta':
			return stay(goesOn(heard, event.text, (current, before) => addText(current, before, event.text)));
		case 'replace':
			return stay(goesOn(heard, event.text, (current, before) => replaceText(current, before, event.text)));
		case 'tool':
			return toolHeard(heard, event.call);
		case 'thinking':
			return stay(hearThought(heard, withoutProgress(taken(heard.answer)), event.text));
		case 'interrupted':
			return stay(answerInterrupted(state, answer));
		case 'sought':
			return stay(answerSought(state, answer, event.atMostMs));
		case 'resumed':
			return stay(answerResumed(heard, heard.answer, event.run));
		case 'usage':
			return stay(withAnswer(heard, {...heard.answer, usage: event.usage}));
		case 'ended':
			return endAnswer(state, answer, event.outcome, event.evidence);
	}
}

function accepted(answer: Answer, {runId, model}: TransportEvent & {type: 'accepted'}): Answer {
	return {
		...answer,
		phase: answer.phase === 'sending' ? 'accepted' : answer.phase,
		...(runId !== undefined && {runId}),
		...(model !== undefined && {model}),
	};
}

function toolHeard(state: State & {readonly answer: Answer}, call: ToolCall): Step {
	const current = endThought(state);
	return hearTool(current, withoutProgress(taken(current.answer ?? state.answer)), call);
}

/** What runs was taken by the gateway. */
function taken(answer: Answer): Answer {
	return answer.phase === 'sending' ? {...answer, phase: 'accepted'} : answer;
}

function withoutProgress({progress: _over, ...answer}: Answer): Answer {
	return answer;
}

/** Text comes: what was waited for is there. */
function goesOn(state: State & {readonly answer: Answer}, text: string, take: (state: State, answer: Answer) => State): State {
	const current = text === '' ? state : endThought(state);
	return take(current, withoutProgress(current.answer ?? state.answer));
}
