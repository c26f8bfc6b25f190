import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type ColourLevel, colourLevel} from '../../source/terminal/colour.js';
import {createPalette} from '../../source/terminal/palette.js';

const cases: ReadonlyArray<readonly [env: Record<string, string>, isTTY: boolean, expected: ColourLevel]> = [
	[{TERM: 'xterm'}, true, '16'],
	[{TERM: 'xterm-256color'}, true, '256'],
	[{TERM: 'xterm-256color', COLORTERM: 'truecolor'}, true, 'truecolor'],
	[{TERM: 'xterm-256color'}, false, 'none'],
	[{TERM: 'dumb', COLORTERM: 'truecolor'}, true, 'none'],
	[{TERM: 'xterm', NO_COLOR: '1'}, true, 'none'],
	[{TERM: 'xterm', NO_COLOR: ''}, true, '16'],
	[{FORCE_COLOR: '1'}, false, '16'],
	[{FORCE_COLOR: '3'}, false, 'truecolor'],
	[{FORCE_COLOR: '0', TERM: 'xterm'}, true, 'none'],
	[{FORCE_COLOR: '2', NO_COLOR: '1'}, false, '256'],
	[{}, true, '16'],
];

for (const [env, isTTY, expected] of cases) {
	test(`colour level of ${JSON.stringify(env)} ${isTTY ? 'on a terminal' : 'in a pipe'} is ${expected}`, () => {
		assert.equal(colourLevel(env, isTTY), expected);
	});
}

test('styles nest, and level none paints nothing', () => {
	const {bold, dim} = createPalette('16', 'auto');
	assert.equal(bold(`a${dim('b')}c`), '\x1B[1ma\x1B[2mb\x1B[22m\x1B[1mc\x1B[22m');
	const plain = createPalette('none', 'dark');
	assert.equal(plain.error(plain.bold('x')), 'x');
	assert.equal(createPalette('16', 'none').error('x'), 'x');
});
