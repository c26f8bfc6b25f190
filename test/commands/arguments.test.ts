import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseArguments} from '../../source/commands/command-line/arguments.js';
import {parseQuickly} from '../../source/commands/command-line/quick-arguments.js';
import type {FlagTable} from '../../source/commands/command-line/scan-arguments.js';

const table: FlagTable = {
	gateway: {type: 'string', help: '', value: 'URL'},
	token: {type: 'string', help: '', value: 'T', valueOptional: true},
	file: {type: 'string', help: '', value: 'F', multiple: true},
	timeout: {type: 'number', help: '', value: 'S'},
	output: {type: 'string', help: '', choices: ['text', 'json', 'stream-json']},
	json: {type: 'boolean', help: '', short: 'j'},
	noStream: {type: 'boolean', help: ''},
	session: {type: 'string', help: ''},
};

const good: ReadonlyArray<[argv: string[], input: string[], flags: object]> = [
	[[], [], {}],
	[['hello', '--json'], ['hello'], {json: true}],
	[['--json', 'hello', 'world'], ['hello', 'world'], {json: true}],
	[['-j', '--gateway', 'http://h:1'], [], {json: true, gateway: 'http://h:1'}],
	[['--gateway=http://h:1', 'x'], ['x'], {gateway: 'http://h:1'}],
	[['--file', 'a', 'q', '--file=b'], ['q'], {file: ['a', 'b']}],
	[['--token'], [], {token: ''}],
	[['--token', '--json'], [], {token: '', json: true}],
	[['--token', '-'], [], {token: '-'}],
	[['--token', 'abc', 'q'], ['q'], {token: 'abc'}],
	[['--token', 'what is this'], ['what is this'], {token: ''}],
	[['--timeout', '1.5'], [], {timeout: 1.5}],
	[['--no-stream'], [], {noStream: true}],
	[['--session', '-1'], [], {session: '-1'}],
	[['--session=--json'], [], {session: '--json'}],
	[['--session', '"quoted"'], [], {session: '"quoted"'}],
	[['--session', '""twice""'], [], {session: '""twice""'}],
	[['--session', "'"], [], {session: "'"}],
	[['--session', 'two\nlines=x'], [], {session: 'two\nlines=x'}],
	[['--session', '--- rules'], [], {session: '--- rules'}],
	[['-'], ['-'], {}],
	[['-1', '007'], ['-1', '007'], {}],
	[['--', '--json', '--', 'a.b=c'], ['--json', '--', 'a.b=c'], {}],
	[['--json', '--', '--help'], ['--help'], {json: true}],
];

const bad: ReadonlyArray<[argv: string[], message: RegExp]> = [
	[['--jsn'], /^Unknown flag --jsn\. The nearest one is --json\.$/],
	[['--gatway=http://secret'], /^Unknown flag --gatway\. The nearest one is --gateway\.$/],
	[['--wat'], /^Unknown flag --wat\.$/],
	[['-x'], /^Unknown flag -x\.$/],
	[['--w\u001B]0;t\u0007'], /^Unknown flag --w\?\]0;t\?\.$/],
	[['--gateway'], /^--gateway needs a value: --gateway URL\.$/],
	[['--gateway='], /^--gateway needs a value/],
	[['--gateway', ''], /^--gateway needs a value/],
	[['--session', '--json'], /^--session needs a value: --session VALUE \(a value that starts with a dash is written --session=VALUE\)\.$/],
	[['--timeout', 'abc'], /^--timeout takes a number, not "abc"\.$/],
	[['--timeout', '1e400'], /^--timeout takes a number/],
	[['--timeout=5', '--timeout=6'], /^--timeout can be given only once\.$/],
	[['--output', 'jsn'], /^--output is one of text, json, stream-json, not "jsn"; nearest: json\.$/],
	[['--json=yes'], /^--json takes no value\.$/],
	[['--no-json'], /^Unknown flag --no-json\./],
	[['--__proto__=x'], /^Unknown flag --__proto__/],
];

test('flags are read wherever they stand', () => {
	for (const [argv, input, flags] of good) {
		const parsed = parseArguments(argv, table);
		assert.ok(parsed.ok, `${JSON.stringify(argv)}: ${parsed.ok ? '' : parsed.message}`);
		const given = Object.fromEntries(
			Object.entries(parsed.flags).filter(([name, value]) => name !== 'file' || (value as string[]).length > 0),
		);
		assert.deepEqual({input: parsed.input, flags: given}, {input, flags}, JSON.stringify(argv));
	}
});

test('without the parser package they are read alike', () => {
	for (const [argv, input, flags] of good) {
		assert.deepEqual(parseQuickly(argv, table), {ok: true, input, flags}, JSON.stringify(argv));
	}
	for (const [argv] of bad) assert.deepEqual(parseQuickly(argv, table), parseArguments(argv, table), JSON.stringify(argv));
});

test('each mistake is one line', () => {
	for (const [argv, message] of bad) {
		const parsed = parseArguments(argv, table);
		assert.ok(!parsed.ok, JSON.stringify(argv));
		assert.match(parsed.message, message);
		assert.doesNotMatch(parsed.message, /\n/);
	}
});
