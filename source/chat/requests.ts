import {carryOutOnApprovals} from './approval/approval-requests.js';
import {attachNamed} from './composer/attach.js';
import {carryOutOnConversation, duringAnswer} from './conversation/conversation-requests.js';
import {showHelp} from './help.js';
import {leave} from './leave.js';
import {askForProfile, chooseAgent, chooseModel, chooseProfile} from './overlay/choices.js';
import {chooseThinking} from './overlay/choose-thinking.js';
import {openPanel} from './panel/panel.js';
import {carryOutOnScreen} from './screen-requests.js';
import type {SlashRequest} from './slash.js';
import type {State} from './state.js';
import {notice, type Step, stay} from './step.js';

/** Carries out a slash command. */
export function carryOut(state: State, request: SlashRequest): Step {
	switch (request.kind) {
		case 'help':
			return stay(showHelp(state, 'commands'));
		case 'quit':
			return leave(state);
		case 'clear':
			return [notice(state, 'The screen is cleared. The agent still remembers; /new begins without memory.'), [{type: 'clear-screen'}]];
		case 'status':
			if (state.hasPanel) return openPanel(state, 'user');
			return [{...state, checkAsked: 'status'}, [{type: 'check-connection'}]];
		case 'new':
		case 'sessions':
		case 'earlier':
		case 'rename':
		case 'fork':
		case 'delete':
		case 'undo':
		case 'retry':
		case 'edit':
		case 'continue':
		case 'search':
		case 'export':
			return carryOutOnConversation(state, request);
		case 'copy':
		case 'redraw':
		case 'less':
		case 'raw':
		case 'runs':
		case 'theme':
			return carryOutOnScreen(state, request);
		case 'approvals':
		case 'approve':
		case 'deny':
			return carryOutOnApprovals(state, request);
		case 'agent':
			return chooseAgent(state, request);
		case 'model':
			return chooseModel(state, request);
		case 'think':
			return chooseThinking(state, request);
		case 'attach':
			return attachNamed(state, request.path);
		case 'profile':
			if (request.name === undefined) return chooseProfile(state);
			return duringAnswer(state, '/profile') ?? askForProfile(state, request.name);
		case 'tunnel':
			return duringAnswer(state, '/tunnel') ?? openTunnel(state);
	}
}

function openTunnel(state: State): Step {
	if (state.switchingProfile) return stay(notice(state, 'Another way is being opened. /tunnel again when that is done.'));
	const {profile} = state.place;
	const opening = notice({...state, switchingProfile: true}, 'Opening a tunnel with ssh …');
	return [opening, [{type: 'open-tunnel', ...(profile === undefined ? {} : {profile})}]];
}
