import assert from 'node:assert/strict';
import {test} from 'node:test';
import {supportsHyperlinks} from '../../source/terminal/hyperlinks.js';
import {renderMarkdown} from '../../source/terminal/markdown.js';
import {linkTarget} from '../../source/terminal/markdown-link.js';
import {textBetween} from '../helpers/control-sequences.js';

const environments: ReadonlyArray<readonly [what: string, env: Record<string, string>, expected: boolean]> = [
	['nothing known', {TERM: 'xterm-256color'}, false],
	['dumb', {TERM: 'dumb', TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.5'}, false],
	['Linux console', {TERM: 'linux', VTE_VERSION: '7000'}, false],
	['iTerm2', {TERM: 'xterm-256color', TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.5.1'}, true],
	['an old iTerm2', {TERM: 'xterm-256color', TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.0.15'}, false],
	['Terminal.app', {TERM: 'xterm-256color', TERM_PROGRAM: 'Apple_Terminal', TERM_PROGRAM_VERSION: '455'}, false],
	['kitty', {TERM: 'xterm-kitty'}, true],
	['foot', {TERM: 'foot-extra'}, true],
	['GNOME Terminal', {TERM: 'xterm-256color', VTE_VERSION: '7600'}, true],
	['an old VTE', {TERM: 'xterm-256color', VTE_VERSION: '5000'}, false],
	['Windows Terminal', {TERM: 'xterm-256color', WT_SESSION: 'a-b'}, true],
	['VS Code', {TERM: 'xterm-256color', TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.99.0'}, true],
	['tmux 3.4', {TERM: 'tmux-256color', TMUX: '/tmp/x', TERM_PROGRAM: 'tmux', TERM_PROGRAM_VERSION: '3.4'}, true],
	[
		'tmux 3.3a in kitty',
		{TERM: 'screen-256color', TMUX: '/x', TERM_PROGRAM: 'tmux', TERM_PROGRAM_VERSION: '3.3a', KITTY_WINDOW_ID: '1'},
		false,
	],
	['tmux of no version', {TERM: 'screen', TMUX: '/x', WT_SESSION: 'a'}, false],
	['screen in VTE', {TERM: 'screen.xterm-256color', STY: '1.x', VTE_VERSION: '7600'}, false],
	['wanted', {TERM: 'xterm', FORCE_HYPERLINK: '1'}, true],
	['not wanted', {TERM: 'xterm-kitty', FORCE_HYPERLINK: '0'}, false],
];

for (const [what, env, expected] of environments) {
	test(`links of the terminal: ${what}`, () => assert.equal(supportsHyperlinks(env, true), expected));
}

test('what is no terminal gets no links', () => assert.equal(supportsHyperlinks({TERM: 'xterm-kitty'}, false), false));

const render = (text: string, width = 200) => renderMarkdown(text, {width, colour: '16', theme: 'none', hyperlinks: true});
const targetsOf = (text: string) => [...render(text).matchAll(/\u001B\]8;id=\w+;([^\u001B]+)\u001B/g)].map(match => match[1]);

const shown: ReadonlyArray<readonly [markdown: string, text: string, target: string | undefined]> = [
	['[the docs](https://a.example/b?c=1)', 'the docs (a.example)', 'https://a.example/b?c=1'],
	['[a.example docs](https://a.example/b)', 'a.example docs', 'https://a.example/b'],
	['[bank.example](https://evil.example/x)', 'bank.example (https://evil.example/x)', 'https://evil.example/x'],
	[
		'[bank.example](https://bank.example.evil.example)',
		'bank.example (https://bank.example.evil.example/)',
		'https://bank.example.evil.example/',
	],
	['[https://bank.example](http://evil.example)', 'https://bank.example (http://evil.example/)', 'http://evil.example/'],
	[
		'<https://bank.example@evil.example/>',
		'https://bank.example@evil.example/ (https://bank.example@evil.example/)',
		'https://bank.example@evil.example/',
	],
	['see https://a.example/b.', 'see https://a.example/b.', 'https://a.example/b'],
	['[site](https://例え.example/é)', 'site (xn--r8jz45g.example)', 'https://xn--r8jz45g.example/%C3%A9'],
	['[write](mailto:me@a.example)', 'write (me@a.example)', 'mailto:me@a.example'],
	['me@a.example', 'me@a.example', 'mailto:me@a.example'],
	['[run](javascript:alert(1))', 'run (javascript:alert(1))', undefined],
	['[open](file:///etc/passwd)', 'open (file:///etc/passwd)', undefined],
	['[here](docs/readme.md)', 'here (docs/readme.md)', undefined],
	['[t](https://a.example "A title")', 't (a.example "A title")', 'https://a.example/'],
	['![a picture](https://a.example/p.png)', 'a picture (https://a.example/p.png)', 'https://a.example/p.png'],
];
for (const [markdown, text, target] of shown) {
	test(`a link in a terminal that has them: ${markdown}`, () => {
		assert.equal(textBetween(render(markdown)), text);
		assert.equal(targetsOf(markdown)[0], target);
	});
}

test('a wrapped link is one link: closed at the end of each line, opened in the next with the same id', () => {
	const lines = render('[some words that are wrapped](https://a.example/)', 12).split('\n');
	assert.ok(lines.length > 2);
	const ids = new Set(lines.flatMap(line => [...line.matchAll(/\u001B\]8;id=(\w+);/g)].map(match => match[1])));
	assert.equal(ids.size, 1);
	for (const line of lines.slice(0, 2)) assert.match(line, /^\u001B\]8;id=\w+;https:\/\/a\.example\/\u001B\\.*\u001B\]8;;\u001B\\$/);
});

test('an address that a terminal would not take is no link', () => {
	assert.equal(linkTarget(`https://a.example/${'x'.repeat(3000)}`), undefined);
	assert.equal(linkTarget('https://'), undefined);
	assert.equal(linkTarget('https://a.example/\u0007')?.href, 'https://a.example/');
});
