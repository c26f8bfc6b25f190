import {Text} from 'ink';
import type {Entry} from '../chat/state.js';
import type {Drawing} from './drawing.js';
import {entryLines} from './entry-lines.js';

export interface EntryViewProps {
	readonly entry: Entry;
	readonly width: number;
	readonly drawing: Drawing;
}

/** One entry of the conversation as it goes to the scrollback, once. */
export function EntryView({entry, width, drawing}: EntryViewProps) {
	return <Text>{entryLines(entry, width, drawing).join('\n') || ' '}</Text>;
}
