import assert from 'node:assert/strict';
import {test} from 'node:test';
import xterm from '@xterm/headless';
import {cellWidth} from '../../source/terminal/cell-width.js';
import {createHighlighter} from '../../source/terminal/highlight.js';
import {type MarkdownOptions, renderMarkdown, renderSource} from '../../source/terminal/markdown.js';
import {sanitize} from '../../source/terminal/sanitize.js';
import {controlSequences, isLink, isStyle, textBetween} from '../helpers/control-sequences.js';
import {torture} from './torture.js';

const {highlight, load} = createHighlighter();
await load();
const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});

const forms: Readonly<Record<string, Omit<MarkdownOptions, 'width'>>> = {
	plain: {colour: 'none', theme: 'none'},
	coloured: {colour: 'truecolor', theme: 'dark', hyperlinks: true, highlight},
	'in progress': {colour: '16', theme: 'light', hyperlinks: true, highlight, inProgress: true},
};

/** The cells each line takes in a terminal that is wider, as that terminal says when it is asked for its cursor (DSR 6). */
function measured(lines: readonly string[], columns: number): Promise<readonly number[]> {
	const terminal = new xterm.Terminal({cols: columns, rows: 2, scrollback: 0, allowProposedApi: true});
	const widths: number[] = [];
	terminal.onData(answer => widths.push(Number(/;(\d+)R/.exec(answer)?.[1]) - 1));
	return new Promise(resolve => {
		terminal.write(lines.map(line => `\r${line}\u001B[6n\u001B[2K`).join(''), () => {
			terminal.dispose();
			resolve(widths);
		});
	});
}

/** What no terminal can break: a single character that is wider than the line. */
function isOneCharacter(line: string): boolean {
	return [...graphemes.segment(textBetween(line).trim())].length <= 1;
}

async function assertFits(rendered: string, width: number, context: string): Promise<void> {
	const lines = [...new Set(rendered.split('\n'))];
	const widths = await measured(lines, width + 60);
	assert.equal(widths.length, lines.length, context);
	for (const [index, line] of lines.entries()) {
		const cells = Math.max(widths[index] ?? 0, cellWidth(line));
		assert.ok(cells <= width || isOneCharacter(line), `${context}: ${cells} cells in ${JSON.stringify(line)}`);
	}
}

/** Letters and digits alone, so that line ends, marks and styles between them do not count. */
const squeezed = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase();
/** Not shown as they are: character references, the language of a fence, HTML's line break in a cell. */
const wordsOf = (source: string) =>
	sanitize(source)
		.toLowerCase()
		.replace(/&#?\w+;?|<br>/g, ' ')
		.replace(/^([ >]*(?:`{3,}|~{3,})).*$/gm, '$1')
		.match(/[\p{L}\p{N}]+/gu) ?? [];

for (const [name, markdown] of Object.entries(torture)) {
	test(`torture: ${name}`, async () => {
		const words = [...new Set(wordsOf(markdown))];
		for (const width of markdown.length < 100_000 ? [1, 2, 10, 40, 80, 120] : [80]) {
			for (const [form, options] of Object.entries(forms)) {
				const context = `${form} at ${width}`;
				const rendered = renderMarkdown(markdown, {width, ...options});
				for (const sequence of controlSequences(rendered)) assert.ok(isStyle(sequence) || isLink(sequence), context);
				await assertFits(rendered, width, context);
				if (form === 'in progress') continue;
				// The address of a link counts as shown: the terminal shows it.
				const links = controlSequences(rendered)
					.filter(isLink)
					.map(link => decodeURI(link.replace(/%(?![\da-f]{2})/gi, '%25')));
				const shown = squeezed(textBetween(rendered)) + squeezed(links.join(' '));
				for (const word of words) assert.ok(shown.includes(word), `${context}: ${word} is missing in\n${rendered.slice(0, 2000)}`);
			}
			await assertFits(renderSource(markdown, width), width, `source at ${width}`);
		}
	});
}

/** Applications of regular expressions: what parsing and wrapping spend their time on, counted instead of timed. */
function workOf(task: () => void): number {
	const {exec} = RegExp.prototype;
	let count = 0;
	RegExp.prototype.exec = function (text) {
		count++;
		return exec.call(this, text);
	};
	try {
		task();
	} finally {
		RegExp.prototype.exec = exec;
	}
	return count;
}

const growing: Readonly<Record<string, (size: number) => string>> = {
	words: size => 'lorem ipsum dolor sit '.repeat(size),
	stars: size => '*a '.repeat(size),
	brackets: size => '['.repeat(size),
	images: size => '![x]('.repeat(size),
	backquotes: size => '`a ``b '.repeat(size),
	dollars: size => '$a '.repeat(size),
	quotes: size => '> '.repeat(size),
	'list items': size => '- a\n'.repeat(size),
	rows: size => `|a|b|\n|-|-|\n${'|c|d|\n'.repeat(size)}`,
	columns: size => `|${'a|'.repeat(size)}\n|${'-|'.repeat(size)}\n|${'b|'.repeat(size)}`,
	tabs: size => 'a\t'.repeat(size),
	'angle brackets': size => '<a '.repeat(size),
};

for (const [name, make] of Object.entries(growing)) {
	test(`twice the ${name} cost about twice the work`, () => {
		const options = {width: 40, colour: '16', theme: 'dark', hyperlinks: true} as const;
		const costs = [100, 200].map(size => workOf(() => renderMarkdown(make(size), options)));
		const [once = 0, twice = 0] = costs;
		assert.ok(twice <= 2.6 * once + 200, `${once} → ${twice}`);
	});
}
