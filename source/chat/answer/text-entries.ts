import type {Answer, NewEntry} from '../state.js';
import type {Block} from './blocks.js';

type BlockEntry = Extract<NewEntry, {kind: 'block'}>;

/** Blocks as entries; the first one of an answer draws the speaker's mark. Blocks with nothing to draw are left out. */
export function blockEntries({begun}: Pick<Answer, 'begun'>, blocks: readonly Block[]): readonly BlockEntry[] {
	return blocks
		.filter(block => block.markdown !== '')
		.map(({source, markdown, continues}, index) => ({
			kind: 'block',
			markdown,
			...(source !== markdown && {source}),
			first: !begun && index === 0,
			continues,
		}));
}
