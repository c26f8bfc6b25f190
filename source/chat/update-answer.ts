import type {TransportEvent} from '../gateway/transport.js';
import {type Block, emptyScan, scanBlocks} from './blocks.js';
import {blockEntries, endAnswer} from './end-answer.js';
import type {Answer, State} from './state.js';
import {append, type Step, stay, then} from './step.js';

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
			return stay(withAnswer(heard, {...heard.answer, progress: event.message}));
		case 'delta':
			return stay(addText(heard, heard.answer, event.text));
		case 'replace':
			return stay(replaceText(heard, heard.answer, event.text));
		case 'tool':
			return stay(withAnswer(heard, {...heard.answer, tools: withTool(answer, event.call)}));
		case 'thinking':
		case 'interrupted':
		case 'resumed':
			return stay(heard);
		case 'usage':
			return stay(withAnswer(heard, {...heard.answer, usage: event.usage}));
		case 'ended':
			return endAnswer(state, answer, event.outcome, event.evidence);
	}
}

function withAnswer(state: State, answer: Answer): State {
	return {...state, answer};
}

function accepted(answer: Answer, {runId, model}: TransportEvent & {type: 'accepted'}): Answer {
	return {
		...answer,
		phase: answer.phase === 'sending' ? 'accepted' : answer.phase,
		...(runId !== undefined && {runId}),
		...(model !== undefined && {model}),
	};
}

function withTool(answer: Answer, call: Answer['tools'][number]): Answer['tools'] {
	return answer.tools.some(known => known.id === call.id)
		? answer.tools.map(known => (known.id === call.id ? call : known))
		: [...answer.tools, call];
}

function addText(state: State, answer: Answer, text: string): State {
	if (text === '') return withAnswer(state, answer);
	const {scan, blocks} = scanBlocks(answer.scan, text);
	return settle(
		state,
		{
			...answer,
			phase: answer.phase === 'cancelling' ? 'cancelling' : 'streaming',
			text: answer.text + text,
			scan,
			firstTokenAt: answer.firstTokenAt ?? state.now,
		},
		blocks,
	);
}

/** The gateway says the text anew. What stands in the scrollback stays there; when it was changed, that is said. */
function replaceText(state: State, answer: Answer, text: string): State {
	const settled = answer.text.slice(0, answer.text.length - answer.scan.pending.length);
	const anew = {...answer, savedLength: 0};
	if (text.startsWith(settled)) {
		const before = {...answer.scan, pending: '', lineStart: 0, lines: 0, afterBlank: false, fence: answer.scan.reopened};
		return addText(state, {...anew, text: settled, scan: before}, text.slice(settled.length));
	}
	const said = append(state, {kind: 'notice', text: 'The gateway replaced the answer so far. It begins again here.'});
	return addText(said, {...anew, text: '', scan: emptyScan, begun: false}, text);
}

/** Turns finished blocks into entries. */
function settle(state: State, answer: Answer, blocks: readonly Block[]): State {
	const entries = blockEntries(answer, blocks);
	return append({...state, answer: {...answer, begun: answer.begun || entries.length > 0}}, ...entries);
}
