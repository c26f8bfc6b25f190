import {type Draft, edit, emptyDraft, insert} from './composer/draft.js';
import {gatewayItems} from './connection/gateway-commands.js';
import type {KeyEvent} from './overlay/overlay.js';
import {closeOverlay, openOverlay} from './overlay/overlay.js';
import type {State} from './state.js';
import {type Step, stay, tell} from './step.js';

/** The tables of keys and slash commands above the composer: they scroll, typing narrows them, nothing of them stays. */
export interface Help {
	readonly kind: 'help';
	/** Which table comes first. */
	readonly first: 'keys' | 'commands';
	/** Only rows with all of its words are shown. */
	readonly query: Draft;
	/** Commands of the gateway, as it describes them. */
	readonly gateway?: ReadonlyArray<readonly [command: string, description: string]>;
	/** The first line that is shown. */
	readonly top: number;
}

/** Where there is no screen to draw anew, the help is printed as any other entry. */
export function showHelp(state: State, first: Help['first']): State {
	if (!state.hasScreen) return tell(state, {kind: 'help'});
	const gateway = gatewayItems(state.gatewayCommands).map(({text, label = text, description = ''}) => [label, description] as const);
	return openOverlay(state, {kind: 'help', first, query: emptyDraft, ...(gateway.length > 0 && {gateway}), top: 0});
}

/** Esc, `q` and `?` close, anything else narrows; how far it scrolls is told by the screen (`help-scrolled`). */
export function pressInHelp(state: State, help: Help, event: KeyEvent): Step {
	switch (event.type) {
		case 'text-typed':
			if (help.query.text === '' && /^[q?]$/.test(event.text)) return stay(closeOverlay(state));
			return stay(narrow(state, help, insert(help.query, event.text)));
		case 'text-pasted':
			return stay(narrow(state, help, insert(help.query, event.text.replaceAll('\n', ' '))));
		case 'edit-requested':
			return stay(narrow(state, help, edit(help.query, event.edit).draft));
		case 'cancel-requested':
			return stay(help.query.text === '' ? closeOverlay(state) : narrow(state, help, emptyDraft));
		case 'submit-requested':
		case 'interrupt-requested':
		case 'end-of-input':
			return stay(closeOverlay(state));
		default:
			return stay(state);
	}
}

export function scrollHelp(state: State, top: number): State {
	const kind = state.overlay?.kind;
	return state.overlay && (kind === 'help' || kind === 'runs') ? {...state, overlay: {...state.overlay, top: Math.max(0, top)}} : state;
}

function narrow(state: State, help: Help, query: Draft): State {
	const top = query.text === help.query.text ? help.top : 0;
	return {...state, overlay: {...help, query, top}};
}
