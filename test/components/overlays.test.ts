import assert from 'node:assert/strict';
import {test} from 'node:test';
import stringWidth from 'string-width';
import {foundLines, type HistorySearch} from '../../source/chat/composer/history-search.js';
import type {Help} from '../../source/chat/help.js';
import {helpTopAfter} from '../../source/commands/chat/scroll-help.js';
import {helpView} from '../../source/components/help-view.js';
import {historySearchView} from '../../source/components/history-search-view.js';
import {keyHelp} from '../../source/terminal/key-table.js';
import {createPalette} from '../../source/terminal/palette.js';

const drawing = {
	palette: createPalette('none', 'none'),
	foundLines,
	helpRows: () => ({
		keys: [['Enter', 'send'] as const, ['Ctrl+R', 'search in what was sent before; again: older'] as const],
		commands: [['/quit', 'leave'] as const, ['/new', 'begin a new conversation'] as const],
	}),
};
const help: Help = {kind: 'help', first: 'keys', query: {text: '', caret: 0}, top: 0};

const frames: ReadonlyArray<readonly [what: string, change: Partial<Help>, width: number, height: number, lines: readonly string[]]> = [
	[
		'all of it',
		{},
		80,
		12,
		[
			'Help · search: ',
			'Keys',
			'Enter   send',
			'Ctrl+R  search in what was sent before; again: older',
			'Commands',
			'/quit  leave',
			'/new   begin a new conversation',
			'↑↓ PgUp PgDn Space scroll · typing narrows · Esc q ? close',
		],
	],
	[
		'40 columns, and less room than lines',
		{top: 2},
		40,
		5,
		[
			'Help · search: ',
			'Ctrl+R  search in what was sent before;',
			'        again: older',
			'Commands',
			'↑↓ Space scroll · Esc closes · 3–5 of 7',
		],
	],
	[
		'commands first, from its end although scrolled too far',
		{first: 'commands', top: 99},
		120,
		5,
		[
			'Help · search: ',
			'Keys',
			'Enter   send',
			'Ctrl+R  search in what was sent before; again: older',
			`↑↓ PgUp PgDn Space scroll · typing narrows · Esc q ? close · 4–6 of 6`,
		],
	],
	[
		'narrowed',
		{query: {text: 'QUIT', caret: 4}},
		80,
		12,
		['Help · search: QUIT', 'Commands', '/quit  leave', '↑↓ PgUp PgDn Space scroll · typing narrows · Esc q ? close'],
	],
	[
		'commands of the gateway are found, whatever it says of them',
		{query: {text: 'comp', caret: 4}, gateway: [['/compact', 'gateway: Compact\u001B[2J it.']] as const},
		80,
		12,
		[
			'Help · search: comp',
			'Commands of the gateway',
			'/compact  gateway: Compact it.',
			'↑↓ PgUp PgDn Space scroll · typing narrows · Esc q ? close',
		],
	],
	['nothing', {query: {text: 'xyz', caret: 3}}, 30, 12, ['Help · search: xyz', 'Nothing matches.', '↑↓ Space scroll · Esc closes']],
];
for (const [what, change, width, height, lines] of frames) {
	test(`help: ${what}`, () => {
		assert.deepEqual(helpView({...help, ...change}, width, height, drawing).lines, lines);
	});
}

test('no line of the help is wider than the terminal, and no help is higher than its room', () => {
	for (const width of [12, 40, 80, 120]) {
		for (const height of [1, 2, 3, 6, 20]) {
			const {lines} = helpView(help, width, height, {...drawing, helpRows: () => ({keys: keyHelp(1), commands: []})});
			assert.ok(lines.length <= height && lines.every(line => stringWidth(line) <= width), `${width}×${height}\n${lines.join('\n')}`);
		}
	}
});

const down = {type: 'edit-requested', edit: 'next-line'} as const;
const moves: ReadonlyArray<readonly [what: string, action: Parameters<typeof helpTopAfter>[0], top: number, to: number | undefined]> = [
	['↓', down, 3, 4],
	['↓ at the end', down, 10, 10],
	['↑', {type: 'edit-requested', edit: 'previous-line'}, 3, 2],
	['↑ after an end that moved up', {type: 'edit-requested', edit: 'previous-line'}, 30, 9],
	['PageDown', {type: 'scroll-requested', direction: 'down'}, 0, 4],
	['PageUp', {type: 'scroll-requested', direction: 'up'}, 2, 0],
	['Space', {type: 'text-typed', text: ' '}, 0, 4],
	['End', {type: 'edit-requested', edit: 'end-of-line'}, 0, 10],
	['Home', {type: 'edit-requested', edit: 'beginning-of-line'}, 7, 0],
	['a letter', {type: 'text-typed', text: 'a'}, 0, undefined],
];
for (const [what, action, top, to] of moves) {
	test(`the help after ${what}`, () => {
		assert.equal(helpTopAfter(action, {...help, top}, {last: 10, page: 5}), to);
	});
}

test('a space is a character once something was typed', () => {
	const query = {text: 'new', caret: 3};
	assert.equal(helpTopAfter({type: 'text-typed', text: ' '}, {...help, query}, {last: 10, page: 5}), undefined);
});

const sent = ['one', 'first line\nof a deploy script\nthird\nfourth', 'deploy to staging', `${'far '.repeat(30)}deploy`, 'last\u001B[31m'];
const searching: HistorySearch = {kind: 'history-search', query: {text: '', caret: 0}, selected: 0};
const found = (change: Partial<HistorySearch>, width: number, height: number) =>
	historySearchView({...searching, ...change}, sent, width, height, drawing).lines;

test('history search: newest first, what was typed later is at hand', () => {
	assert.deepEqual(found({}, 60, 8), [
		'history:   1 of 5',
		'❯ last',
		`  ${'far '.repeat(14)}f…`,
		'  deploy to staging',
		'  first line  (4 lines)',
		'  one',
		'Enter takes it · ↑↓ choose · Esc leaves',
	]);
});

test('history search: the match is shown with the lines around it, far ones are moved into sight', () => {
	const query = {text: 'deploy', caret: 6};
	assert.deepEqual(
		found({query, selected: 2}, 80, 9),
		[
			'history: deploy  3 of 3',
			`  ${'far '.repeat(19).trim()}…`,
			'  deploy to staging',
			'❯ first line',
			'  of a deploy script',
			'  third',
			'  fourth',
			'Enter puts it into the composer · Ctrl+R ↑↓ older, newer · Esc leaves',
		].filter(line => !line.includes('far')),
	);
	assert.deepEqual(found({query}, 40, 4).slice(0, 2), ['history: deploy  1 of 3', '❯ … far far deploy']);
});

test('history search on a low and narrow terminal', () => {
	assert.deepEqual(found({query: {text: 'deploy', caret: 6}, selected: 1}, 24, 3), [
		'history: deploy  2 of 3',
		'❯ deploy to staging',
		'Enter · ↑↓ · Esc',
	]);
	for (const width of [10, 24, 40, 120]) {
		for (const height of [1, 3, 6, 20]) {
			const lines = found({query: {text: 'e', caret: 1}, selected: 1}, width, height);
			assert.ok(lines.length <= height && lines.every(line => stringWidth(line) <= width), lines.join('\n'));
		}
	}
	assert.deepEqual(historySearchView(searching, [], 80, 6, drawing).lines[1], '  Nothing was sent before.');
});
