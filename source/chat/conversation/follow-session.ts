import type {Command} from '../command.js';
import type {State} from '../state.js';

/** The gateway can be asked for its sessions, lists and commands: the control plane carries the questions. */
export function hasControl({connection}: State): boolean {
	return connection.state === 'online' && connection.via?.transport === 'ws';
}

/** What is to be ordered of the gateway because of a change: the session of the open conversation is followed, and no other. */
export function sessionCommands(before: State, after: State): readonly Command[] {
	const opened = hasControl(after) && !(hasControl(before) && samePlace(before, after));
	const commands: Command[] = opened ? [{type: 'list-gateway-commands'}] : [];
	const wanted = followed(after);
	const had = followed(before);
	if (wanted === had && !(opened && wanted !== undefined)) return commands;
	if (wanted === undefined) return had === undefined ? commands : [...commands, {type: 'leave-session'}];
	return [...commands, follow(before, after)];
}

function samePlace(before: State, after: State): boolean {
	return before.place === after.place;
}

/** The session that others may speak in; undefined when nobody could, or nobody can be heard. */
function followed(state: State): string | undefined {
	const {conversation, agent, phase} = state;
	const isBegun = conversation.asked > 0 || conversation.isStored === true;
	if (!hasControl(state) || phase === 'quitting' || !(isBegun || wasBegunElsewhere(state)) || conversation.elsewhere !== undefined)
		return undefined;
	return [conversation.id, conversation.sessionKey, agent].join(' ');
}

/** `--session`: what was said in it before is shown, where there is a screen for it; lines of a script get answers to their own questions only. */
function wasBegunElsewhere({conversation, hasScreen}: State): boolean {
	return hasScreen === true && conversation.isNamed === true;
}

function follow(before: State, {conversation, agent}: State): Command {
	const {id, tag, sessionKey, asked} = conversation;
	const isNew = before.conversation.id === id && before.conversation.asked === 0 && asked === 1 && tag === undefined;
	return {
		type: 'follow-session',
		conversationId: id,
		sessionKey,
		...(agent !== undefined && {agent}),
		own: `${id}-${tag === undefined ? '' : `${tag}-`}`,
		// Nobody else can have said anything in a session that our first question begins, nor in one that is told what was said before.
		catchUp: !isNew && conversation.fresh === undefined,
	};
}
