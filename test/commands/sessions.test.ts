import assert from 'node:assert/strict';
import {readdirSync, readFileSync, statSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {runCommandLine} from '../../source/commands/command-line/run-command-line.js';
import {parseAgeMs} from '../../source/commands/sessions/sessions-prune.js';
import {conversationFile} from '../../source/transcripts/location.js';
import {hostileTexts} from '../export/hostile-texts.js';
import {exchange, sampleId, sampleRecords, writeConversation} from '../export/sample.js';
import {commandWorld, type WorldOptions} from '../helpers/command-world.js';
import {freshHome} from '../helpers/fresh-home.js';

const otherId = '77777777-0000-4000-8000-000000000002';

async function worldOf(t: TestContext) {
	const {home, env} = freshHome(t);
	const directory = join(home, '.clawtalk');
	await writeConversation(directory);
	await writeConversation(directory, {id: otherId, records: exchange('Where is the sea?', 'To the west.').map(withId)});
	utimesSync(conversationFile(directory, sampleId), 1_770_000_000, 1_770_000_000);
	const run = async (line: string, options: Partial<WorldOptions> & {columns?: number} = {}) => {
		const world = commandWorld({env, ...options});
		if (options.columns !== undefined) Object.assign(world.stdout, {isTTY: true, columns: options.columns});
		const code = await runCommandLine(['sessions', ...line.split(' ').map(word => word.replaceAll('_', ' '))], world);
		return {code, out: world.stdoutText(), err: world.stderrText()};
	};
	const json = async (line: string) => JSON.parse((await run(`${line} --json`)).out) as Record<string, unknown>;
	return {home, directory, run, json};
}

function withId<Row extends object>(record: Row): Row {
	return 'schema' in record ? {...record, id: otherId, sessionKey: `clawtalk:${otherId}`} : record;
}

test('list: tabs and whole ids in a pipe, the newest first', async t => {
	const {run} = await worldOf(t);
	const {code, out, err} = await run('list');
	assert.equal(code, 0);
	assert.equal(err, '');
	const rows = out.trimEnd().split('\n');
	assert.match(rows[0] ?? '', new RegExp(`^${otherId}\t\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z\t1\tWhere is the sea\\?$`));
	assert.equal(rows[1], `${sampleId}\t2026-02-02T02:40:00.000Z\t4\tListing files`);
});

for (const columns of [40, 80, 120]) {
	test(`list: aligned lines that fit ${columns} columns`, async t => {
		const {directory, run} = await worldOf(t);
		await writeConversation(directory, {id: 'wide', records: exchange('日本語の長い題名'.repeat(20), 'x')});
		const {out} = await run('list', {columns});
		const lines = out.trimEnd().split('\n');
		assert.equal(lines.length, 3);
		for (const line of lines) {
			const cells = [...line].reduce((sum, character) => sum + (character > '\u2E80' ? 2 : 1), 0);
			assert.ok(cells < Math.max(columns, 52), `${cells}: ${line}`);
			assert.match(line, /^(?:wide {4}|3f2a9c04|77777777) {2}.*\d questions? {2}\S/);
		}
	});
}

test('list: nothing there is said, and is no failure', async t => {
	const {env} = freshHome(t);
	for (const [line, words] of [
		['list', 'There are no conversations yet.'],
		['list --trash', 'The trash is empty.'],
	] as const) {
		const world = commandWorld({env});
		assert.equal(await runCommandLine(['sessions', ...line.split(' ')], world), 0);
		assert.equal(world.stdoutText(), '');
		assert.equal(world.stderrText(), `clawtalk: ${words}\n`);
	}
});

test('list --json, --limit', async t => {
	const {json} = await worldOf(t);
	const document = await json('list --limit 1');
	assert.deepEqual([document['schema'], document['trash'], document['total']], ['clawtalk.sessions/1', false, 2]);
	const [first] = document['sessions'] as ReadonlyArray<Record<string, unknown>>;
	assert.deepEqual(Object.keys(first ?? {}), [
		...['id', 'name', 'title', 'preview', 'createdAt', 'updatedAt', 'questions', 'bytes', 'origin', 'profile', 'sessionKey', 'forkedFrom'],
		'unreadable',
	]);
	assert.deepEqual(first?.['preview'], ['Where is the sea?', 'To the west.']);
});

test('show: what is known, the last questions, and how to see the rest', async t => {
	const {run, json} = await worldOf(t);
	const {out} = await run('show 3f --limit 1');
	assert.equal(
		out.replace(/^Written .*\n/m, '').replace(/^Size .*\n/m, ''),
		`Listing files
Id       ${sampleId}
Begun    2026-03-01T10:00:00.000Z
Gateway  http://127.0.0.1:18789 · profile home
Session  clawtalk:other
Resume   clawtalk --resume ${sampleId}

3 earlier questions: clawtalk sessions show ${sampleId} --all

You · 2026-03-01 10:04 UTC
Anybody?

Agent
(No answer was kept.)
`,
	);
	assert.match((await run('show Listing_files --all')).out, /How do I list files\?/);
	const document = await json('show 3f --limit 2');
	assert.deepEqual([document['schema'], document['earlierQuestions']], ['clawtalk.session/1', 2]);
	assert.equal((document['entries'] as readonly unknown[]).length, 2);
});

test('search: context in a pipe, blocks and the way on for a terminal, one document', async t => {
	const {run, json} = await worldOf(t);
	assert.equal((await run('search SEA')).out, `${otherId}\t1\tquestion\tWhere is the sea?\n`);
	const shown = await run('search sea', {columns: 80});
	assert.equal(shown.out, `Where is the sea?  (${otherId})\n  You   1  Where is the sea?\n`);
	assert.equal(shown.err, `clawtalk: To go on with one: clawtalk --resume ${otherId}\n`);
	const {hits} = await json('search sea');
	assert.deepEqual(hits, [
		{
			...{id: otherId, title: 'Where is the sea?', where: 'question', question: 1, questionId: 'q1', at: '2026-03-01T10:00:01.000Z'},
			...{before: 'Where is the ', match: 'sea', after: '?'},
		},
	]);
	assert.deepEqual(await run('search sea --in 3f'), {code: 0, out: '', err: 'clawtalk: Nothing was found.\n'});
	assert.equal((await json('search a --limit 1'))['isCut'], true);
});

for (const columns of [40, 80]) {
	test(`search: a hit is one line of ${columns} columns, with the words in it`, async t => {
		const {directory, run} = await worldOf(t);
		const text = `${'before '.repeat(20)}zebra ${'after '.repeat(20)}`;
		await writeConversation(directory, {id: 'long', records: exchange('q', text)});
		const {out} = await run('search zebra', {columns});
		const [, line = ''] = out.split('\n');
		assert.match(line, /^ {2}Agent 1 {2}….*before zebra after.*…$/);
		assert.ok(line.length < columns, `${line.length}`);
	});
}

test('rename: a name, found again by it, and taken back', async t => {
	const {run, json} = await worldOf(t);
	assert.deepEqual(await json('rename 77 By the sea'), {schema: 'clawtalk.sessions-rename/1', id: otherId, name: 'By the sea'});
	assert.match((await run('show by_the_sea')).out, /^By the sea\n/);
	assert.equal((await run('rename by_the_sea ')).err, `clawtalk: ${otherId} has no name any more.\n`);
	assert.match((await run('show 77')).out, /^Where is the sea\?\n/);
});

test('delete and restore: into the trash and back, as it was', async t => {
	const {directory, run, json} = await worldOf(t);
	const before = readFileSync(conversationFile(directory, sampleId), 'utf8');
	const {err} = await run('delete 3f2a9c04');
	assert.equal(err, `clawtalk: In the trash: Listing files. To bring it back: clawtalk sessions restore ${sampleId}\n`);
	assert.equal((await run('show 3f2a9c04')).code, 2);
	const {sessions} = await json('list --trash');
	assert.deepEqual(
		(sessions as ReadonlyArray<Record<string, unknown>>).map(({trashId}) => trashId),
		[sampleId],
	);
	assert.deepEqual(await json('restore 3f'), {schema: 'clawtalk.sessions-restore/1', id: sampleId, trashId: sampleId});
	assert.equal(readFileSync(conversationFile(directory, sampleId), 'utf8'), before);
	assert.equal((await run('restore 3f')).code, 2);
});

test('delete: nothing when one of the names is not clear', async t => {
	const {directory, run} = await worldOf(t);
	await writeConversation(directory, {id: '3f2a9c05', records: exchange('again', 'x')});
	const {code, err} = await run('delete 77 3f2a');
	assert.equal(code, 2);
	assert.match(err, /^clawtalk: 3f2a can mean 2 conversations: .*Give more of the id\.\n$/);
	assert.equal(readdirSync(join(directory, 'conversations')).length, 3);
	// Letters of a title are enough to look, never to delete.
	assert.equal((await run('show listfil')).code, 0);
	assert.equal((await run('delete listfil')).code, 2);
});

test('export: to stdout, by the name of the file, never over another one unless told', async t => {
	const {home, run, json} = await worldOf(t);
	assert.match((await run('export 77')).out, /^# Where is the sea\?\n/);
	assert.equal(((await json('export 77'))['entries'] as readonly unknown[]).length, 1);
	assert.match((await run('export 77 - --format txt')).out, /^Where is the sea\?\n2026/);
	const file = join(home, 'sea.html');
	assert.deepEqual(await run(`export 77 ${file}`), {
		code: 0,
		out: '',
		err: `clawtalk: ${file} is written (html, ${kilobytes(file)} kB).\n`,
	});
	assert.equal(statSync(file).mode & 0o777, 0o600);
	writeFileSync(file, 'mine');
	assert.deepEqual(await run(`export 77 ${file}`), {
		code: 2,
		out: '',
		err: `clawtalk: ${file} is there already. --force writes over it.\n`,
	});
	assert.equal(readFileSync(file, 'utf8'), 'mine');
	assert.equal((await run(`export 77 ${file} --force`)).code, 0);
	assert.match(readFileSync(file, 'utf8'), /^<!doctype html>/);
	const {bytes, ...document} = await json(`export 77 ${join(home, 'x')} --format jsonl`);
	assert.equal(bytes, statSync(join(home, 'x')).size);
	assert.deepEqual([document['schema'], document['format'], document['id']], ['clawtalk.sessions-export/1', 'jsonl', otherId]);
	assert.equal((await run(`export 77 ${join(home, 'no', 'x.md')}`)).code, 78);
});

function kilobytes(file: string): number {
	return Math.ceil(statSync(file).size / 1000);
}

test('import: from a file and from stdin; what is here stays', async t => {
	const {home, run} = await worldOf(t);
	const file = join(home, 'sea.jsonl');
	await run(`export 77 ${file}`);
	assert.deepEqual(await run(`import ${file}`), {code: 0, out: '', err: `clawtalk: ${file}: is here already, as ${otherId}.\n`});
	const there = await worldOf(t);
	await there.run('delete 77');
	const {code, err} = await there.run('import -', {piped: readFileSync(file, 'utf8')});
	assert.equal(code, 0);
	assert.equal(err, `clawtalk: stdin: taken in, 1 question, as ${otherId}. To go on with it: clawtalk --resume ${otherId}\n`);
	assert.equal((await there.run('export 77 - --format jsonl')).out, readFileSync(file, 'utf8'));
});

test('import: each file is said, one that is none does not keep the others', async t => {
	const {home, run, json} = await worldOf(t);
	const good = join(home, 'good.jsonl');
	await run(`export 77 ${good}`);
	await run('delete 77');
	const bad = join(home, 'bad.jsonl');
	writeFileSync(bad, 'Dear diary');
	const {schema, results} = await json(`import ${bad} ${join(home, 'none')} ${good}`);
	assert.equal(schema, 'clawtalk.sessions-import/1');
	assert.deepEqual(
		(results as ReadonlyArray<Record<string, unknown>>).map(({kind, problem}) => problem ?? kind),
		['not-records', 'not-readable', 'imported'],
	);
	const {code, err} = await run(`import ${bad}`);
	assert.deepEqual([code, err], [2, `clawtalk: ${bad}: It is no JSONL export of clawtalk. Nothing was taken in.\n`]);
});

test('prune: asks, or takes --yes; looks with --dry-run; what it moved can be brought back', async t => {
	const {directory, run, json} = await worldOf(t);
	const kept = () => readdirSync(join(directory, 'conversations')).filter(name => name.endsWith('.jsonl')).length;
	const dry = await run('prune --older-than 30d --dry-run');
	assert.deepEqual(dry, {
		code: 0,
		out: `${sampleId}  2026-02-02  Listing files\n`,
		err: 'clawtalk: would be moved into the trash: 1 conversation.\n',
	});
	assert.equal((await run('prune --older-than 30d')).code, 2);
	const no = await run('prune --older-than 30d', {typed: [['[y/N]', 'n\n']]});
	assert.match(no.err, /Listing files\nMove 1 conversation into the trash\? \[y\/N\] .*clawtalk: Nothing was changed\.\n$/s);
	assert.equal(kept(), 2);
	const yes = await run('prune --older-than 30d', {typed: [['[y/N]', 'y\n']]});
	assert.match(yes.err, /moved into the trash: 1 conversation\. To bring one back: clawtalk sessions restore ID\n$/);
	assert.equal(kept(), 1);
	assert.equal((await run('prune --older-than 30d')).err, 'clawtalk: Nothing is that old.\n');
	assert.equal((await run('restore 3f')).code, 0);
	const {pruned, dryRun} = await json('prune --older-than 30d --yes');
	assert.equal(dryRun, false);
	assert.equal((pruned as readonly unknown[]).length, 1);
});

test('prune --trash: only what lies there long enough', async t => {
	const {run, json} = await worldOf(t);
	await run('delete 3f 77');
	assert.equal((await run('prune --trash --older-than 12h --yes')).err, 'clawtalk: Nothing is that old.\n');
	assert.equal((await json('list --trash'))['total'], 2);
});

test('ages are hours, days and weeks', () => {
	const ages = ['12h', '30d', '8w', '0d', '30', 'd', '1m', '-1d', '1.5d', '999999w', '', undefined];
	const day = 86_400_000;
	assert.deepEqual(ages.map(parseAgeMs), [day / 2, 30 * day, 56 * day, ...ages.slice(3).map(() => undefined)]);
});

for (const line of [
	...[
		'',
		'nope',
		'list more',
		'show',
		'show a b',
		'show 3f --limit 0',
		'show 3f --limit 2 --all',
		'search',
		'search  ',
		'rename 3f',
		'delete',
	],
	...['restore', 'restore a b', 'export', 'export 3f a b', 'export 3f --format pdf', 'export 3f --json --format md', 'import', 'prune'],
	...[
		'prune --older-than soon',
		'prune 3f --older-than 1d',
		'list --last 1',
		'show zzz',
		'show ../x',
		'list --limit 1.5',
		'delete --yes 3f',
	],
]) {
	test(`asked wrongly is one line and 2: ${line}`, async t => {
		const {directory, run} = await worldOf(t);
		const {code, out, err} = await run(line);
		assert.deepEqual([code, out], [2, ''], err);
		assert.match(err, /^clawtalk: [^\n]+\n$/);
		assert.equal(readdirSync(join(directory, 'conversations')).length, 2);
	});
}

test('what a conversation says reaches the terminal without control sequences, in every form', async t => {
	const {directory, run} = await worldOf(t);
	for (const [index, hostile] of hostileTexts.entries()) {
		if (hostile.length > 1000) continue;
		const records = [...exchange(`zebra ${hostile}`, hostile), {kind: 'renamed', at: '2026-03-01T10:00:03.000Z', name: hostile}];
		await writeConversation(directory, {id: `hostile-${index}`, records});
	}
	for (const line of [
		'list',
		'list --json',
		'search zebra',
		'search zebra --json',
		'delete hostile',
		'prune --older-than 1h --dry-run --json',
	]) {
		for (const columns of [undefined, 80]) {
			const {out, err} = await run(line, columns === undefined ? {} : {columns});
			assert.ok(!/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u200b]/.test(out + err), `${line}: ${JSON.stringify(out + err).slice(0, 400)}`);
		}
	}
});

test('a folder that cannot be read is one line and 78', async t => {
	const {home, env} = freshHome(t);
	writeFileSync(join(home, '.clawtalk'), 'a file in the way');
	const world = commandWorld({env});
	assert.equal(await runCommandLine(['sessions', 'list'], world), 78);
	assert.match(world.stderrText(), /^clawtalk: The disk refuses: ENOTDIR, \w+ .*conversations.*\.\n$/);
});

test('a line that was cut short is said, and stays in its file', async t => {
	const {directory, run} = await worldOf(t);
	const path = await writeConversation(directory, {records: sampleRecords, more: '{"kind":"notice'});
	const {code, err} = await run('export 3f - --format txt');
	assert.deepEqual([code, err], [0, "clawtalk: Left out: a last line that was cut short. The conversation's own file keeps it.\n"]);
	assert.ok(readFileSync(path, 'utf8').endsWith('{"kind":"notice'));
});
