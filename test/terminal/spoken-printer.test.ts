import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createSpokenPrinter} from '../../source/terminal/spoken-printer.js';

/** What is written, a string for each write; the text comes in pieces of so many characters. */
function spoken(text: string, size = text.length): readonly string[] {
	const written: string[] = [];
	const printer = createSpokenPrinter(said => written.push(said));
	for (let at = 0; at < text.length; at += size) printer.push(text.slice(at, at + size));
	printer.end();
	return written;
}

const spaced = (text: string) => text.replace(/(?<=[.!?"])\s/g, ' ').replace(/\n$/, ' ');

const cases: ReadonlyArray<readonly [what: string, markdown: string, said: string]> = [
	['sentences', 'One. Two! Is it "three?" Yes', 'One.\nTwo!\nIs it "three?"\nYes\n'],
	['numbers and lists', '1. First. Costs 3.5 now.\n2. Second', '1. First.\nCosts 3.5 now.\n2. Second\n'],
	['a heading', '## What it does\n\nMuch.', 'Heading: What it does\nMuch.\n'],
	['emphasis and code', 'A **bold** and *fine* `npm ci` run, snake_case_name stays', 'A bold and fine npm ci run, snake_case_name stays\n'],
	[
		'a code block',
		'```ts\nconst a = "b. c";\n\n# no heading\n```\nDone.',
		'Code, ts:\nconst a = "b. c";\n# no heading\nEnd of code.\nDone.\n',
	],
	['a code block that is not closed', '```\na', 'Code:\na\nEnd of code.\n'],
	['a table', '| a | b |\n|---|:--|\n| 1. x | 2 |', 'a; b\n1. x; 2\n'],
	['a list', '- one\n* two\n- [x] three\n- [ ] four', '- one\n- two\nDone: three\nOpen: four\n'],
	[
		'a link',
		'See [the page](https://a.example/b "t") and [https://a.example](https://a.example)',
		'See the page (https://a.example/b) and https://a.example\n',
	],
	['a quote and a rule', '> said\n\n---\n\nafter', 'Quote: said\nafter\n'],
	['control sequences', 'a\u001B[2Jb\u001B]0;x\u0007c', 'abc\n'],
];

for (const [what, markdown, said] of cases) {
	test(`${what} for a screen reader, whole or in pieces`, () => {
		// Sentences that come together are one line.
		for (const size of [markdown.length, 7, 1]) assert.equal(spaced(spoken(markdown, size).join('')), spaced(said), `pieces of ${size}`);
	});
}

test('a sentence is written as soon as it is whole, and not in halves', () => {
	const written: string[] = [];
	const printer = createSpokenPrinter(text => written.push(text));
	printer.push('One sen');
	assert.deepEqual(written, []);
	printer.push('tence. And an');
	assert.deepEqual(written, ['One sentence.\n']);
	printer.end();
	assert.deepEqual(written, ['One sentence.\n', 'And an\n']);
});

const pauses: ReadonlyArray<readonly [what: string, before: string, after: string, said: readonly string[]]> = [
	['a sentence', 'One. An', 'd two. Three', ['One.\n', 'An\n', 'd two.\n', 'Three\n']],
	['a heading', '# Wh', 'at *it* does\nMuch', ['Heading: Wh\n', 'at it does\n', 'Much\n']],
	['code', '```ts\nconst a', ' = 1;\n```\nAll', ['Code, ts:\n', 'const a\n', ' = 1;\n', 'End of code.\n', 'All\n']],
	['a row of a table', '| a |\n|---|\n| b', ' c |\n', ['a\n', 'b c\n']],
	['a mark of code', '``', '`\nx\n```\n', ['Code:\n', 'x\n', 'End of code.\n']],
];
for (const [what, before, after, said] of pauses) {
	test(`a pause within ${what} says what is there, and what follows goes on with it`, () => {
		const written: string[] = [];
		const printer = createSpokenPrinter(text => written.push(text));
		printer.push(before);
		printer.pause?.();
		printer.push(after);
		printer.end();
		assert.deepEqual(written, said);
	});
}

for (const [what, line] of [
	['brackets', '['],
	['half links', '![](('],
	['spaces', ' '],
	['stars', '**a'],
	['words without an end', 'aaaa '],
] as const) {
	test(`a line of nothing but ${what} takes no more than its length`, () => {
		const begun = process.cpuUsage();
		const text = `${line.repeat(60_000 / line.length)}x`;
		for (const size of [text.length, 1_000]) {
			const said = spoken(text, size).join('');
			assert.ok(said.replace(/\s/g, '').length >= text.replace(/[\s*]/g, '').length, 'nothing is left out');
		}
		const {user} = process.cpuUsage(begun);
		assert.ok(user < 10_000_000, `${user} µs`);
	});
}
