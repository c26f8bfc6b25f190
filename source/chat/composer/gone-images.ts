import type {State} from '../state.js';
import {notice} from '../step.js';
import type {Draft} from './draft.js';

/** The labels of images whose content is not at hand. What comes from the disk or from the input history has labels only. */
function goneImages({heldImages = []}: State, {text, pieces = []}: Draft): readonly string[] {
	const atHand = pieces.flatMap(piece => (piece.kind === 'image' && heldImages.includes(piece.id) ? [piece.label] : []));
	const labels = [
		...(text.match(imageLabel) ?? []),
		...pieces.flatMap(({kind, label}) => (kind === 'image' && text.includes(label) ? [label] : [])),
	];
	return [...new Set(labels)].filter(label => !atHand.includes(label));
}

/** As `attach.ts` writes them. */
const imageLabel = /\[image [^\n]{1,300}? \d+(?:\.\d)? (?:B|KB|MB)\](?: #\d+)?/g;

/** What is said once before a message goes without an image that its words name; undefined when nothing is missing. */
export function goneWords(state: State, draft: Draft): string | undefined {
	const gone = goneImages(state, draft);
	if (gone.length === 0) return undefined;
	const [are, them] = gone.length === 1 ? ['is', 'it'] : ['are', 'them'];
	return `Nothing was sent: ${gone.join(', ')} ${are} not at hand any more; images are not kept on disk. @PATH and Tab attach ${them} again.`;
}

/** Says that an image is missing; Enter once more sends the words alone. */
export function sayGone(state: State, words: string): State {
	return notice({...state, goneSaid: state.draft.text}, `${words} Enter once more sends the words alone.`);
}

/** A draft without the images that are not at hand; their labels stay as words. */
export function withoutGone(state: State, draft: Draft): Draft {
	const gone = goneImages(state, draft);
	if (gone.length === 0 || draft.pieces === undefined) return draft;
	return {...draft, pieces: draft.pieces.filter(({label}) => !gone.includes(label))};
}
