import assert from 'node:assert/strict';
import {test} from 'node:test';
import {clipboardSequence} from '../../source/terminal/clipboard.js';

const osc = '\u001B]52;c;b3BlbmNsYXcgZ2F0ZXdheSBzdGF0dXM=\u0007';
const line = 'openclaw gateway status';

const cases: ReadonlyArray<readonly [what: string, env: Record<string, string>, expected: string]> = [
	['a terminal', {TERM: 'xterm-256color'}, osc],
	['tmux', {TERM: 'tmux-256color', TMUX: '/tmp/tmux-0/default,1,0'}, `\u001BPtmux;\u001B${osc}\u001B\\${osc}`],
	['tmux that calls itself screen', {TERM: 'screen-256color', TMUX: '/tmp/x'}, `\u001BPtmux;\u001B${osc}\u001B\\${osc}`],
	['screen', {TERM: 'screen', STY: '1.pts-0'}, `\u001BP${osc}\u001B\\`],
	['tmux or screen on another machine', {TERM: 'screen-256color'}, `\u001BP${osc}\u001B\\${osc}`],
	['screen under another name', {TERM: 'xterm', STY: '1.pts-0'}, `\u001BP${osc}\u001B\\`],
];
for (const [what, env, expected] of cases) {
	test(`the clipboard of ${what}`, () => assert.equal(clipboardSequence(line, env), expected));
}

test('one line without a newline at its end, whatever comes', () => {
	const copied = /52;c;([^\u0007]*)/.exec(clipboardSequence('one\r\ntwo\n', {}))?.[1] ?? '';
	assert.equal(Buffer.from(copied, 'base64').toString(), 'one two');
});

test('screen gets a long command in pieces that it takes, and together they are the whole', () => {
	const sequence = clipboardSequence('x'.repeat(2000), {TERM: 'screen'});
	const pieces = sequence.split('\u001B\\').slice(0, -1);
	assert.ok(pieces.length > 1 && pieces.every(piece => piece.startsWith('\u001BP') && piece.length < 768));
	assert.equal(pieces.map(piece => piece.slice(2)).join(''), clipboardSequence('x'.repeat(2000), {}));
});
