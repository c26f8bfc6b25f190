import assert from 'node:assert/strict';
import {before, test} from 'node:test';
import stringWidth from 'string-width';
import type {State} from '../../source/chat/state.js';
import {createDrawing} from '../../source/commands/chat/chat-drawing.js';
import type {Drawing} from '../../source/components/drawing.js';
import {entryLines} from '../../source/components/entry-lines.js';
import {liveRows} from '../../source/components/layout.js';
import {liveArea} from '../../source/components/live-area.js';
import type {ToolCall, TransportEvent} from '../../source/gateway/transport.js';
import type {ColourLevel} from '../../source/terminal/colour.js';
import type {PaletteTheme} from '../../source/terminal/palette.js';
import {approval, requested} from '../chat/approval-steps.js';
import {beginning, checked, complete, delta, ended, type Happening, reply, run, submit, typed} from '../chat/steps.js';

const looks: ReadonlyArray<readonly [ColourLevel, PaletteTheme]> = [
	['none', 'none'],
	['truecolor', 'dark'],
	['truecolor', 'light'],
];
const drawings = looks.map(([level, theme]) => {
	const {drawing, load} = createDrawing(level, theme);
	before(load);
	return Object.defineProperties({} as Drawing, {...Object.getOwnPropertyDescriptors(drawing), clock: {value: () => '14:03'}}) as Drawing;
});
const [plain] = drawings as [Drawing, Drawing, Drawing];

/** What is in the scrollback, and below it what is drawn anew. */
function screen(state: State, columns: number, drawing = plain): readonly string[] {
	const printed = state.entries.flatMap(entry => entryLines(entry, columns, drawing)).flatMap(lines => lines.split('\n'));
	const lines = [...printed, ...liveArea(state, columns, 24, drawing).lines].map(line => line.trimEnd());
	for (const line of lines) assert.ok(stringWidth(line) <= columns, line);
	return lines.slice(lines.findIndex(line => line !== ''));
}

function tool(id: string, phase: ToolCall['phase'], more: Partial<ToolCall> = {}): TransportEvent {
	return {type: 'tool', questionId: 'c1-1', call: {id, name: 'exec', phase, ...more}};
}

function at(moment: number, ...events: readonly TransportEvent[]): Happening {
	return {...reply(...events), at: moment};
}

const place = {profile: 'home', origin: 'http://192.168.1.20:18789', path: 'LAN'};
const asked = run(beginning({hasScreen: true, place}), checked, typed('Tidy up'), {...submit, at: 10_000}).state;
const list = {summary: 'ls -la /srv/projects/clawtalk', arguments: '{"command":"ls -la /srv/projects/clawtalk"}'};
const looked = run(
	asked,
	at(11_000, delta('Let me look.'), tool('1', 'started', list)),
	at(11_200, tool('1', 'finished', {durationMs: 180, resultLength: 1_204, output: 'total 8\nREADME.md'})),
	at(12_000, tool('2', 'started', {summary: 'rm -r old'})),
	at(12_100, tool('2', 'failed', {durationMs: 90, error: 'permission denied'})),
).state;
const running = run(looked, at(13_000, tool('3', 'started', {name: 'browser', summary: 'https://example.org'})), {
	type: 'clock-ticked',
	at: 16_000,
}).state;
const answered = run(
	running,
	at(17_000, tool('3', 'finished', {name: 'browser'}), delta('All is tidy.')),
	at(18_000, {type: 'usage', questionId: 'c1-1', usage: {promptTokens: 900, completionTokens: 40, totalTokens: 940}}, ended(complete)),
).state;
const retrying = run(
	asked,
	at(11_000, {
		type: 'progress',
		questionId: 'c1-1',
		phase: 'retrying',
		message: 'Provider temporarily unavailable.',
		retry: {attempt: 1, maxAttempts: 8, delayMs: 2_000, reason: 'server_error'},
	}),
	{type: 'clock-ticked', at: 11_500},
).state;
const starting = run(
	asked,
	at(11_000, {type: 'progress', questionId: 'c1-1', phase: 'starting_model', message: 'starting the model'}),
).state;
const thinking = run(
	asked,
	at(11_000, {type: 'thinking', questionId: 'c1-1', text: 'The user wants the folder to be tidy. What is in it?'}),
).state;

const head = ['❯ Tidy up', '', 'Let me look.', ''];
const wideRuns = ['→ exec ls -la /srv/projects/clawtalk · 0.2 s · 1204 characters', '✗ exec rm -r old · 90 ms', '  permission denied'];
const narrowRuns = ['→ exec ls -la /srv/projects/cla… · 0.2 s', ...wideRuns.slice(1)];
const frames: ReadonlyArray<readonly [what: string, state: State, columns: number, lines: readonly string[]]> = [
	[
		'a tool runs',
		running,
		40,
		[...head, ...narrowRuns, '… browser https://example.org · 3 s', '', '❯', 'a tool is running 6 s · Esc stops · home'],
	],
	...[80, 120].map(
		columns =>
			[
				'a tool runs',
				running,
				columns,
				[
					...head,
					...wideRuns,
					'… browser https://example.org · 3 s',
					'',
					'❯',
					'a tool is running 6 s · Esc stops · home · LAN · default agent',
				],
			] as const,
	),
	[
		'the answer has ended',
		answered,
		40,
		[
			...head,
			...narrowRuns,
			'→ browser https://example.org · 4.0 s',
			'',
			'All is tidy.',
			'14:03 · 8.0 s · 3 tool runs · 40 tokens',
			'',
			'❯',
			'online · home · LAN · 3 ms',
		],
	],
	...[80, 120].map(
		columns =>
			[
				'the answer has ended',
				answered,
				columns,
				[
					...head,
					...wideRuns,
					'→ browser https://example.org · 4.0 s',
					'',
					'All is tidy.',
					'14:03 · 8.0 s · first text 1.0 s · 3 tool runs · 40 tokens · 6 tokens/s',
					'',
					'❯',
					'online · home · LAN · 3 ms · default agent',
				],
			] as const,
	),
	[
		'the provider is tried again',
		retrying,
		40,
		['❯ Tidy up', '', 'Retrying in 2 s (1/8): provider', 'unavailable', '', '❯', 'waiting for the answer 1 s · home'],
	],
	[
		'the provider is tried again',
		retrying,
		80,
		[
			'❯ Tidy up',
			'',
			'Retrying in 2 s (1/8): provider unavailable',
			'',
			'❯',
			'waiting for the answer 1 s · Esc stops · home · LAN · default agent',
		],
	],
	['the model is started', starting, 40, ['❯ Tidy up', '', '❯', 'starting the model 1 s · home']],
	['the model is started', starting, 80, ['❯ Tidy up', '', '❯', 'starting the model 1 s · Esc stops · home · LAN · default agent']],
	[
		'the model thinks',
		thinking,
		40,
		['❯ Tidy up', '', '… thinking: … be tidy. What is in it?', '', '❯', 'thinking 1 s · Esc stops · home · LAN'],
	],
	[
		'the model thinks',
		thinking,
		80,
		[
			'❯ Tidy up',
			'',
			'… thinking: The user wants the folder to be tidy. What is in it?',
			'',
			'❯',
			'thinking 1 s · Esc stops · home · LAN · default agent',
		],
	],
];
for (const [what, state, columns, lines] of frames) {
	test(`the screen of ${columns} columns while ${what}`, () => assert.deepEqual(screen(state, columns), lines));
}

test('a tool that waits for approval does not run: the status line says who is waited for', () => {
	const status = (state: State) => screen(state, 120).at(-1);
	const waits = run(running, requested(approval({sessionKey: 'agent:main:clawtalk:c1'}))).state;
	assert.match(status(waits) ?? '', /^waiting for your approval 6 s · Ctrl\+C stops/);
	const others = run(running, requested(approval({sessionKey: 'agent:main:telegram:c9'}))).state;
	assert.match(status(others) ?? '', /^a tool is running 6 s/);
});

test('colours and no colours show the same words', () => {
	const sgr = /\u001B\[[\d;]*m/g;
	for (const state of [running, answered, retrying, thinking]) {
		for (const drawing of drawings)
			assert.deepEqual(
				screen(state, 80, drawing).map(line => line.replace(sgr, '').trimEnd()),
				screen(state, 80),
			);
	}
});

test('the live area keeps its height while tools follow each other, and the scrollback does not change', () => {
	const steps = [looked, running, run(running, at(17_000, tool('3', 'finished', {name: 'browser'}))).state];
	const heights = steps.map(state => screen(state, 80).length);
	assert.deepEqual(heights, [heights[0], (heights[0] ?? 0) + 1, (heights[0] ?? 0) + 1]);
	assert.deepEqual(steps[2]?.entries.slice(0, looked.entries.length), looked.entries);
});

const unfold: Happening = {type: 'unfold-requested'};

test('Ctrl+O shows the last run in full, and again all of them', () => {
	const opened = run(answered, unfold).state;
	const {lines, scroll} = liveArea(opened, 60, 24, plain);
	assert.deepEqual(lines.slice(1, -3), [
		'3 runs',
		'→ exec ls -la /srv/projects/clawt… · 0.2 s · 1204 characters',
		'✗ exec rm -r old · 90 ms',
		'  permission denied',
		'→ browser https://example.org · 4.0 s',
		'  arguments:',
		'  │ https://example.org',
		'Ctrl+O unfolds all · Esc closes',
	]);
	assert.deepEqual(scroll, {last: 0, page: 10, top: 0});
	const all = liveArea(run(opened, unfold).state, 60, 24, plain);
	assert.deepEqual(all.lines.slice(1, -3), [
		'3 runs',
		'  result, the last 17 of 1204 characters:',
		'  │ total 8',
		'  │ README.md',
		'✗ exec rm -r old · 90 ms',
		'  permission denied',
		'  arguments:',
		'  │ rm -r old',
		'→ browser https://example.org · 4.0 s',
		'  arguments:',
		'  │ https://example.org',
		'Ctrl+O folds · Esc closes · 4–13 of 13',
	]);
});

test('a thousand tools at once leave the live area lower than the terminal', () => {
	const flood = run(
		asked,
		reply(...Array.from({length: 1_000}, (_, index) => tool(`${index}`, 'started', {summary: 'x'.repeat(5_000)}))),
	).state;
	for (const state of [flood, run(flood, unfold).state, run(flood, unfold, unfold).state]) {
		for (const rows of [6, 12, 24]) assert.ok(liveArea(state, 40, rows, plain).lines.length <= liveRows(rows));
	}
	assert.ok(liveArea(flood, 80, 24, plain).lines.includes('… and 60 more tools are running'));
});
