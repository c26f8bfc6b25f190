import type {Overlay} from '../../chat/overlay/overlay.js';
import {narrowed, type PickerItem} from '../../chat/overlay/picker.js';
import {marksOf} from '../../components/item-marks.js';
import {sanitizeLine} from '../../terminal/sanitize.js';
import type {ChatSession, EventWithoutTime} from './chat-session.js';

/** More are not listed; a name or a word narrows them. */
const mostListed = 20;

/** What stands above the composer on a screen, as lines: a numbered list, or a question. Empty for what is only looked at. */
export function overlayAsLines(overlay: Overlay): readonly string[] {
	if (overlay.kind === 'picker') {
		const items = narrowed(overlay);
		const listed = items.slice(0, mostListed).map((item, index) => {
			const beside = sanitizeLine(besideItem(item));
			return `${String(index + 1).padStart(3)}  ${sanitizeLine(item.title)}${beside === '' ? '' : `  (${beside})`}`;
		});
		const more = items.length > mostListed ? [`     and ${items.length - mostListed} more`] : [];
		return [sanitizeLine(overlay.title), ...listed, ...more, 'A number chooses; an empty line leaves.'];
	}
	if (overlay.kind === 'confirmation') {
		return [sanitizeLine(overlay.question), ...overlay.details.map(sanitizeLine), 'y: yes; anything else: no.'];
	}
	return [];
}

function besideItem(item: PickerItem): string {
	return [...marksOf(item), ...(item.detail === undefined ? [] : [item.detail])].join(' · ');
}

/** Takes a line as the answer to what was listed or asked. */
export function answerOverlay(session: ChatSession, overlay: Overlay, line: string): void {
	for (const event of keysOf(overlay, line.trim())) session.happened(event);
}

const leave: EventWithoutTime = {type: 'cancel-requested'};

function keysOf(overlay: Overlay, answer: string): readonly EventWithoutTime[] {
	if (overlay.kind === 'confirmation') return /^y(?:es)?$/i.test(answer) ? [{type: 'text-typed', text: 'y'}] : [leave];
	if (overlay.kind !== 'picker' || !/^\d{1,4}$/.test(answer)) return [leave];
	const index = Number(answer) - 1;
	if (index < 0 || index >= narrowed(overlay).length) return [leave];
	const down: EventWithoutTime = {type: 'edit-requested', edit: 'next-line'};
	return [...Array.from({length: index - overlay.selected}, () => down), {type: 'submit-requested'}];
}
