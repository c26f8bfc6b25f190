import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Draft, draftOf, edit, insert} from '../../source/chat/composer/draft.js';
import type {Edit} from '../../source/chat/event.js';

/** A draft written with `|` at the caret. */
function draft(marked: string): Draft {
	const caret = marked.indexOf('|');
	return {text: marked.slice(0, caret) + marked.slice(caret + 1), caret};
}

function marked({text, caret}: Draft): string {
	return `${text.slice(0, caret)}|${text.slice(caret)}`;
}

const family = '👨‍👩‍👧';
const accent = 'e\u0301';
const edits: ReadonlyArray<readonly [Edit, string, string]> = [
	['backward-char', 'ab|c', 'a|bc'],
	['backward-char', `x${family}|`, `x|${family}`],
	['backward-char', `${accent}|`, `|${accent}`],
	['backward-char', 'a\n|b', 'a|\nb'],
	['backward-char', '|a', '|a'],
	['forward-char', `|${family}x`, `${family}|x`],
	['forward-char', '|🇩🇪🇫🇷', '🇩🇪|🇫🇷'],
	['forward-char', '🇩🇪|🇫🇷', '🇩🇪🇫🇷|'],
	['forward-char', 'a|', 'a|'],
	['backward-word', 'one two|', 'one |two'],
	['backward-word', 'one two  |', 'one |two  '],
	['backward-word', 'one\n|two', '|one\ntwo'],
	['forward-word', '|one two', 'one| two'],
	['forward-word', 'one| two', 'one two|'],
	['beginning-of-line', 'a\nbc|d', 'a\n|bcd'],
	['end-of-line', 'a|b\nc', 'ab|\nc'],
	['previous-line', 'abc\nde|', 'ab|c\nde'],
	['previous-line', `${family}b\n12|`, `${family}b|\n12`],
	['previous-line', 'a\nlonger|', 'a|\nlonger'],
	['next-line', 'a|b\ncde', 'ab\nc|de'],
	['next-line', 'abc|\n\nd', 'abc\n|\nd'],
	['backward-delete-char', `x${family}|y`, 'x|y'],
	['backward-delete-char', '한국|', '한|'],
	['delete-char', `|${accent}x`, '|x'],
	['delete-char', 'a|\nb', 'a|b'],
	['backward-kill-word', 'git push|', 'git |'],
	['kill-word', '|git push', '| push'],
	['kill-line', 'ab|cd\nef', 'ab|\nef'],
	['kill-line', 'ab|\nef', 'ab|ef'],
	['unix-line-discard', 'a\nbcd|e', 'a\n|e'],
	['insert-newline', 'a|b', 'a\n|b'],
	['unix-line-discard', 'a\n|b', 'a|b'],
	['beginning-of-buffer', 'a\nb|c', '|a\nbc'],
	['end-of-buffer', '|a\nbc', 'a\nbc|'],
];

for (const [name, before, after] of edits) {
	test(`${name}: ${JSON.stringify(before)}`, () => assert.equal(marked(edit(draft(before), name).draft), after));
}

test('the first and the last line are an edge', () => {
	assert.equal(edit(draft('a|\nb'), 'previous-line').atEdge, true);
	assert.equal(edit(draft('a\n|b'), 'next-line').atEdge, true);
	assert.equal(edit(draft('a\n|b'), 'previous-line').atEdge, undefined);
});

test('kills are kept, deletions of nothing are not', () => {
	assert.equal(edit(draft('one two|'), 'backward-kill-word').killed?.text, 'two');
	assert.equal(edit(draft('ab|cd'), 'kill-line').killed?.text, 'cd');
	assert.equal(edit(draft('ab|'), 'kill-line').killed, undefined);
});

test('pasted line ends become one kind, control characters go', () => {
	assert.equal(marked(insert(draft('x|y'), 'a\r\nb\rc\u001b[31m\td\u009b')), 'xa\nb\nc[31m\td|y');
});

test('what reorders or hides text is left out, also of what comes from disk', () => {
	assert.deepEqual(draftOf('a\u202eb\u2066c\u200bd\u001b[31me'), {text: 'abcd[31me', caret: 9});
	assert.equal(draftOf('👨‍👩‍👧 می‌خواهم').text, '👨‍👩‍👧 می‌خواهم');
	assert.equal(draftOf('\ud83d').text, '\ufffd');
});

test('text that joins its neighbour leaves the caret after the whole', () => {
	assert.equal(marked(insert(draft('e|x'), '\u0301')), 'e\u0301|x');
	assert.equal(marked(insert(draft('|\u0301x'), 'e')), 'e\u0301|x');
	assert.equal(marked(edit(draft('👨 |\u200d👩'), 'backward-delete-char').draft), '👨\u200d👩|');
});

test('typing at the end of a pasted line of a megabyte is quick', () => {
	const long: Draft = {text: 'x'.repeat(1_000_000), caret: 1_000_000};
	const begun = process.cpuUsage();
	let current = long;
	for (let key = 0; key < 50; key++) current = edit(insert(current, 'é'), 'backward-char').draft;
	assert.ok(process.cpuUsage(begun).user < 2_000_000);
	assert.equal(current.text.length, 1_000_050);
});
