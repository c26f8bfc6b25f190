import {attachDoubted, leaveDoubted} from '../composer/attach.js';
import type {Attaching} from '../composer/attachment-order.js';
import {sendConfirmed} from '../connection/send-confirmed.js';
import {duringAnswer, trash} from '../conversation/conversation-requests.js';
import type {Event} from '../event.js';
import type {State} from '../state.js';
import {type Step, stay} from '../step.js';
import {closeOverlay} from './overlay.js';

/** A question that is answered with y or n; Enter is no answer, so that nothing is confirmed by habit. */
export interface Confirmation {
	readonly kind: 'confirmation';
	readonly question: string;
	/** What the yes would do or send, a line each. */
	readonly details: readonly string[];
	readonly act: ConfirmedAct;
}

/** What a yes does. */
export type ConfirmedAct =
	| {readonly type: 'switch-profile'; readonly name: string}
	| {readonly type: 'delete-conversation'; readonly id: string}
	/** A command of the gateway that takes something away. */
	| {readonly type: 'send-command'; readonly text: string}
	/** A file that may hold secrets. */
	| {readonly type: 'attach-file'; readonly file: Attaching};

/** y does it, n and Esc do not; every other key waits. */
export function answerConfirmation(state: State, overlay: Confirmation, event: Event): Step {
	if (event.type === 'cancel-requested' || event.type === 'interrupt-requested') return refuse(closeOverlay(state), overlay.act);
	if (event.type !== 'text-typed') return stay(state);
	if (/^[nN]$/.test(event.text)) return refuse(closeOverlay(state), overlay.act);
	return /^[yY]$/.test(event.text) ? carryOutConfirmed(closeOverlay(state), overlay.act) : stay(state);
}

function carryOutConfirmed(state: State, act: ConfirmedAct): Step {
	switch (act.type) {
		case 'switch-profile':
			return duringAnswer(state, '/profile') ?? [{...state, switchingProfile: true}, [{type: 'switch-profile', name: act.name}]];
		case 'delete-conversation':
			return duringAnswer(state, '/delete') ?? trash(state, act.id);
		case 'send-command':
			return sendConfirmed(state, act.text);
		case 'attach-file':
			return attachDoubted(state, act.file);
	}
}

function refuse(state: State, act: ConfirmedAct): Step {
	switch (act.type) {
		case 'switch-profile':
		case 'delete-conversation':
		case 'send-command':
			return stay(state);
		case 'attach-file':
			return leaveDoubted(state, act.file);
	}
}
