import assert from 'node:assert/strict';
import {test} from 'node:test';
import stringWidth from 'string-width';
import {emptyScan, endBlocks, scanBlocks, settleBlocks, tailMarkdown} from '../../source/chat/answer/blocks.js';
import {runningLine, toolLines, unfoldedThought, unfoldedTool} from '../../source/components/run-lines.js';
import {phaseWords, retryWords} from '../../source/components/run-words.js';
import {hostilePiece} from '../../source/demo/hostile.js';
import {createHighlighter} from '../../source/terminal/highlight.js';
import * as languages from '../../source/terminal/highlight-languages.js';
import {type MarkdownOptions, renderMarkdown, renderSource} from '../../source/terminal/markdown.js';
import {createPalette} from '../../source/terminal/palette.js';
import {createSanitizer, sanitize} from '../../source/terminal/sanitize.js';
import {createMarkdownPrinter, createPlainPrinter} from '../../source/terminal/stream-printer.js';
import {controlSequences, hidden, isLink, isStyle, textBetween} from '../helpers/control-sequences.js';
import {cutAnywhere, seededRandom} from '../helpers/seeded-random.js';

/** Another one with `FUZZ_SEED=… node --test`; a failure names the one it came from. */
const firstSeed = Number(process.env['FUZZ_SEED'] ?? 1);
const rounds = Number(process.env['FUZZ_ROUNDS'] ?? 120);

const {highlight, load} = createHighlighter();
await load();
const styles: readonly MarkdownOptions[] = [
	{width: 40, colour: 'none', theme: 'none'},
	{width: 33, colour: 'truecolor', theme: 'dark', hyperlinks: true, highlight},
	{width: 9, colour: '16', theme: 'light', hyperlinks: true, highlight, inProgress: true},
];

/** Half hostile fragments, half random UTF-16 units and bytes. */
function hostileText(seed: number): string {
	const random = seededRandom(seed);
	const pieces = Array.from({length: 1 + random(60)}, (_, index) => {
		if (random(4) > 0) return hostilePiece(index, seed);
		const limit = [0x20, 0x100, 0x3000, 0x1_0000][random(4)] ?? 0x100;
		return String.fromCharCode(...Array.from({length: random(8)}, () => random(limit)));
	});
	return pieces.join('');
}

function isClean(written: string, context: string): void {
	for (const sequence of controlSequences(written)) {
		assert.ok(isLink(sequence) || (isStyle(sequence) && !sequence.includes('4242')), `${context}: ${JSON.stringify(sequence)}`);
	}
	assert.doesNotMatch(textBetween(written), hidden, context);
	assert.equal(written.isWellFormed(), true, context);
}

function splitter() {
	let scan = emptyScan;
	return {
		push(text: string) {
			const scanned = scanBlocks(scan, text);
			scan = scanned.scan;
			return scanned.blocks;
		},
		settle() {
			const settled = settleBlocks(scan);
			scan = settled.scan;
			return settled.blocks;
		},
		end: () => endBlocks(scan),
		tail: () => tailMarkdown(scan),
	};
}

test('the generator makes what it is to be proof against', () => {
	const all = Array.from({length: 200}, (_, seed) => hostileText(seed)).join('\u0007\u001B\\\u009C\n');
	for (const wanted of [/\u001B\]52;c;pwned/, /\u001B\[4242A/, /\u001BP/, /\u202E/, /\u009D/, /&#27;/, /\u{E0041}/u])
		assert.match(all, wanted);
	assert.throws(() => isClean(all, 'unfiltered'));
});

test('whatever comes, in whatever pieces: no control sequence but our own styles and links', () => {
	for (let seed = firstSeed; seed < firstSeed + rounds; seed++) {
		const random = seededRandom(seed);
		const text = hostileText(seed);
		const context = `FUZZ_SEED=${seed} FUZZ_ROUNDS=1`;
		const pieces = cutAnywhere(random, text, 1 + random(30));
		const sanitizer = createSanitizer();
		const safe = pieces.map(piece => sanitizer.push(piece)).join('') + sanitizer.end();
		assert.equal(safe, sanitize(text), context);
		assert.equal(controlSequences(safe.replaceAll('\t', '')).length, 0, context);
		for (const options of styles) {
			isClean(renderMarkdown(text, options), `${context}, markdown`);
			let written = '';
			const blocks = splitter();
			const printer = createMarkdownPrinter(
				more => {
					written += more;
				},
				blocks,
				markdown => renderMarkdown(markdown, options),
			);
			for (const piece of pieces) {
				printer.push(piece);
				if (random(8) === 0) printer.pause?.();
				isClean(renderMarkdown(blocks.tail(), {...options, inProgress: true}), `${context}, tail`);
			}
			printer.end();
			isClean(written, `${context}, printer`);
		}
		isClean(renderSource(text, 20).replaceAll('\t', ''), `${context}, source`);
		const plain: string[] = [];
		const printer = createPlainPrinter(more => plain.push(more));
		for (const piece of pieces) printer.push(piece);
		printer.end();
		assert.equal(controlSequences(plain.join('').replaceAll('\t', '')).length, 0, context);
	}
});

test('highlighted code is the code, whatever it is', () => {
	const words = [
		'"',
		"'",
		'`',
		'${',
		'}',
		'/*',
		'*/',
		'//',
		'#',
		'<',
		'>',
		'<!--',
		'\\',
		'\n',
		' ',
		'const',
		'def',
		'$(',
		'EOF',
		'<<',
		'=',
		'7',
		'@',
		'%',
		'{',
	];
	for (const name of ['ts', 'python', 'bash', 'html', 'css', 'json', 'yaml', 'rust', 'sql', 'diff', 'php', 'dockerfile', 'make', 'ruby']) {
		const random = seededRandom(firstSeed);
		for (let round = 0; round < 40; round++) {
			const code = Array.from({length: random(80)}, () => words[random(words.length)]).join('');
			const pieces = languages.codePieces(code, name) ?? assert.fail(name);
			assert.equal(pieces.map(({text}) => text).join(''), code, `${name}: ${JSON.stringify(code)}`);
		}
	}
});

test('whatever a tool, a provider or a thought says: no control sequence but our own styles, no line too wide', () => {
	for (let seed = firstSeed; seed < firstSeed + rounds; seed++) {
		const [name, summary, output, error, reason] = Array.from({length: 5}, (_, index) => hostileText(seed * 5 + index));
		const run = {
			name: name ?? '',
			ended: 'failed',
			summary: summary ?? '',
			arguments: output ?? '',
			output: output ?? '',
			error: error ?? '',
		} as const;
		const context = `FUZZ_SEED=${seed} FUZZ_ROUNDS=1`;
		const lines = [
			...unfoldedTool(run, 40, drawing),
			...toolLines({...run, ended: 'finished'}, 40, drawing),
			runningLine({...run, id: '1', phase: 'started', since: 0}, 5_000, 40, drawing),
			...unfoldedThought({kind: 'thought', id: 'e', text: output ?? '', length: 1e6, durationMs: 1}, 40, drawing),
		];
		for (const line of lines) {
			isClean(line, context);
			assert.ok(stringWidth(line) <= 40 && !line.includes('\n'), `${context}: ${JSON.stringify(line)}`);
		}
		isClean(
			`${phaseWords({phase: name ?? '', message: summary ?? ''})} ${retryWords({attempt: 1, maxAttempts: 2, reason: reason ?? ''})}`,
			context,
		);
	}
});

const drawing = {palette: createPalette('truecolor', 'dark')};
