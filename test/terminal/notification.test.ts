import assert from 'node:assert/strict';
import {test} from 'node:test';
import {takesClipboard} from '../../source/terminal/clipboard.js';
import {type NotifyWay, notification} from '../../source/terminal/notification.js';

const osc9 = '\u001B]9;done\u0007';
const osc777 = '\u001B]777;notify;clawtalk;done\u0007';
const inTmux = (sequence: string) => `\u001BPtmux;${sequence.replaceAll('\u001B', '\u001B\u001B')}\u001B\\`;

const cases: ReadonlyArray<readonly [way: NotifyWay, env: Record<string, string>, expected: string]> = [
	['bell', {}, '\u0007'],
	['bell', {TMUX: 'x'}, '\u0007'],
	['osc9', {}, osc9],
	['osc9', {TMUX: 'x'}, inTmux(osc9)],
	['osc9', {STY: 'x'}, `\u001BP${osc9}\u001B\\`],
	['osc777', {}, osc777],
	['osc777', {TMUX: 'x'}, inTmux(osc777)],
	['auto', {TERM: 'xterm-256color'}, '\u0007'],
	['auto', {TERM_PROGRAM: 'iTerm.app'}, osc9],
	['auto', {TERM_PROGRAM: 'WezTerm'}, osc9],
	['auto', {TERM_PROGRAM: 'ghostty'}, osc9],
	['auto', {KITTY_WINDOW_ID: '1'}, osc9],
	['auto', {VTE_VERSION: '7402'}, osc777],
	['auto', {TERM: 'foot'}, osc777],
	['auto', {TERM: 'rxvt-unicode-256color'}, osc777],
	['auto', {KITTY_WINDOW_ID: '1', TMUX: 'x'}, '\u0007'],
	['auto', {VTE_VERSION: '7402', STY: 'x'}, '\u0007'],
];

for (const [way, env, expected] of cases) {
	test(`${way} with ${JSON.stringify(env)}`, () => assert.equal(notification(way, 'done', env), expected));
}

const takers: ReadonlyArray<readonly [env: Record<string, string>, takes: boolean]> = [
	[{TERM: 'xterm-256color'}, false],
	[{TERM: 'linux'}, false],
	[{TERM: 'xterm-256color', VTE_VERSION: '7402'}, false],
	[{TERM: 'xterm-kitty'}, true],
	[{TERM: 'foot'}, true],
	[{WT_SESSION: 'x'}, true],
	[{TERM_PROGRAM: 'iTerm.app'}, true],
	[{TERM_PROGRAM: 'Apple_Terminal'}, false],
];

for (const [env, takes] of takers) {
	test(`${JSON.stringify(env)} ${takes ? 'is' : 'is not'} known to take OSC 52`, () => assert.equal(takesClipboard(env), takes));
}
