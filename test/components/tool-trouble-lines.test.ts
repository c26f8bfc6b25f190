import assert from 'node:assert/strict';
import {test} from 'node:test';
import {initialState} from '../../source/chat/initial-state.js';
import type {Entry, State} from '../../source/chat/state.js';
import type {Drawing} from '../../source/components/drawing.js';
import {entryLines} from '../../source/components/entry-lines.js';
import {createPanelDrawing} from '../../source/components/panel.js';
import type {ToolFailed} from '../../source/diagnosis/evidence.js';
import {toolTroubles} from '../../source/diagnosis/tool-trouble.js';
import {createPalette} from '../../source/terminal/palette.js';
import {evidenceOf, gateway} from '../diagnosis/evidence-of.js';

const palette = createPalette('none', 'none');
const drawing = {palette, toolTroubles, explain: () => [], clock: () => '14:03'} as unknown as Drawing;
const evidence = evidenceOf([gateway]);

const failed = (message: string, node?: string): ToolFailed => ({
	...({kind: 'tool-failed', layer: 'control', atMs: 0, tool: 'exec', message} as const),
	...(node !== undefined && {node}),
});

const waits = failed('SYSTEM_RUN_DENIED: approval required', 'desk');
const offline = failed('node not connected');
const unknown = failed('COMPANION_APP_UNAVAILABLE');

const waitsLines = [
	'! A command of the agent waits for approval on its node [E03, certain]',
	'  On the gateway host: see what the node allows: openclaw approvals get --node desk',
];
const offlineLines = [
	'! Chat works; the node that runs commands is offline [E01, likely]',
	'  On the gateway host: see which nodes are connected: openclaw nodes status',
];

const cases: ReadonlyArray<readonly [string, readonly ToolFailed[], readonly ToolFailed[], readonly string[]]> = [
	['a cause is named with what to do first', [waits], [], waitsLines],
	['two causes', [waits, offline, waits], [], [...waitsLines, ...offlineLines]],
	['a cause that was told before is not told again', [waits, offline], [offline, waits, offline], []],
	['only the one that is new', [waits, offline], [waits], offlineLines],
	['a single failure that no row knows', [unknown], [], []],
	[
		'two of them in an answer are a guess',
		[unknown, unknown],
		[],
		[
			'! Chat works, and 2 runs of tools failed: exec [E08, possible]',
			'  See what runs commands for the agent, and whether it may: clawtalk nodes',
		],
	],
	['which is told once, too', [unknown, unknown, unknown], [unknown, unknown], []],
];

for (const [name, toolsFailed, toolsFailedBefore, expected] of cases) {
	test(`below a whole answer: ${name}`, () => {
		const end: Entry = {
			...({kind: 'answer-end', id: 'e', outcome: {kind: 'complete', finishReason: 'stop'}, totalMs: 900, hadText: true} as const),
			...{evidence, toolsFailed, toolsFailedBefore},
		};
		assert.deepEqual(entryLines(end, 100, drawing).slice(1), expected);
	});
}

test('/status says it below what was seen', () => {
	const entry: Entry = {kind: 'notice', id: 'e', text: 'Connected.', tools: evidenceOf([offline])};
	assert.deepEqual(entryLines(entry, 100, drawing), ['', 'Connected.', ...offlineLines]);
});

test('the panel has the guess of this conversation, and of no other', () => {
	const place = {origin: 'http://127.0.0.1:18789', path: 'loopback'};
	const base = initialState({at: 1_000, conversationId: 'c1', ephemeral: true, hasPanel: true, place});
	const draw = createPanelDrawing(
		palette,
		() => undefined,
		() => '14:03',
	);
	const panel = {...({openedBy: 'user', focused: true, scroll: 0} as const), view: {kind: 'summary'} as const, evidence};
	const lines = (conversationId: string) =>
		draw({...base, panel, toolGuess: {conversationId, answers: 2, text: 'A guess.'}}, 100, 40).lines.join('\n');
	assert.match(lines('c1'), /^Tools {5}A guess\.$/m);
	assert.doesNotMatch(lines('c0'), /guess/);
});

test('the panel says it until it is over', () => {
	const place = {origin: 'http://127.0.0.1:18789', path: 'loopback'};
	const base = initialState({at: 1_000, conversationId: 'c1', ephemeral: true, hasPanel: true, place});
	const draw = createPanelDrawing(
		palette,
		() => undefined,
		() => '14:03',
	);
	const lines = (isOver: boolean, kind: 'summary' | 'details') => {
		const panel = {...({openedBy: 'user', focused: true, scroll: 0} as const), view: {kind}, evidence};
		const toolFailures = [{questionId: 'c1-1', seen: offline, ...(isOver && {isOver: true as const})}];
		return draw({...base, panel, toolFailures} satisfies State, 100, 40).lines.join('\n');
	};
	for (const kind of ['summary', 'details'] as const) {
		assert.match(
			lines(false, kind),
			/^Tools {5}Chat works; the node that runs commands is offline \[E01, likely\]\n.*openclaw nodes status$/m,
		);
		assert.doesNotMatch(lines(true, kind), /Tools/);
	}
});
