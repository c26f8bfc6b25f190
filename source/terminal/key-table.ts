/** What a key asks for. The names are those of the chat's events and edits, so that a view can pass them on as they are. */
export type KeyMeaning =
	| {readonly type: 'edit-requested'; readonly edit: EditName}
	/** `inBurst`: it came in one go with text. */
	| {readonly type: 'submit-requested'; readonly inBurst?: true}
	| {readonly type: 'cancel-requested'}
	| {readonly type: 'interrupt-requested'}
	| {readonly type: 'end-of-input'}
	| {readonly type: 'suspend-requested'}
	| {readonly type: 'panel-requested'}
	| {readonly type: 'completion-requested'}
	| {readonly type: 'history-search-requested'}
	| {readonly type: 'editor-requested'}
	| {readonly type: 'code-blocks-requested'}
	| {readonly type: 'unfold-requested'}
	| {readonly type: 'raw-requested'}
	| {readonly type: 'redraw-requested'}
	| {readonly type: 'scroll-requested'; readonly direction: 'up' | 'down'};

/** Motions and deletions, named as readline(3) names them. */
export type EditName =
	| 'backward-char'
	| 'forward-char'
	| 'backward-word'
	| 'forward-word'
	| 'beginning-of-line'
	| 'end-of-line'
	| 'beginning-of-buffer'
	| 'end-of-buffer'
	| 'previous-line'
	| 'next-line'
	| 'backward-delete-char'
	| 'delete-char'
	| 'backward-kill-word'
	| 'kill-word'
	| 'kill-line'
	| 'unix-line-discard'
	| 'yank'
	| 'yank-pop'
	| 'undo'
	| 'redo'
	| 'insert-newline';

export interface KeyBinding {
	/** Stable name, for remapping in the configuration. */
	readonly name: string;
	/** As `readChord` writes them; two strokes have a space between them. */
	readonly chords: readonly string[];
	readonly meaning: KeyMeaning;
	/** What it does, for the help; absent = not listed. */
	readonly help?: string;
}

/** THE table of keys: reading, remapping, help and documentation come from it. All of them were seen to reach Ink 8 in raw mode. */
export const keyTable: readonly KeyBinding[] = [
	{name: 'submit', chords: ['Enter'], meaning: {type: 'submit-requested'}, help: 'send'},
	edit('insert-newline', ['Ctrl+J', 'Shift+Enter', 'Alt+Enter', 'Ctrl+Enter'], 'new line'),
	{name: 'cancel', chords: ['Esc'], meaning: {type: 'cancel-requested'}, help: 'stop the answer, keep what came'},
	{name: 'interrupt', chords: ['Ctrl+C'], meaning: {type: 'interrupt-requested'}, help: 'stop the answer; twice when idle: quit'},
	{
		name: 'end-of-input',
		chords: ['Ctrl+D'],
		meaning: {type: 'end-of-input'},
		help: 'delete next character; when empty: quit',
	},
	edit('previous-line', ['Up', 'Ctrl+P'], 'line above, then queued, earlier input'),
	edit('next-line', ['Down', 'Ctrl+N'], 'line below, then later input'),
	edit('backward-char', ['Left', 'Ctrl+B'], 'one character back'),
	edit('forward-char', ['Right', 'Ctrl+F'], 'one character on'),
	edit('backward-word', ['Alt+B', 'Ctrl+Left', 'Alt+Left'], 'one word back'),
	edit('forward-word', ['Alt+F', 'Ctrl+Right', 'Alt+Right'], 'one word on'),
	edit('beginning-of-line', ['Home', 'Ctrl+A'], 'start of the line'),
	edit('end-of-line', ['End', 'Ctrl+E'], 'end of the line'),
	edit('beginning-of-buffer', ['Ctrl+Home', 'Alt+<'], 'start of the text'),
	edit('end-of-buffer', ['Ctrl+End', 'Alt+>'], 'end of the text'),
	edit('backward-delete-char', ['Backspace', 'Ctrl+H', 'Shift+Backspace'], 'delete the character before'),
	edit('delete-char', ['Delete'], 'delete the next character'),
	edit('backward-kill-word', ['Ctrl+W', 'Alt+Backspace', 'Ctrl+Backspace'], 'cut the word before'),
	edit('kill-word', ['Alt+D', 'Alt+Delete', 'Ctrl+Delete'], 'cut the next word'),
	edit('kill-line', ['Ctrl+K'], 'cut to the end of the line'),
	edit('unix-line-discard', ['Ctrl+U'], 'cut to the start of the line'),
	edit('yank', ['Ctrl+Y'], 'put back what was cut'),
	edit('yank-pop', ['Alt+Y'], 'after that: what was cut before instead'),
	edit('undo', ['Ctrl+_'], 'undo (Ctrl+/ on most keyboards)'),
	edit('redo', ['Alt+Z'], 'redo what was undone'),
	{
		name: 'connection-panel',
		chords: ['Ctrl+T'],
		meaning: {type: 'panel-requested'},
		help: 'connection panel; the keys to it and back',
	},
	{name: 'suspend', chords: ['Ctrl+Z'], meaning: {type: 'suspend-requested'}, help: 'suspend; fg brings it back'},
	{name: 'completion', chords: ['Tab'], meaning: {type: 'completion-requested'}, help: 'take what is offered; else: offer it'},
	{name: 'scroll-up', chords: ['PageUp'], meaning: {type: 'scroll-requested', direction: 'up'}, help: 'in a list: a screen back'},
	{name: 'scroll-down', chords: ['PageDown'], meaning: {type: 'scroll-requested', direction: 'down'}, help: 'in a list: a screen on'},
	{
		name: 'history-search',
		chords: ['Ctrl+R'],
		meaning: {type: 'history-search-requested'},
		help: 'search in earlier input; again: older',
	},
	{
		name: 'external-editor',
		chords: ['Ctrl+G', 'Ctrl+X Ctrl+E'],
		meaning: {type: 'editor-requested'},
		help: 'write in your own editor',
	},
	{name: 'code-blocks', chords: ['Ctrl+X Ctrl+Y'], meaning: {type: 'code-blocks-requested'}, help: 'choose a code block to copy'},
	{name: 'unfold', chords: ['Ctrl+O'], meaning: {type: 'unfold-requested'}, help: 'show in full: a label, else tool runs'},
	{name: 'raw', chords: ['Alt+M'], meaning: {type: 'raw-requested'}, help: 'markdown as it came, and back'},
	{name: 'redraw', chords: ['Ctrl+L'], meaning: {type: 'redraw-requested'}, help: 'draw the conversation anew'},
];

function edit(name: EditName, chords: readonly string[], help: string): KeyBinding {
	return {name, chords, meaning: {type: 'edit-requested', edit: name}, help};
}

/** The listed keys, each with up to so many chords and what it does, for `/help`; with three of them they fit into 80 columns. */
export function keyHelp(maxChords: number, rows: readonly KeyBinding[] = keyTable): ReadonlyArray<readonly [chords: string, help: string]> {
	return rows.flatMap(({chords, help}) => (help && chords.length > 0 ? [[chords.slice(0, maxChords).join(', '), help] as const] : []));
}
