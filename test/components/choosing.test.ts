import assert from 'node:assert/strict';
import {test} from 'node:test';
import stringWidth from 'string-width';
import {draftOf} from '../../source/chat/composer/draft.js';
import type {Confirmation} from '../../source/chat/overlay/confirmation.js';
import type {Overlay} from '../../source/chat/overlay/overlay.js';
import {narrowed, type Picker, type PickerItem, pickerOf} from '../../source/chat/overlay/picker.js';
import {overlayAsLines} from '../../source/commands/chat/plain-overlay.js';
import type {Drawing} from '../../source/components/drawing.js';
import {overlayView} from '../../source/components/overlay-view.js';
import {bindKeys, nameKeys} from '../../source/terminal/key-bindings.js';
import {createPalette} from '../../source/terminal/palette.js';
import {themeNames, themes} from '../../source/theme-names.js';

const drawing: Pick<Drawing, 'palette' | 'narrowed'> = {palette: createPalette('none', 'none'), narrowed};
const conversations: Picker = pickerOf('conversation', 'Conversations with this gateway', [
	{
		id: 'a1',
		title: 'Plans for the summer holidays in the mountains',
		detail: '14:03 · 12 messages',
		preview: ['You: where to?', 'Agent: up'],
	},
	{id: 'b2', title: '北京的天气怎么样', detail: 'yesterday · 2 messages'},
	{id: 'c3', title: 'evil \u001B[2Jtitle\nof two lines', detail: '1 \u009B31m message'},
]);
const question: Confirmation = {
	kind: 'confirmation',
	question: 'Attach .env? It may hold secrets.',
	details: ['Why: its name; git ignores it.', 'What is sent: text, 14 B, to http://127.0.0.1:18789 and the model provider behind it.'],
	act: {type: 'delete-conversation', id: 'a1'},
};

test('the conversation that is open, and what is new or under way in others, stand before the details', () => {
	const items: readonly PickerItem[] = [
		{id: 'a', title: 'Plans', detail: '14:03', isOpen: true},
		{id: 'b', title: 'Birds', detail: '14:00', isUnread: true, isRunning: true},
	];
	const {lines} = overlayView(pickerOf('conversation', 'Conversations', items), 80, 12, drawing);
	assert.deepEqual(lines.slice(2, 4), ['❯ Plans  open now · 14:03', '  Birds  unread · at work · 14:00']);
	assert.deepEqual(overlayAsLines(pickerOf('conversation', 'Conversations', items)).slice(1, 2), ['  1  Plans  (open now · 14:03)']);
});

const frames: ReadonlyArray<readonly [what: string, overlay: Overlay, width: number, height: number, lines: readonly string[]]> = [
	[
		'a list',
		conversations,
		80,
		12,
		[
			'Conversations with this gateway (3)',
			'search: ',
			'❯ Plans for the summer holidays in the mountains  14:03 · 12 messages',
			'  北京的天气怎么样  yesterday · 2 messages',
			'  evil title of two lines  1 message',
			'  You: where to?',
			'  Agent: up',
			'↑↓ choose · Enter takes it · typing narrows · Esc leaves',
		],
	],
	[
		'a list in a narrow terminal, where titles are cut and what is beside them is not',
		{...conversations, selected: 1},
		40,
		6,
		[
			'Conversations with this gateway (3)',
			'search: ',
			'  Plans for the su…  14:03 · 12 messages',
			'❯ 北京的天气怎…  yesterday · 2 messages',
			'  evil title of two lines  1 message',
			'↑↓ choose · Enter takes it · Esc leaves',
		],
	],
	[
		'a list that was narrowed, in a wide terminal',
		{...conversations, query: draftOf('plan')},
		120,
		12,
		[
			'Conversations with this gateway (1)',
			'search: plan',
			'❯ Plans for the summer holidays in the mountains  14:03 · 12 messages',
			'  You: where to?',
			'  Agent: up',
			'↑↓ choose · Enter takes it · typing narrows · Esc leaves',
		],
	],
	[
		'a list that is waited for',
		{...pickerOf('agent', 'Agent of this conversation: main', []), order: 1},
		80,
		12,
		['Agent of this conversation: main (0)', 'search: ', '  …', '↑↓ choose · Enter takes it · typing narrows · Esc leaves'],
	],
	[
		'a list of names with long details',
		{
			...pickerOf(
				'theme',
				'Theme: auto',
				themeNames.map(name => ({id: name, title: name, detail: themes[name]})),
			),
			selected: 5,
		},
		80,
		6,
		[
			'Theme: auto (8)',
			'search: ',
			'  high-contrast-light  strong colours only, on a light background',
			'❯ colour-blind  blue and orange instead of green and red, on a background as th…',
			'  colour-blind-light  blue and orange instead of green and red, on a light back…',
			'↑↓ choose · Enter takes it · typing narrows · Esc leaves',
		],
	],
	[
		'a question',
		question,
		80,
		12,
		[
			'Attach .env? It may hold secrets.',
			'Why: its name; git ignores it.',
			'What is sent: text, 14 B, to http://127.0.0.1:18789 and the model provider',
			'behind it.',
			'y: yes · n, Esc: no',
		],
	],
	[
		'a question in a narrow terminal',
		question,
		40,
		12,
		[
			'Attach .env? It may hold secrets.',
			'Why: its name; git ignores it.',
			'What is sent: text, 14 B, to',
			'http://127.0.0.1:18789 and the model',
			'provider behind it.',
			'y: yes · n, Esc: no',
		],
	],
	[
		'a question in a wide terminal',
		question,
		120,
		12,
		[
			'Attach .env? It may hold secrets.',
			'Why: its name; git ignores it.',
			'What is sent: text, 14 B, to http://127.0.0.1:18789 and the model provider behind it.',
			'y: yes · n, Esc: no',
		],
	],
];

for (const [what, overlay, width, height, expected] of frames) {
	test(`${what}, ${width} columns`, () => {
		const {lines} = overlayView(overlay, width, height, drawing);
		assert.deepEqual(lines, expected);
		for (const line of lines) assert.ok(stringWidth(line) <= width, line);
	});
}

test('a long list shows the selected item at every place, in little room, too', () => {
	const items = Array.from({length: 50}, (_, index) => ({id: `${index}`, title: `item ${index}`}));
	for (const height of [4, 6, 20]) {
		for (const selected of [0, 1, 25, 48, 49]) {
			const {lines} = overlayView({...pickerOf('model', 'Models', items), selected}, 40, height, drawing);
			assert.ok(lines.length <= height && lines.includes(`❯ item ${selected}`), `${height}, ${selected}: ${lines.join('|')}`);
		}
	}
});

test('hints name the keys that are in force', () => {
	const {rows} = bindKeys({submit: 'Ctrl+S', cancel: 'Ctrl+Q', 'insert-newline': 'Enter'});
	const changed = {...drawing, keysNamed: (text: string) => nameKeys(text, rows)};
	const hint = (overlay: Overlay) => overlayView(overlay, 80, 12, changed).lines.at(-1);
	assert.equal(hint(conversations), '↑↓ choose · Ctrl+S takes it · typing narrows · Ctrl+Q leaves');
	assert.equal(hint(question), 'y: yes · n, Ctrl+Q: no');
});

test('what a file or a model says in a list or a question is one line of text each, whatever is in it', () => {
	const hostile = 'a\u001B]52;c;cHduZWQ=\u0007b\u001B[2J\u009B31mc\u202Ed\u200B\ne\u001B[31m';
	const item = {id: 'x', title: hostile, detail: hostile, preview: [hostile, hostile]};
	const views = [
		overlayView({...pickerOf('found', `Found: ${hostile}`, [item]), query: draftOf('a\u001B[31m')}, 80, 12, drawing),
		overlayView(
			{kind: 'confirmation', question: hostile, details: [hostile], act: {type: 'delete-conversation', id: 'x'}},
			80,
			12,
			drawing,
		),
	];
	for (const line of views.flatMap(({lines}) => lines)) assert.doesNotMatch(line, /[\p{Cc}\u202E\u200B]|pwned|52;c/u);
	assert.ok(views[0]?.lines.some(line => line.includes('Found: abc')));
});
