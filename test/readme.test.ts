import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {slashCommands} from '../source/chat/slash.js';
import {renderHelp} from '../source/commands/command-line/help.js';
import {runCommandLine} from '../source/commands/command-line/run-command-line.js';
import type {Evidence, Observation} from '../source/diagnosis/evidence.js';
import {exitCodeMeanings} from '../source/exit-codes.js';
import {keyTable} from '../source/terminal/key-table.js';
import {commandWorld} from './helpers/command-world.js';
import {freshHome} from './helpers/fresh-home.js';

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

test('every command of the chat is named in the readme', () => {
	for (const {name} of slashCommands) {
		if (name !== 'resume') assert.ok(readme.includes(`\`/${name}\``), `The readme lacks /${name}, of the chat`);
	}
});

test('every exit code has its row in the readme, with the same words', () => {
	for (const [code, meaning] of exitCodeMeanings) {
		const row = `| ${code} | ${meaning} |`;
		assert.ok(readme.includes(row), `The readme lacks the row: ${row}`);
	}
});

test("the readme's look at a connection that fails is what status prints", async t => {
	const {home, env} = freshHome(t);
	const address = '192.168.1.20';
	const failure = {code: 'ECONNREFUSED', syscall: 'connect', address, port: 18789, message: 'connection refused'};
	const attempt = (round: number): Observation => ({
		...{kind: 'tcp-attempt', layer: 'tcp', atMs: 150 * round, tookMs: 2, address, addressClass: 'private', port: 18789, round},
		...{outcome: 'failed', failure},
	});
	const evidence: Evidence = {
		schema: 'clawtalk.evidence/1',
		at: '2026-01-02T12:00:00.000Z',
		target: {origin: `http://${address}:18789`, source: 'profile home', addressClass: 'private'},
		credential: {set: true, source: 'profile home', length: 48, sent: false, withheld: 'peer-not-identified'},
		observations: [
			{kind: 'network-failure', layer: 'tcp', atMs: 1, tookMs: 4, method: 'GET', path: '/healthz', phase: 'connect', attempts: [failure]},
			...[1, 2, 3].map(attempt),
		],
	};
	const file = join(home, 'evidence.json');
	writeFileSync(file, JSON.stringify(evidence));
	const world = commandWorld({env});
	await runCommandLine(['status', '--evidence', file], world);
	assert.ok(readme.includes(`\`\`\`text\n${world.stdoutText()}\`\`\`\n`), `Put this into the readme:\n${world.stdoutText()}`);
});

test('every picture of the readme exists', () => {
	const pictures = [...readme.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(match => match[1] ?? '');
	assert.ok(pictures.length > 0);
	for (const picture of pictures) assert.ok(readFileSync(picture).length > 1000, `${picture} is empty`);
});
