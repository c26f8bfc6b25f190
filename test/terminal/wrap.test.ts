import assert from 'node:assert/strict';
import {test} from 'node:test';
import stringWidth from 'string-width';
import {wrapLines, wrapRows} from '../../source/terminal/wrap.js';

const text = 'clawtalk, with a demo agent that needs no network. Say hello. /help lists commands and keys.';

test('lines are broken between words at every width, and begin with a word', () => {
	const longest = Math.max(...text.split(' ').map(word => word.length));
	for (let width = longest; width <= text.length + 1; width++) {
		const lines = wrapLines(text, width);
		assert.equal(lines.join(' '), text, `width ${width}`);
		assert.ok(
			lines.every(line => line.length <= width && line === line.trim()),
			`width ${width}: ${lines.join('|')}`,
		);
	}
});

test('indentation stays, below a break too, while it leaves room', () => {
	assert.deepEqual(wrapLines('a\n    some code of\n\n  b', 12), ['a', '    some', '    code of', '', '  b']);
	assert.ok(wrapLines(`${' '.repeat(30)}deep`, 10).every(line => line.length <= 10));
});

test('a description goes on below its beginning', () => {
	assert.deepEqual(
		wrapRows(
			[
				['/new', 'begin a new one'],
				['/q', 'leave'],
			],
			16,
		),
		['/new  begin a', '      new one', '/q    leave'],
	);
	assert.ok(wrapRows([['北京', 'one two']], 8).every(line => stringWidth(line) <= 8));
});
