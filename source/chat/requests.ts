import {showHelp} from './help.js';
import {leave} from './leave.js';
import {openPanel} from './panel.js';
import {carryOutOnScreen} from './screen-requests.js';
import type {SlashRequest} from './slash.js';
import type {State} from './state.js';
import {notice, type Step, stay, without} from './step.js';

/** Takes back what `/agent` or `/model` chose, a flag or the configuration. */
const defaultName = 'default';

/** Carries out a slash command. */
export function carryOut(state: State, request: SlashRequest): Step {
	switch (request.kind) {
		case 'help':
			return stay(showHelp(state, 'commands'));
		case 'new':
			return duringAnswer(state, '/new') ?? [state, [{type: 'create-conversation'}]];
		case 'quit':
			return leave(state);
		case 'clear':
			return [notice(state, 'The screen is cleared. The agent still remembers; /new begins without memory.'), [{type: 'clear-screen'}]];
		case 'status':
			if (state.hasPanel) return openPanel(state, 'user');
			return [{...state, checkAsked: 'status'}, [{type: 'check-connection'}]];
		case 'copy':
		case 'redraw':
		case 'less':
		case 'raw':
		case 'theme':
			return carryOutOnScreen(state, request);
		case 'agent':
			return request.name === undefined ? showAgents(state) : stay(setAgent(state, request.name));
		case 'model':
			return stay(request.name === undefined ? notice(state, modelInWords(state)) : setModel(state, request.name));
		case 'profile':
			if (request.name === undefined) return stay(notice(state, profileInWords(state)));
			return duringAnswer(state, '/profile') ?? switchProfile(state, request.name);
		case 'tunnel':
			return duringAnswer(state, '/tunnel') ?? openTunnel(state);
	}
}

/** What the gateway said when it was asked for its agents. */
export function listAgents(state: State, agents: readonly string[]): State {
	const list = agents.length === 0 ? 'The gateway lists no agents.' : `Agents of this gateway: ${agents.join(', ')}.`;
	return notice({...state, agents}, list);
}

function duringAnswer(state: State, command: string): Step | undefined {
	return state.answer && stay(notice(state, `An answer is under way. Esc stops it, then ${command} works.`));
}

/** One at a time: the one that is opened last would win, not the one that was wanted last. */
function switchProfile(state: State, name: string): Step {
	if (state.switchingProfile) return stay(notice(state, 'Another profile is being opened. /profile again when that is done.'));
	return [{...state, switchingProfile: true}, [{type: 'switch-profile', name}]];
}

function openTunnel(state: State): Step {
	if (state.switchingProfile) return stay(notice(state, 'Another way is being opened. /tunnel again when that is done.'));
	const {profile} = state.place;
	const opening = notice({...state, switchingProfile: true}, 'Opening a tunnel with ssh …');
	return [opening, [{type: 'open-tunnel', ...(profile === undefined ? {} : {profile})}]];
}

function showAgents(state: State): Step {
	const current = `Agent: ${state.agent ?? 'the default of the gateway'}.${state.agent === undefined ? '' : ' /agent default goes back.'}`;
	return [notice(state, current), [{type: 'list-agents'}]];
}

function setAgent(state: State, name: string): State {
	if (name === defaultName) return notice(without(state, 'agent'), 'Agent: the default of the gateway, with a memory of its own.');
	const known = state.agents ?? [];
	if (known.length > 0 && !known.includes(name)) {
		return notice(state, `This gateway lists no agent ${name}, only ${known.join(', ')}. Nothing was changed.`);
	}
	return notice(
		{...state, agent: name},
		`Agent: ${name}. Each agent has its own memory: it does not know what was said to others. /agent default goes back.`,
	);
}

function setModel(state: State, name: string): State {
	if (name === defaultName) return notice(without(state, 'model'), 'Model: the default of the agent, from the next message on.');
	return notice({...state, model: name}, `Model: ${name}, from the next message of this conversation on. /model default goes back.`);
}

function modelInWords({model}: State): string {
	const back = model === undefined ? '' : ' /model default goes back.';
	return `Model: ${model ?? 'the default of the agent'}.${back} Gateways name models provider/name and do not list them.`;
}

function profileInWords({place}: State): string {
	return `Profile: ${place.profile ?? 'none'}, ${place.origin} (${place.path}). \`clawtalk profiles\` lists them.`;
}
