import assert from 'node:assert/strict';
import {test} from 'node:test';
import stringWidth from 'string-width';
import {emptyScan, tailMarkdown} from '../../source/chat/answer/blocks.js';
import {draftOf} from '../../source/chat/composer/draft.js';
import {wayText} from '../../source/chat/connection/status-text.js';
import {initialState} from '../../source/chat/initial-state.js';
import {answeringOrigin, type Panel, type PanelView} from '../../source/chat/panel/panel.js';
import type {Connection, State} from '../../source/chat/state.js';
import type {Drawing} from '../../source/components/drawing.js';
import {liveArea} from '../../source/components/live-area.js';
import {createPanelDrawing} from '../../source/components/panel.js';
import type {Evidence, Observation} from '../../source/diagnosis/evidence.js';
import type {Via} from '../../source/gateway/transport.js';
import {renderMarkdown} from '../../source/terminal/markdown.js';
import {createPalette} from '../../source/terminal/palette.js';
import {ended, evidenceOf, failure, gateway, answer as httpAnswer} from '../diagnosis/evidence-of.js';

const now = 1_000_000;
const palette = createPalette('none', 'none');
const drawing: Drawing = {
	palette,
	markdown: (text, width) => renderMarkdown(text, {width, colour: 'none', theme: 'none'}),
	tail: tailMarkdown,
	narrowed: ({items}) => items,
	explain: () => ['It failed.'],
	help: () => [],
	panel: createPanelDrawing(palette, answeringOrigin, () => '14:03', undefined, wayText),
	clock: () => '14:03',
};
const place = {profile: 'home', origin: 'http://127.0.0.1:18789', path: 'loopback'};
const base: State = initialState({at: now, conversationId: 'c1', ephemeral: true, hasPanel: true, place});
const online: Connection = {state: 'online', since: now, latencyMs: 3};
const refused = evidenceOf([failure('ECONNREFUSED', {tookMs: 2}, {syscall: 'connect', address: '127.0.0.1', port: 18789})]);
const wrongToken = evidenceOf([gateway, httpAnswer(401, {layer: 'auth', method: 'GET', path: '/v1/models'})]);
const well = evidenceOf([
	{...gateway, tookMs: 4},
	httpAnswer(405, {method: 'GET', headers: {allow: 'POST'}, tookMs: 2}),
	httpAnswer(200, {layer: 'auth', method: 'GET', path: '/v1/models', tookMs: 3}),
]);

function withPanel(changes: Partial<Panel>, connection: Connection = online): State {
	return {...base, connection, panel: {openedBy: 'failure', focused: false, view: {kind: 'summary'}, scroll: 0, ...changes}};
}

function frame(state: State, columns: number, rows = 24): readonly string[] {
	const {lines} = liveArea(state, columns, rows, drawing);
	return lines.slice(0, lines.findLastIndex(line => line.startsWith('❯')) - 1);
}

const ladder = [
	'✓ config',
	'– name      an address, no name',
	'✓ tcp',
	'– tls       plain http',
	'✓ gateway   4 ms',
	'✓ auth      3 ms',
	'✓ chat      endpoint on, 2 ms',
	'· control   not tried',
];
const frames: ReadonlyArray<readonly [what: string, state: State, columns: number, expected: readonly string[]]> = [
	[
		'all is well',
		withPanel({evidence: well, openedBy: 'user', focused: true}),
		80,
		[
			'',
			'Connection  home · http://127.0.0.1:18789 · loopback · from config.json',
			...ladder,
			'All is well as far as can be seen without a question: loopback · 3 ms',
			'r re-check · d details · x report · Esc closes',
		],
	],
	[
		'all is well, narrow',
		withPanel({evidence: well, openedBy: 'user', focused: true}),
		40,
		[
			'',
			'Connection  home · http://127.0.0.1:187…',
			...ladder,
			'All is well as far as can be seen',
			'without a question: loopback · 3 ms',
			'r re-check · d details · x report',
			'Esc closes',
		],
	],
	[
		'nothing is known yet',
		withPanel({look: {id: 1, manual: true}, openedBy: 'user', focused: true}),
		120,
		['', 'Connection  looking · home · http://127.0.0.1:18789 · loopback', 'r re-check · d details · x report · Esc closes'],
	],
	[
		'a token is typed',
		withPanel({evidence: wrongToken, focused: true, view: {kind: 'token', step: 'typing', length: 3, why: 'The same as before.'}}),
		80,
		[
			'',
			'Connection  home · http://127.0.0.1:18789 · loopback · from config.json',
			'The same as before.',
			'New token (hidden): ••• 3 characters',
			'Enter tries it · Esc back',
		],
	],
	[
		'another address',
		withPanel({evidence: refused, focused: true, view: {kind: 'address', origin: 'http://127.0.0.1:19001', step: 'save'}}),
		80,
		[
			'',
			'Connection  home · http://127.0.0.1:18789 · loopback · from config.json',
			"http://127.0.0.1:19001 is used in this run. Enter saves it as the gateway's",
			'address.',
			'Enter saves it · Esc: for this run only',
		],
	],
	[
		'the report',
		withPanel({evidence: refused, focused: true, view: {kind: 'report', text: '{\n\t"a": "\u001B[2Jb"\n}'}}),
		80,
		[
			'',
			'Connection  home · http://127.0.0.1:18789 · loopback · from config.json',
			'For a public issue: names and addresses are replaced. Nothing is written before',
			'Enter.',
			'{',
			'    "a": "b"',
			'}',
			'Enter writes it to a file · ↑↓ Space scroll · Esc back',
		],
	],
];
for (const [what, state, columns, expected] of frames) {
	test(`${what}, ${columns} columns`, () => assert.deepEqual(frame(state, columns), expected));
}

test('what is wrong: ladder, title, what was seen, why, up to three numbered fixes, keys', () => {
	for (const columns of [80, 120]) {
		const lines = frame(withPanel({evidence: refused}), columns);
		assert.equal(lines[2], '✓ config  – name  ✗ tcp  · tls  · gateway  · auth  · chat  · control');
		assert.match(lines[3] ?? '', /^✗ .*\[N01, certain\]$/);
		assert.match(lines.join('\n'), /\n {2}Seen {2}.*ECONNREFUSED.*\n {2}Why {3}.*\n {2}Try {3}1 {2}.*\n {8}3 {2}/s);
		assert.equal(lines.at(-1), 'Ctrl+T: panel keys · Esc closes');
	}
});

test('attempts that differ in their time only are one line', () => {
	const attempt = (tookMs: number): Observation => ({
		...{
			kind: 'tcp-attempt',
			layer: 'tcp',
			atMs: 1,
			tookMs,
			address: '127.0.0.1',
			addressClass: 'loopback',
			port: 18789,
			round: 1,
			outcome: 'failed',
		},
		failure: {code: 'ECONNREFUSED', syscall: 'connect', message: 'connect ECONNREFUSED 127.0.0.1:18789'},
	});
	const lines = frame(withPanel({evidence: evidenceOf([attempt(3), attempt(1), attempt(2)])}), 80, 40);
	assert.equal(lines.filter(line => line.includes('ECONNREFUSED')).length, 1);
	assert.match(lines.join('\n'), /\(3 times, 3 ms\s+the first\)/);
});

test('in a narrow terminal the fixes stay, and the keys are whole', () => {
	const lines = frame(withPanel({evidence: refused, focused: true}), 40);
	assert.match(lines.join('\n'), /✗ .*\n {2}Try {3}1 {2}/s);
	assert.deepEqual(lines.slice(-2), ['1-3 copy · r re-check · d details', 'e explain · x report · Esc keys back']);
});

test('keys that only help sometimes are offered only then', () => {
	const keysOf = (evidence: Evidence) => frame(withPanel({evidence, focused: true}), 120).at(-1) ?? '';
	const other: Observation = {
		kind: 'sibling-look',
		layer: 'tcp',
		atMs: 0,
		relation: 'default-port',
		origin: 'http://127.0.0.1:19001',
		addressClass: 'loopback',
		outcome: 'gateway',
	};
	assert.match(keysOf(wrongToken), / · t new token · /);
	assert.doesNotMatch(keysOf(refused), /t new token|u use/);
	assert.match(keysOf({...refused, observations: [...refused.observations, other]}), / · u use 127\.0\.0\.1:19001 · /);
});

test('which way questions go, and what is known of the gateway by it', () => {
	const via: Via = {transport: 'ws', version: '2026.9.6', bootId: 'b1', startedAt: -60_000, approvals: false};
	const well3 = withPanel({evidence: well, openedBy: 'user', focused: true});
	const over = (way: Via) => frame({...well3, now: 0, connection: {state: 'online', since: 0, latencyMs: 3, via: way}}, 80).join('\n');
	assert.match(over(via), /Questions go over the control plane: OpenClaw 2026\.9\.6, up for 60 s, boot b1\.\nRequests for approval/);
	assert.match(over({...via, approvals: true}), /boot b1\.\nApprovals: shown and answered here; none waits\.\n/);
	assert.match(over({transport: 'http'}), /Questions go over HTTP, as --transport or the setting transport says\.\nOver HTTP approvals/);
	const said = over({transport: 'http', missing: 'the gateway grants no scopes to this address'});
	assert.match(
		said,
		/Questions go over HTTP: the gateway grants no scopes to this address\.\nOver HTTP approvals and tool runs cannot be seen\.\n/,
	);
});

test('an answer that was cut off stays explained when the gateway is found well', () => {
	const cut = evidenceOf([gateway, ended('broken', {textLength: 12})]);
	const text = frame(withPanel({evidence: well, cause: cut}), 80).join('\n');
	assert.match(text, /✗ The answer was cut off/);
	assert.doesNotMatch(text, /All is well/);
	assert.match(text, /✓ chat/, 'the ladder is the one of the look');
});

test('a token that a look did not send again: the refusal itself is explained', () => {
	const echo = evidenceOf([gateway, {kind: 'credential-withheld', layer: 'auth', atMs: 1, reason: 'refused-before', refusedStatus: 401}]);
	assert.match(frame(withPanel({evidence: echo, cause: wrongToken}), 80).join('\n'), /\[A02,/);
});

test('in a terminal that has hardly any room the keys are told before all else', () => {
	for (const rows of [7, 8, 9]) {
		const text = frame(withPanel({evidence: refused, focused: true}), 40, rows).join('\n');
		assert.match(text, rows === 7 ? /1-3 copy/ : /1-3 copy.*\n.*Esc keys back/);
	}
});

test('what came of a key stands where the keys stand: nothing below moves', () => {
	const open = withPanel({evidence: refused, focused: true});
	const said = withPanel({evidence: refused, focused: true, said: 'Command 1 was sent to your terminal, unconfirmed.'});
	for (const columns of [40, 80]) assert.equal(frame(said, columns).length, frame(open, columns).length);
	assert.equal(frame(said, 80).at(-1), 'Command 1 was sent to your terminal, unconfirmed.');
});

test('a long view scrolls to its end and no further', () => {
	const at = (scroll: number) => liveArea(withPanel({evidence: refused, focused: true, view: {kind: 'details'}, scroll}), 80, 24, drawing);
	assert.equal(at(0).isPanelAtEnd, false);
	assert.equal(at(500).isPanelAtEnd, true);
	assert.ok(
		at(500).lines.some(line => /^lines \d+–(\d+) of \1$/.test(line)),
		at(500).lines.join('\n'),
	);
	assert.ok(
		at(500).lines.some(line => line.includes('tcp: GET /healthz')),
		'every observation is there',
	);
});

const views: readonly PanelView[] = [
	{kind: 'summary'},
	{kind: 'details'},
	{kind: 'explain'},
	{kind: 'report', text: 'line\n'.repeat(60)},
	{kind: 'address', origin: 'http://127.0.0.1:19001', step: 'confirm'},
	{kind: 'token', step: 'typing', length: 90, why: 'The same.'},
];

test('with a panel the live area is lower than the terminal and no wider, and the composer is there', () => {
	const answer = {
		questionId: 'q1',
		question: 'why?',
		askedAt: now,
		phase: 'streaming' as const,
		text: '',
		scan: {...emptyScan, pending: 'some words of a long paragraph 北京 '.repeat(40)},
		savedLength: 0,
		begun: false,
		lastByteAt: now,
		firstTokenAt: now,
		tools: [],
	};
	const full = {answer, queue: ['a', 'b'].map(draftOf), draft: {text: 'line\n'.repeat(9), caret: 3}};
	for (const more of [{}, full]) {
		for (const evidence of [refused, wrongToken, well]) {
			for (const view of views) {
				for (const rows of [1, 2, 3, 4, 6, 8, 12, 24, 60]) {
					for (const columns of [10, 20, 40, 80, 200]) {
						const state = {...withPanel({evidence, view, focused: rows % 2 === 0}), ...more};
						const {lines, caret} = liveArea(state, columns, rows, drawing);
						assert.ok(lines.length <= Math.max(1, rows - 1), `${lines.length} lines of ${rows}`);
						const wide = lines.find(line => stringWidth(line) > columns);
						assert.equal(wide, undefined, `${columns} columns, ${view.kind}`);
						assert.match(lines[caret.y] ?? '', /^([❯⋮] | {2})/);
					}
				}
			}
		}
	}
});

test('beside a panel some of the answer stays to be seen', () => {
	const scan = {...emptyScan, pending: 'the newest words'};
	const state: State = {
		...withPanel({evidence: refused}),
		answer: {
			questionId: 'q1',
			question: 'why?',
			askedAt: now,
			phase: 'streaming',
			text: '',
			scan,
			savedLength: 0,
			begun: false,
			lastByteAt: now,
			tools: [],
		},
	};
	assert.ok(liveArea(state, 80, 24, drawing).lines.includes('the newest words'));
});
