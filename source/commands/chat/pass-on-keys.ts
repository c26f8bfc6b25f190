import type {Overlay} from '../../chat/overlay/overlay.js';
import type {ChatScreenProps} from '../../components/chat-screen.js';
import {placeInRow} from '../../components/composer.js';
import type {LiveArea} from '../../components/live-area.js';
import type {Scrolling} from '../../components/overlay-view.js';
import type {KeyAction} from '../../terminal/keys.js';
import type {ChatSession} from './chat-session.js';
import {approvalTopAfter} from './scroll-approval.js';
import {helpTopAfter, runsTopAfter} from './scroll-help.js';

type ScreenAction = Parameters<ChatScreenProps['onAction']>[0];

/** What is on the screen while a key is pressed. */
export interface ShownThen {
	/** Absent before the first frame. */
	readonly area: LiveArea | undefined;
	readonly columns: number;
}

/** Keys of a hidden token stay out of the state; in a panel that shows its last line, nothing scrolls on; the help scrolls as far as it goes. */
export function passOn(action: ScreenAction, session: ChatSession, {area, columns}: ShownThen): void {
	const {panel, overlay, draft} = session.store.getState();
	if (panel?.focused && panel.view.kind === 'token') {
		const key = hiddenKeyOf(action);
		if (key !== undefined) {
			if (panel.view.step === 'typing') session.typeHidden(key);
			return;
		}
	}
	if (overlay?.kind === 'approval' && !panel?.focused && draft.text === '' && area?.scroll && area.approval?.id === overlay.id) {
		const top = approvalTopAfter(action, overlay.top, area.scroll);
		if (top !== undefined) {
			session.happened({type: 'approval-scrolled', top});
			return;
		}
	}
	const top = overlay && !panel?.focused && area?.scroll ? topAfter(action, overlay, area.scroll) : undefined;
	if (top !== undefined) {
		session.happened({type: 'help-scrolled', top});
		return;
	}
	if (panel?.focused && scrollsOn(action) && area?.isPanelAtEnd) return;
	session.happened(withPlace(action, session, columns));
}

function topAfter(action: ScreenAction, overlay: Overlay, scroll: Scrolling): number | undefined {
	if (overlay.kind === 'help') return helpTopAfter(action, overlay, scroll);
	return overlay.kind === 'runs' ? runsTopAfter(action, scroll) : undefined;
}

function scrollsOn(action: ScreenAction): boolean {
	if (action.type === 'edit-requested') return action.edit === 'next-line';
	return action.type === 'text-typed' && /^[j ]$/.test(action.text);
}

/** ↑ and ↓ go by the rows of the screen, which the chat's core does not know. */
function withPlace(action: ScreenAction, session: ChatSession, columns: number): ScreenAction & {readonly place?: number} {
	if (action.type !== 'edit-requested' || (action.edit !== 'previous-line' && action.edit !== 'next-line')) return action;
	const place = placeInRow(session.store.getState().draft, columns, action.edit === 'previous-line' ? 'above' : 'below');
	return place === undefined ? action : {...action, place};
}

function hiddenKeyOf(action: KeyAction): Parameters<ChatSession['typeHidden']>[0] | undefined {
	if (action.type === 'text-typed' || action.type === 'text-pasted') return {type: 'typed', text: action.text};
	if (action.type !== 'edit-requested') return undefined;
	if (action.edit === 'backward-delete-char') return {type: 'delete-character'};
	return action.edit === 'unix-line-discard' ? {type: 'delete-all'} : undefined;
}
