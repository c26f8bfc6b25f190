import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {test} from 'node:test';
import {importsOf, parseImports, type SourceImport, sourceFiles} from './helpers/source-imports.js';

/** What carries out commands. */
const performing = [
	'store',
	'attachments/',
	'gateway/',
	'transcripts/',
	'diagnosis/probes/',
	'closely-watched',
	'types of chat/',
	'types of diagnosis/',
	'node:',
];

/**
 * Who may import whom, and the whole architecture. A row is a file or a room; the row of the longest matching path counts. Every file
 * may import its own room. A column names a file or a room (`diagnosis/`) that may be imported, `types of` it, a package, or `node:`
 * for Node's own modules: a row without `node:` is pure.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
	boot: ['node:'],
	'exit-codes': [],
	'closely-watched': [],
	'nearest-word': [],
	'theme-names': [],
	'transport-names': [],
	version: ['node:'],
	cli: ['boot', 'commands/', 'exit-codes'],
	'commands/': ['everything'],
	// The loop: what turns commands into work and events, and owns the clock.
	store: ['chat/'],
	// Files that travel with a question: finding, judging and reading them.
	'attachments/': ['chat/fuzzy', 'network/', 'node:'],
	perform: ['perform/', ...performing],
	'perform/': ['perform', ...performing],
	'components/': ['closely-watched', 'types of chat/', 'types of diagnosis/', 'diagnosis/', 'terminal/', 'ink', 'react', 'string-width'],
	'chat/': [
		'chat/',
		'attachments/limits',
		'types of diagnosis/',
		'types of gateway/transport',
		'types of gateway/session',
		'types of gateway/approval',
		'types of transcripts/record',
		'types of transcripts/stored',
		'closely-watched',
		'nearest-word',
		'theme-names',
	],
	'gateway/': [
		'gateway/',
		'diagnosis/evidence',
		'types of diagnosis/surroundings',
		'diagnosis/redact',
		'network/',
		'transport-names',
		'terminal/sanitize',
		'terminal/show-invisible',
		'eventsource-parser',
		'ws',
		'@openclaw/gateway-client',
		'version',
		'node:',
	],
	'network/': ['undici', 'node:'],
	'ssh-tunnel/': ['network/', 'gateway/plain-text', 'node:'],
	'config/': [
		'diagnosis/evidence',
		'diagnosis/redact',
		'network/',
		'types of gateway/',
		'conf',
		'json5',
		'node:',
		'nearest-word',
		'theme-names',
		'transport-names',
		'terminal/key-bindings',
	],
	'diagnosis/': ['diagnosis/rules/', 'exit-codes', 'types of network/'],
	// What leaves in a report for others, and what is taken from theirs.
	'diagnosis/report/': ['diagnosis/', 'exit-codes', 'terminal/sanitize'],
	'diagnosis/rules/': ['diagnosis/', 'exit-codes'],
	'diagnosis/probes/': ['diagnosis/', 'network/', 'gateway/', 'exit-codes', 'version', 'types of config/', 'ws', 'json5', 'node:'],
	// Rows of the matrix in words: examples of evidence, texts to recognise, the printed documentation.
	'diagnosis/catalogue/': ['diagnosis/', 'diagnosis/rules/', 'exit-codes', 'network/address-class'],
	// What is remembered of earlier looks: changes, the last status, the last failure.
	'history/': ['diagnosis/', 'config/', 'network/path-words', 'transcripts/append', 'node:'],
	'transcripts/': ['types of gateway/transport', 'chat/fuzzy', 'config/make-folder', 'config/regular-file', 'node:'],
	// A conversation as a file for others, and back.
	'export/': [
		'chat/model-name',
		'config/replace-file',
		'transcripts/',
		'terminal/sanitize',
		'types of gateway/transport',
		'marked',
		'node:',
	],
	'terminal/': ['nearest-word', 'theme-names', 'marked', 'string-width', 'highlight.js'],
	'demo/': ['ws', 'node:'],
};

const files = sourceFiles();

/** The row that counts for a file. */
function rowOf(file: string): string {
	const rows = Object.keys(allowed).filter(row => (row.endsWith('/') ? file.startsWith(row) : file === row));
	return rows.toSorted((a, b) => b.length - a.length)[0] ?? 'no row';
}

function isAllowed({from, to, typesOnly}: SourceImport): boolean {
	const file = from.replace(/\.tsx?$/, '');
	if (to.includes('/') && dirname(to) === dirname(file)) return true;
	return (allowed[rowOf(file)] ?? []).some(column => {
		if (column === 'everything') return true;
		const name = column.replace(/^types of /, '');
		return (name === column || typesOnly) && (/[/:]$/.test(name) ? to.startsWith(name) : to === name);
	});
}

test('rooms import only what they may', () => {
	const wrong = files.flatMap(importsOf).filter(one => !isAllowed(one));
	assert.deepEqual(
		wrong.map(({from, to, typesOnly}) => `${from} imports ${typesOnly ? 'types of ' : ''}${to}`),
		[],
	);
});

const judged: ReadonlyArray<readonly [from: string, line: string, allowed: boolean]> = [
	['chat/update.ts', "import type {Evidence} from '../diagnosis/evidence.js';", true],
	['chat/update.ts', "import {type Evidence, code} from '../diagnosis/evidence.js';", false],
	['chat/update.ts', "import {readFile} from 'node:fs/promises';", false],
	['chat/update.ts', "import {step} from './step.js';", true],
	['diagnosis/rules/tcp.ts', "import {find} from '../find.js';", true],
	['diagnosis/rules/tcp.ts', "import type {Host} from '../../network/host.js';", false],
	['demo/server.ts', "const {redact} = await import('../diagnosis/redact.js');", false],
	['demo/server.ts', "let socket: import('ws').WebSocket;", true],
	['terminal/keys.ts', "export {redact} from '../diagnosis/redact.js';", false],
	['perform.ts', "import {ticker} from './perform/ticker.js';", true],
	['perform.ts', "import {ink} from 'ink';", false],
	['ticker.ts', "import {run} from './cli.js';", false],
	['drawers/new.ts', "import {sep} from 'node:path';", false],
];
for (const [from, line, expected] of judged) {
	test(`${from} may ${expected ? '' : 'not '}${line}`, () => {
		assert.deepEqual(parseImports(from, line).map(isAllowed), [expected]);
	});
}

test('a file knows one thing: at most 250 lines', () => {
	const lines = (file: string) => readFileSync(join('source', file), 'utf8').split('\n').length - 1;
	assert.deepEqual(
		files.filter(file => lines(file) > 250),
		[],
	);
});

test('a room is named after what it knows, and files are in kebab-case', () => {
	const vague = /(?:^|\/)(?:utils?|helpers?|hooks?|contexts?|types?|misc|common|shared)(?:\/|\.tsx?$)/;
	const kebab = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*\/)*[a-z0-9]+(?:-[a-z0-9]+)*\.tsx?$/;
	assert.deepEqual(
		files.filter(file => vague.test(file) || !kebab.test(file)),
		[],
	);
});

test('only cli.ts reads the arguments of the process', () => {
	const readers = files.filter(file => /process\.argv\b/.test(readFileSync(join('source', file), 'utf8')));
	assert.deepEqual(readers, ['cli.ts']);
});
