import assert from 'node:assert/strict';
import {before, test} from 'node:test';
import stringWidth from 'string-width';
import type {State} from '../../source/chat/state.js';
import {createDrawing} from '../../source/commands/chat/chat-drawing.js';
import type {Drawing} from '../../source/components/drawing.js';
import {entryLines} from '../../source/components/entry-lines.js';
import {liveArea} from '../../source/components/live-area.js';
import {beginning, checked, complete, delta, ended, type Happening, reply, run, submit, typed} from '../chat/steps.js';

const {drawing: late, load} = createDrawing('none', 'none');
const drawing: Drawing = Object.defineProperties({} as Drawing, {
	...Object.getOwnPropertyDescriptors(late),
	clock: {value: () => '14:03'},
});
before(load);

/** What is in the scrollback, and below it what is drawn anew; empty lines at the ends left out. */
function screen(state: State, columns: number): readonly string[] {
	const printed = state.entries.flatMap(entry => entryLines(entry, columns, drawing)).flatMap(lines => lines.split('\n'));
	const lines = [...printed, ...liveArea(state, columns, 24, drawing).lines].map(line => line.trimEnd());
	for (const line of lines) assert.ok(stringWidth(line) <= columns, line);
	return lines.slice(
		lines.findIndex(line => line !== ''),
		lines.findLastIndex(line => line !== '') + 1,
	);
}

const answer = [
	'The **plan** for 北京 has two parts:',
	'',
	'1. pack `warm clothes` and a towel for the evening swim',
	'2. go',
	'',
	'| day | place |',
	'|---|---|',
	'| Monday | 北京 |',
	'',
	'```sh',
	'echo "a line of code that is longer than forty columns"',
	'```',
	'',
].join('\n');
const place = {profile: 'home', origin: 'http://192.168.1.20:18789', path: 'LAN'};
const begun = run(beginning({hasScreen: true, place}), checked, typed('What is the plan?'), submit).state;
const pasted: Happening = {type: 'text-pasted', text: Array.from({length: 12}, (_, index) => `line ${index}`).join('\n')};
const answered = run(
	begun,
	reply(delta(answer), ended(complete)),
	{type: 'screen-told', text: 'The last answer was sent to your terminal, unconfirmed.'},
	typed('and then '),
	pasted,
).state;
const streaming = run(
	answered,
	{type: 'interrupt-requested'},
	typed('again'),
	submit,
	reply(delta('Some words of an unfinished paragraph that goes on', 'c1-2')),
	typed('queued one'),
	submit,
	typed('typing'),
).state;

const table = ['day    │ place', '───────┼──────', 'Monday │ 北京'];
const narrowAnswer = [
	'❯ What is the plan?',
	'',
	'The plan for 北京 has two parts:',
	'',
	'1. pack `warm clothes` and a towel for',
	'   the evening swim',
	'2. go',
	'',
	...table,
	'',
	'echo "a line of code that is longer than',
	' forty columns"',
	'14:03 · 0.0 s',
	'',
	'The last answer was sent to your',
	'terminal, unconfirmed.',
	'',
];
const wideAnswer = [
	'❯ What is the plan?',
	'',
	'The plan for 北京 has two parts:',
	'',
	'1. pack `warm clothes` and a towel for the evening swim',
	'2. go',
	'',
	...table,
	'',
	'echo "a line of code that is longer than forty columns"',
	'14:03 · 0.0 s',
	'',
	'The last answer was sent to your terminal, unconfirmed.',
	'',
];
const label = '❯ and then [Pasted text #1 +12 lines]';
const tail = ['', 'next: queued one', '❯ typing'];
const wideTail = ['❯ again', '', 'Some words of an unfinished paragraph that goes on', ...tail];

const frames: ReadonlyArray<readonly [what: string, state: State, columns: number, lines: readonly string[]]> = [
	['after an answer', answered, 40, [...narrowAnswer, label, 'online · home · LAN · 3 ms']],
	['after an answer', answered, 80, [...wideAnswer, label, 'online · home · LAN · 3 ms · default agent']],
	['after an answer', answered, 120, [...wideAnswer, label, 'online · home · LAN · 3 ms · default agent']],
	[
		'while another one streams',
		streaming,
		40,
		[
			...narrowAnswer,
			'❯ again',
			'',
			'Some words of an unfinished paragraph',
			'that goes on',
			...tail,
			'answering 0 s · Esc stops · home · LAN',
		],
	],
	['while another one streams', streaming, 80, [...wideAnswer, ...wideTail, 'answering 0 s · Esc stops · home · LAN · default agent']],
	['while another one streams', streaming, 120, [...wideAnswer, ...wideTail, 'answering 0 s · Esc stops · home · LAN · default agent']],
];

for (const [what, state, columns, lines] of frames) {
	test(`the screen of ${columns} columns ${what}`, () => assert.deepEqual(screen(state, columns), lines));
}
