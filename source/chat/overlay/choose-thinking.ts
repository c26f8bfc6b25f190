import {hasControl} from '../conversation/follow-session.js';
import type {State} from '../state.js';
import {notice, type Step, stay, without} from '../step.js';
import {checkChoice} from './check-choice.js';
import {type Choice, openPicker} from './choices.js';
import {defaultName, levelProblem} from './known-choices.js';

/** `/think`: how much the model thinks, for this conversation. Without a level: which it is, and which there are. */
export function chooseThinking(state: State, {name}: Choice): Step {
	if (name === undefined) {
		const current = `Thinking of this conversation: ${state.thinking ?? 'as the agent has it'}`;
		if (!hasControl(state)) return stay(notice(state, `${current}. ${onlyByControl}`));
		if (state.hasScreen === undefined) return stay(notice(state, `${current}.`));
		return openPicker(state, 'thinking', current, 'thinking');
	}
	const problem = name === defaultName ? undefined : levelProblem(state, name);
	if (problem !== undefined) return stay(notice(state, problem));
	const chosen: State = name === defaultName ? without(state, 'thinking') : {...state, thinking: name};
	const words =
		name === defaultName
			? 'Thinking: as the agent has it, from the next message on.'
			: `Thinking: ${name}, from the next message of this conversation on.`;
	const back = name === defaultName ? '' : ' /think default goes back.';
	const told = notice(chosen, `${words}${back}${hasControl(state) ? '' : ` ${onlyByControl}`}`);
	return name === defaultName ? stay(told) : checkChoice(told, 'thinking', name, state.thinking);
}

const onlyByControl = 'Over HTTP a gateway cannot be told: it counts when the control plane is open (/status says why it is not).';
