import {Text} from 'ink';
import type {Entry} from '../chat/state.js';
import type {Drawing} from './drawing.js';
import {entryLines} from './entry-lines.js';

export interface EntriesViewProps {
	readonly entries: readonly Entry[];
	readonly width: number;
	readonly drawing: Drawing;
	/** Markdown as it came. */
	readonly raw: boolean;
}

/** Entries of the conversation as they go to the scrollback, once. */
export function EntriesView({entries, width, drawing, raw}: EntriesViewProps) {
	return <Text>{entries.flatMap(entry => entryLines(entry, width, drawing, raw)).join('\n') || ' '}</Text>;
}
