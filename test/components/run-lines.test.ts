import assert from 'node:assert/strict';
import {test} from 'node:test';
import stringWidth from 'string-width';
import {toolLines, unfoldedTool} from '../../source/components/run-lines.js';
import {phaseWords, retryWords} from '../../source/components/run-words.js';
import {createPalette} from '../../source/terminal/palette.js';

type Run = Parameters<typeof toolLines>[0];

const plain = {palette: createPalette('none', 'none')};
const ran: Run = {name: 'exec', ended: 'finished', summary: 'ls -la /srv/projects/clawtalk', durationMs: 234, resultLength: 1_204};

const folded: ReadonlyArray<readonly [what: string, width: number, run: Run, lines: readonly string[]]> = [
	['all that is known', 80, ran, ['→ exec ls -la /srv/projects/clawtalk · 0.2 s · 1204 characters']],
	['all that is known', 120, ran, ['→ exec ls -la /srv/projects/clawtalk · 0.2 s · 1204 characters']],
	['the size gives way first', 40, ran, ['→ exec ls -la /srv/projects/cla… · 0.2 s']],
	['then the time', 20, ran, ['→ exec ls -la /srv/…']],
	['nothing but its name', 40, {name: 'browser', ended: 'finished'}, ['→ browser']],
	['without a name', 40, {name: '\u001B[31m', ended: 'finished'}, ['→ a tool']],
	[
		'why it failed',
		40,
		{...ran, ended: 'failed', error: 'no such\nfolder \u202Eabc'},
		['✗ exec ls -la /srv/projects/cla… · 0.2 s', '  no such folder abc'],
	],
	['a long reason is one line', 20, {name: 'x', ended: 'failed', error: 'one two three four five'}, ['✗ x', '  one two three fou…']],
	['a tool that did not say why', 40, {name: 'x', ended: 'failed'}, ['✗ x', '  failed, and did not say why']],
	['an end that was not seen', 80, {name: 'exec', ended: 'unseen', summary: 'sleep 9'}, ['– exec sleep 9 · its end was not seen']],
	[
		'one that waited for approval',
		80,
		{name: 'exec', ended: 'held-back', summary: 'rm -rf /srv'},
		['– exec rm -rf /srv · waited for approval, did not begin'],
	],
	['sequences of a hostile tool', 40, {name: 'e\u001B]0;x\u0007x', ended: 'finished', summary: 'a\u001B[2Jb\nc\td'}, ['→ ex ab c d']],
];
for (const [what, width, run, lines] of folded) {
	test(`a tool run in ${width} columns: ${what}`, () => assert.deepEqual(toolLines(run, width, plain), lines));
}

test('whatever a tool says, no line is wider than the terminal', () => {
	const wide = {
		name: '北京'.repeat(100),
		ended: 'failed',
		summary: '👩‍👩‍👧'.repeat(100),
		error: 'ü'.repeat(500),
		durationMs: 5,
		output: '\t北'.repeat(300),
	} as const;
	for (const width of [1, 2, 3, 8, 40, 80, 120]) {
		for (const line of unfoldedTool(wide, width, plain)) assert.ok(stringWidth(line) <= Math.max(width, 6), `${width}: ${line}`);
		for (const line of toolLines(wide, Math.max(3, width), plain)) assert.ok(stringWidth(line) <= Math.max(3, width), `${width}: ${line}`);
	}
});

test('unfolded, arguments and the end of the result stand below it', () => {
	assert.deepEqual(unfoldedTool({...ran, arguments: '{"command":"ls"}', output: 'total 4\n\u001B[31mdrwx'}, 60, plain), [
		'→ exec ls -la /srv/projects/clawt… · 0.2 s · 1204 characters',
		'  arguments:',
		'  │ command: ls',
		'  result, the last 17 of 1204 characters:',
		'  │ total 4',
		'  │ drwx',
	]);
	assert.deepEqual(unfoldedTool({name: 'x', ended: 'finished'}, 60, plain), ['→ x', '  The gateway told no more of it.']);
	assert.deepEqual(
		unfoldedTool({name: 'x', ended: 'finished', arguments: '{"path":"a","text":"1\\n2","deep":{"b":[1]},"none":null}'}, 60, plain),
		['→ x', '  arguments:', '  │ path: a', '  │ text:', '  │ 1', '  │ 2', '  │ deep: {"b":[1]}', '  │ none: null'],
	);
	const nested = `{"a":${'['.repeat(4_990)}${']'.repeat(4_990)}}`;
	assert.match(unfoldedTool({name: 'x', ended: 'finished', arguments: nested}, 60, plain)[2] ?? '', /^ {2}│ \W*a\W+\[/);
	const long = unfoldedTool({name: 'x', ended: 'finished', output: 'y\n'.repeat(2_000)}, 60, plain);
	assert.deepEqual([long.length, long.at(-1)], [203, '  ⋮ 1800 more lines']);
});

for (const [level, theme, mark] of [
	['16', 'dark', '\u001B[31m✗ x\u001B[39m'],
	['16', 'light', '\u001B[31m✗ x\u001B[39m'],
	['none', 'none', '✗ x'],
] as const) {
	test(`a failed tool stands out, ${theme} (${level}): by its mark, and by colour where there is any`, () => {
		assert.equal(toolLines({name: 'x', ended: 'failed', error: 'no'}, 40, {palette: createPalette(level, theme)})[0], mark);
	});
}

const retry = {attempt: 1, maxAttempts: 8, delayMs: 1_433, until: 11_433, reason: 'server_error'};
const retries: ReadonlyArray<readonly [retry: Parameters<typeof retryWords>[0], now: number | undefined, words: string]> = [
	[retry, 10_000, 'Retrying in 2 s (1/8): provider unavailable'],
	[retry, 10_500, 'Retrying in 1 s (1/8): provider unavailable'],
	[retry, 11_433, 'Retrying now (1/8): provider unavailable'],
	[retry, undefined, 'Retrying in 2 s (1/8): provider unavailable'],
	[{attempt: 3, maxAttempts: 9, reason: 'rate_limit'}, 1, 'Retrying (3/9): rate limit of the provider'],
	[{attempt: 3, maxAttempts: 9, reason: 'odd_\u001B[2Jword'}, 1, 'Retrying (3/9): odd word'],
	[{attempt: 3, maxAttempts: 9}, 1, 'Retrying (3/9)'],
];
for (const [told, now, words] of retries) test(`a retry in words: ${words} at ${now}`, () => assert.equal(retryWords(told, now), words));

test('phases are shown in the words that came with them, else as the gateway said them', () => {
	assert.equal(phaseWords({phase: 'preparing_workspace', message: 'preparing the workspace'}), 'preparing the workspace');
	assert.equal(phaseWords({phase: 'warming_up', message: 'Warming\u001B[2J up'}), 'Warming up');
	assert.equal(phaseWords({phase: 'warming_up', message: ''}), 'warming up');
	assert.equal(phaseWords({phase: '', message: ''}), 'at work');
});
