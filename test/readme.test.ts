import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {renderHelp} from '../source/commands/help.js';
import {exitCodeMeanings} from '../source/exit-codes.js';
import {keyTable} from '../source/terminal/key-table.js';

const readme = readFileSync('readme.md', 'utf8');

test('the readme quotes --help verbatim', () => {
	assert.ok(readme.includes(`\`\`\`text\n${renderHelp()}\`\`\`\n`), `Put this into the readme's help block:\n${renderHelp()}`);
});

test('every key of the help has its row in the readme, with the same words', () => {
	for (const {chords, help} of keyTable) {
		if (!help) continue;
		const row = `| ${chords.map(chord => `\`${chord}\``).join(' ')} | ${help} |`;
		assert.ok(readme.includes(row), `The readme lacks the row: ${row}`);
	}
});

test('every exit code has its row in the readme, with the same words', () => {
	for (const [code, meaning] of exitCodeMeanings) {
		const row = `| ${code} | ${meaning} |`;
		assert.ok(readme.includes(row), `The readme lacks the row: ${row}`);
	}
});

test('every picture of the readme exists', () => {
	const pictures = [...readme.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(match => match[1] ?? '');
	assert.ok(pictures.length > 0);
	for (const picture of pictures) assert.ok(readFileSync(picture).length > 1000, `${picture} is empty`);
});
