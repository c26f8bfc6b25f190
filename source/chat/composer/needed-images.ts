import type {State} from '../state.js';
import {type Step, stay, without} from '../step.js';
import type {Fragment} from './draft.js';

/** Lets images go that nothing needs any more: no message that is typed, waits or may be asked again, and no step of undo or yank. */
export function releaseImages(state: State): Step {
	const {heldImages = []} = state;
	if (heldImages.length === 0) return stay(state);
	const needed = new Set(fragmentsIn(state).flatMap(imagesIn));
	const ids = heldImages.filter(id => !needed.has(id));
	if (ids.length === 0) return stay(state);
	const kept = heldImages.filter(id => needed.has(id));
	const rest: State = without(state, 'heldImages');
	return [kept.length === 0 ? rest : {...rest, heldImages: kept}, [{type: 'release-images', ids}]];
}

/** Wherever pieces can stand. */
function fragmentsIn(state: State): ReadonlyArray<Pick<Fragment, 'pieces'> | undefined> {
	const {draft, queue, answer, conversation, inputHistory, leftDrafts, editing, inEditor, attachedNext} = state;
	return [
		draft,
		...queue,
		answer?.draft,
		conversation.last?.draft,
		inputHistory.stash,
		...Object.values(inputHistory.edits ?? {}),
		...Object.values(leftDrafts ?? {}),
		...editing.past,
		...editing.future,
		...editing.kills,
		inEditor,
		attachedNext && {pieces: attachedNext},
	];
}

function imagesIn(fragment: Pick<Fragment, 'pieces'> | undefined): readonly string[] {
	return (fragment?.pieces ?? []).flatMap(piece => (piece.kind === 'image' ? [piece.id] : []));
}
