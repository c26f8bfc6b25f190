import type {State} from '../chat/state.js';

/** Letters of an id that tell conversations apart; `--resume` takes the beginning of one. */
const shortIdLength = 8;

/** The line that a chat leaves behind: the command that opens its conversation again. Undefined where nothing of it is on disk. */
export function howToGoOn({conversation, place, failedSaves}: State): string | undefined {
	if (conversation.ephemeral || conversation.asked === 0 || failedSaves.includes('conversation')) return undefined;
	const profile = place.profile === undefined ? '' : ` --profile ${place.profile}`;
	return `To go on: clawtalk${profile} --resume ${conversation.id.slice(0, shortIdLength)}`;
}
