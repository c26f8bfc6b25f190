/** A key that edits a hidden text. */
export type HiddenKey =
	| {readonly type: 'typed'; readonly text: string}
	| {readonly type: 'delete-character'}
	| {readonly type: 'delete-all'};

/** Longer than any token; a paste by mistake must not grow without limit. */
const mostCharacters = 4096;

/** A text that is typed and not shown. It is kept here alone: not in the state, not in an event. */
export function createHiddenText() {
	let hidden = '';
	return {
		/** Takes a key; gives the length in characters, all that is ever shown. A paste ends at its first line end. */
		press(key: HiddenKey): number {
			if (key.type === 'typed') hidden = (hidden + (key.text.split(/[\r\n]/)[0] ?? '')).slice(0, mostCharacters);
			else hidden = key.type === 'delete-all' ? '' : [...hidden].slice(0, -1).join('');
			return [...hidden].length;
		},
		text: () => hidden,
		forget() {
			hidden = '';
		},
	};
}
