import type {State} from '../../chat/state.js';

/** Letters of an id that tell conversations apart; `--resume` takes the beginning of one. */
const shortIdLength = 8;

/**
 * The line that a chat leaves behind: the command that opens its conversation again, at the same gateway. Undefined where nothing of it is on
 * disk, and for an address that is not safe in a shell.
 *
 * @param byAddress The gateway was given as `--gateway`: without it, the command would open the conversation elsewhere.
 */
export function howToGoOn({conversation, place, failedSaves}: State, byAddress: boolean): string | undefined {
	if (conversation.ephemeral || conversation.asked === 0 || failedSaves.includes('conversation')) return undefined;
	if (byAddress && !/^https?:\/\/[\w.:-]+$/.test(place.origin)) return undefined;
	const gateway = byAddress ? ` --gateway ${place.origin}` : '';
	const profile = place.profile === undefined ? '' : ` --profile ${place.profile}`;
	return `To go on: clawtalk${gateway}${profile} --resume ${conversation.id.slice(0, shortIdLength)}`;
}
