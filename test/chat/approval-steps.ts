import type {ApprovalOverlay} from '../../source/chat/approval/approval.js';
import type {State} from '../../source/chat/state.js';
import type {ApprovalRequest} from '../../source/gateway/approval.js';
import {asking, beginning, checked, type Happening, run} from './steps.js';

/** A request as 2026.9.6 sends it, for the session of the chats of these tests. */
export function approval(changes: Partial<ApprovalRequest> = {}): ApprovalRequest {
	return {
		kind: 'exec',
		id: '5b1f0c2e-0000-4000-8000-000000000001',
		command: 'ls -la /etc',
		agent: 'main',
		sessionKey: 'agent:main:clawtalk:c1',
		host: 'gateway',
		cwd: '/home/me/work',
		program: '/usr/bin/ls',
		why: ['The command is on no allow-list of this agent.'],
		decisions: ['allow-once', 'allow-always', 'deny'],
		rule: {kind: 'exact'},
		...changes,
	};
}

export function requested(request: ApprovalRequest = approval(), expiresAt?: number): Happening {
	return {type: 'approval-requested', request, ...(expiresAt !== undefined && {expiresAt})};
}

/** A frame has shown it, to its end unless said otherwise. */
export function drawn(id = approval().id, isAtEnd = true): Happening {
	return {type: 'approval-drawn', id, isAtEnd};
}

/** A chat with a screen, in the middle of an answer. */
export function onScreen(): State {
	return {...asking(), hasScreen: true};
}

export function idleOnScreen(): State {
	return {...run(beginning(), checked).state, hasScreen: true};
}

/** A request is on the screen, and long enough to be answered. */
export function calm(request: ApprovalRequest = approval(), state = onScreen()): State {
	const seen = run(state, requested(request), drawn(request.id)).state;
	return {...seen, now: seen.now + 800};
}

export function overlayOf(state: State): ApprovalOverlay | undefined {
	return state.overlay?.kind === 'approval' ? state.overlay : undefined;
}
