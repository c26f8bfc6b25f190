import assert from 'node:assert/strict';
import {readdir, readFile, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {test} from 'node:test';
import {renderConversation} from '../../source/export/export-conversation.js';
import {importConversation} from '../../source/export/import-conversation.js';
import {conversationFile, conversationsDirectory} from '../../source/transcripts/location.js';
import {temporaryHome} from '../transcripts/temporary-home.js';
import {hostileTexts} from './hostile-texts.js';
import {exchange, laterRecord, sampleId, sampleRecords, writeConversation} from './sample.js';

const world = {newId: () => 'fresh-id', now: () => Date.parse('2026-04-01T00:00:00.000Z')};

for (const [what, records] of [
	['everything there is', [...sampleRecords, laterRecord]],
	['hostile texts', hostileTexts.flatMap((text, index) => (index === 0 ? exchange(text, text) : exchange(text, text).slice(1)))],
] as const) {
	test(`exported, imported elsewhere and exported again it is the same: ${what}`, async context => {
		const [here, there] = [await temporaryHome(context), await temporaryHome(context)];
		await writeConversation(here, {records});
		const {text} = await renderConversation(here, sampleId, 'jsonl');
		const result = await importConversation(there, text, world);
		assert.deepEqual(result.kind === 'imported' && [result.id, result.skippedLines], [sampleId, 0]);
		for (const format of ['jsonl', 'json', 'txt'] as const) {
			assert.equal((await renderConversation(there, sampleId, format)).text, (await renderConversation(here, sampleId, format)).text);
		}
		assert.equal((await stat(conversationFile(there, sampleId))).mode & 0o777, 0o600);
		assert.equal((await stat(conversationsDirectory(there))).mode & 0o777, 0o700);
	});
}

test('the same conversation twice is there once', async context => {
	const home = await temporaryHome(context);
	await writeConversation(home);
	const {text} = await renderConversation(home, sampleId, 'jsonl');
	assert.deepEqual(await importConversation(home, text, world), {kind: 'present', id: sampleId});
	assert.deepEqual(await readdir(conversationsDirectory(home)), [`${sampleId}.jsonl`]);
});

test('another conversation of the same id stays as it is; the import gets an id and a session of its own', async context => {
	const [here, there] = [await temporaryHome(context), await temporaryHome(context)];
	await writeConversation(here);
	const path = await writeConversation(there, {records: exchange('other', 'talk')});
	const before = await readFile(path, 'utf8');
	const {text} = await renderConversation(here, sampleId, 'jsonl');
	const result = await importConversation(there, text, world);
	assert.deepEqual(result, {
		kind: 'imported',
		id: 'fresh-id',
		insteadOf: sampleId,
		records: sampleRecords.length,
		questions: 4,
		skippedLines: 0,
	});
	assert.equal(await readFile(path, 'utf8'), before);
	const document = JSON.parse((await renderConversation(there, 'fresh-id', 'json')).text) as Record<string, unknown>;
	assert.equal(document['sessionKey'], 'clawtalk:fresh-id');
	assert.equal(document['title'], 'Listing files');
});

test('an id that is no file name is not used as one', async context => {
	const home = await temporaryHome(context);
	const [beginning, ...rest] = exchange('q', 'a');
	const text = [{...beginning, id: '../../escaped'}, ...rest].map(record => JSON.stringify(record)).join('\r\n');
	const result = await importConversation(home, text, world);
	assert.equal(result.kind === 'imported' && result.id, 'fresh-id');
	assert.deepEqual(await readdir(join(home, '..')), ['.clawtalk']);
	assert.deepEqual(await readdir(conversationsDirectory(home)), ['fresh-id.jsonl']);
});

for (const id of ['__proto__', 'constructor', 'talk--2', '-'.repeat(129), 'a\nb']) {
	test(`an export with the id ${JSON.stringify(id).slice(0, 20)} gets one of its own`, async context => {
		const home = await temporaryHome(context);
		const text = exchange('q', 'a')
			.map((record, index) => JSON.stringify(index === 0 ? {...record, id} : record))
			.join('\n');
		const result = await importConversation(home, text, world);
		assert.equal(result.kind === 'imported' && result.id, 'fresh-id');
	});
}

test('a session that clawtalk would not have named for this conversation is told', async context => {
	const at = '2026-03-01T10:00:00.000Z';
	const session = (sessionKey: unknown) => JSON.stringify({kind: 'session', at, sessionKey, why: 'chosen'});
	const own = `clawtalk:${sampleId}`;
	const approval = JSON.stringify({kind: 'approval', at, approvalId: 'a', command: 'ls', outcome: 'deny', sessionKey: own});
	const twice = `{"kind":"notice","at":"${at}","text":"x","kind":"session","sessionKey":"${own}"}`;
	for (const [lines, told] of [
		[[session(own)], undefined],
		[[session(`${own}:2`)], undefined],
		[[session('clawtalk:x')], 'clawtalk:x'],
		[[session('agent:main:main')], 'agent:main:main'],
		[[session('agent:main:main'), approval], 'agent:main:main'],
		[[session('agent:main:main'), twice], 'agent:main:main'],
		[[session('agent:main:main'), session(7)], 'agent:main:main'],
	] as const) {
		const home = await temporaryHome(context);
		const text = [...exchange('q', 'a').map(record => JSON.stringify(record)), ...lines].join('\n');
		const result = await importConversation(home, text, world);
		assert.equal(result.kind === 'imported' && result.session, told, lines.join());
	}
});

test('a record that is nested more deeply than anybody can write is one like others', async context => {
	const home = await temporaryHome(context);
	const nested = `{"kind":"later",\t"list":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
	const text = [...exchange('q', 'a').map(record => JSON.stringify(record)), nested].join('\n');
	assert.equal((await importConversation(home, text, world)).kind, 'imported');
	assert.equal((await importConversation(home, text, world)).kind, 'present');
});

test('lines that are no records, or have no time, are left out and counted', async context => {
	const home = await temporaryHome(context);
	const good = exchange('q', 'a').map(record => JSON.stringify(record));
	const bad = ['not json', '[]', 'null', '{"kind":7}', '{"kind":"notice","at":"yesterday","text":"x"}'];
	const result = await importConversation(home, [good[0], ...bad, '', ...good.slice(1)].join('\n'), world);
	assert.deepEqual(result.kind === 'imported' && [result.records, result.questions, result.skippedLines], [3, 1, 5]);
	assert.equal(await readFile(conversationFile(home, sampleId), 'utf8'), good.map(line => `${line}\n`).join(''));
});

const [beginning] = sampleRecords;
for (const [what, text, problem] of [
	['nothing', ' \n\n', 'empty'],
	['prose', 'Dear diary', 'not-records'],
	['an export of another format', '{"schema":"clawtalk.export/1"}', 'not-records'],
	['records without their beginning', JSON.stringify(sampleRecords[1]), 'no-beginning'],
	['a beginning without an id', '{"kind":"conversation","at":"2026-01-01T00:00:00Z"}', 'no-beginning'],
	['a later format', JSON.stringify({...beginning, schema: 'clawtalk.conversation/2'}), 'other-schema'],
] as const) {
	test(`${what} is refused, and nothing is written`, async context => {
		const home = await temporaryHome(context);
		assert.deepEqual(await importConversation(home, text, world), {kind: 'refused', problem});
		await assert.rejects(stat(home), {code: 'ENOENT'});
	});
}

test('a beginning that is nested more deeply than anybody can write gets another id, and keeps all that it says', async context => {
	const home = await temporaryHome(context);
	const [beginning, ...rest] = exchange('q', 'a').map(record => JSON.stringify(record));
	const nested = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
	const text = [`${beginning?.slice(0, -1)},"later":${nested}}`, ...rest].join('\n');
	await writeConversation(home, {records: exchange('other', 'talk')});
	const result = await importConversation(home, text, world);
	assert.deepEqual(result.kind === 'imported' && [result.id, result.questions], ['fresh-id', 1]);
	const [line = ''] = (await readFile(conversationFile(home, 'fresh-id'), 'utf8')).split('\n');
	assert.equal((JSON.parse(line) as {id: string}).id, 'fresh-id');
	assert.ok(line.includes(nested));
});
