import stringWidth from 'string-width';
import type {Completion, CompletionItem} from '../chat/composer/completion.js';
import type {State} from '../chat/state.js';
import {sanitizeLine} from '../terminal/sanitize.js';
import {cutLine, firstThatFits} from './cut-line.js';
import {type Drawing, withKeys} from './drawing.js';

/** Higher than this the list would push the conversation away. */
const mostLines = 8;
/** Names wider than this leave no room for what they mean. */
const mostNameCells = 28;

/** What could stand at the caret, the selected one marked; nothing when there is nothing to choose, or no room for it. */
export function completionLines(
	{completion}: State,
	width: number,
	room: number,
	drawing: Pick<Drawing, 'palette' | 'keysNamed'>,
): readonly string[] {
	const {palette} = drawing;
	if (completion === undefined || completion.items.length === 0 || completion.isClosed) return [];
	const height = Math.min(mostLines, room);
	if (height < 1) return [];
	const {items, selected} = completion;
	const hasHint = height > 2;
	const count = Math.min(items.length, hasHint ? height - 1 : height);
	const first = Math.max(0, Math.min(selected - Math.floor(count / 2), items.length - count));
	const shown = items.slice(first, first + count);
	const names = Math.min(mostNameCells, Math.max(...shown.map(item => stringWidth(nameOf(item)))));
	const rows = shown.map((item, index) => {
		const isSelected = first + index === selected;
		const line = cutLine(`${isSelected ? '❯ ' : '  '}${rowOf(item, names)}`, width);
		return isSelected ? palette.accent(palette.bold(line)) : line;
	});
	if (!hasHint) return rows;
	const place = items.length > count ? `${selected + 1}/${items.length} · ` : '';
	return [
		...rows,
		palette.dim(
			firstThatFits(
				hintsOf(completion, place).map(hint => withKeys(hint, drawing)),
				width,
			),
		),
	];
}

function nameOf({label, text}: CompletionItem): string {
	return sanitizeLine(label ?? text);
}

function rowOf(item: CompletionItem, names: number): string {
	const name = nameOf(item);
	if (item.description === undefined) return name;
	return `${name}${' '.repeat(Math.max(0, names - stringWidth(name)))}  ${sanitizeLine(item.description)}`;
}

/** In short where the terminal is narrow. */
function hintsOf({source}: Completion, place: string): readonly string[] {
	const takes = source === 'mention' ? 'Tab attaches it' : 'Tab takes it';
	return [`${place}${takes} · ↑↓ choose · Esc closes`, `${place}${takes} · Esc closes`];
}
