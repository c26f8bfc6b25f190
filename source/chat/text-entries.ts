import type {Block} from './blocks.js';
import type {Answer, NewEntry} from './state.js';

/** Blocks as entries; the first one of an answer draws the speaker's mark. Blocks with nothing to draw are left out. */
export function blockEntries(answer: Answer, blocks: readonly Block[]): readonly NewEntry[] {
	return blocks
		.filter(block => block.markdown !== '')
		.map(({source, markdown, continues}, index) => ({
			kind: 'block',
			markdown,
			...(source !== markdown && {source}),
			first: !answer.begun && index === 0,
			continues,
		}));
}
