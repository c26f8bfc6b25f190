import assert from 'node:assert/strict';
import {appendFileSync, existsSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {test} from 'node:test';
import {locate} from '../../source/config/location.js';
import type {Evidence} from '../../source/diagnosis/evidence.js';
import {appendToConnectionLog, type LogRecord, readConnectionLog} from '../../source/history/connection-log.js';
import {openConnectionMemory} from '../../source/history/connection-memory.js';
import {statusIn} from '../../source/history/last-status-format.js';
import {summarise} from '../../source/history/summary.js';
import {ended, evidenceOf, failure, gateway} from '../diagnosis/evidence-of.js';
import {freshHome} from '../helpers/fresh-home.js';

const start = Date.parse('2026-11-20T12:00:00.000Z');
const origin = 'http://127.0.0.1:18789';
const well: Evidence = evidenceOf([gateway, {kind: 'gateway-facts', layer: 'identity', atMs: 1, version: '2026.9.4'}]);
const newer: Evidence = evidenceOf([gateway, {kind: 'gateway-facts', layer: 'identity', atMs: 1, version: '2026.9.6'}]);
const refused = evidenceOf([failure('ECONNREFUSED')]);
const cut = evidenceOf([gateway, ended('closed-early', {textLength: 5, silentMs: 60_000})]);

function memoryAt(t: Parameters<typeof freshHome>[0]) {
	const home = freshHome(t);
	const locations = locate(home.env);
	let now = start;
	const notices: string[] = [];
	const memory = openConnectionMemory(
		locations,
		() => now,
		line => notices.push(line),
	);
	return {home, locations, memory, notices, wait: (ms: number) => (now += ms)};
}

test('a line for each change, none for the same again; files are the user’s alone', async t => {
	const {locations, memory, wait, notices} = memoryAt(t);
	for (const evidence of [well, well, refused, refused, newer, newer]) {
		await memory.remember({evidence, by: 'status', latencyMs: 3.4});
		wait(60_000);
	}
	const {records, torn} = await readConnectionLog(locations);
	assert.deepEqual(
		records.map(({state, id, version, lastGoodAt}) => [state, id, version, lastGoodAt]),
		[
			['up', undefined, '2026.9.4', undefined],
			['down', 'N01', undefined, '2026-11-20T12:01:00.000Z'],
			['up', undefined, '2026.9.6', undefined],
		],
	);
	assert.equal(torn, 0);
	for (const file of [locations.connectionLogFile, locations.lastStatusFile, locations.lastFailureFile]) {
		assert.equal(statSync(file).mode & 0o777, 0o600);
	}
	assert.deepEqual(JSON.parse(readFileSync(locations.lastFailureFile, 'utf8')), refused);
	assert.deepEqual(notices, []);
});

test('every cut answer is a line, with its silence; evidence that shows nothing is not kept', async t => {
	const {locations, memory} = memoryAt(t);
	await memory.remember({evidence: cut, by: 'chat', profile: 'home'});
	await memory.remember({evidence: cut, by: 'chat', profile: 'home'});
	await memory.remember({evidence: evidenceOf([]), by: 'chat', profile: 'home'});
	const {records} = await readConnectionLog(locations);
	assert.deepEqual(
		records.map(({by, profile, silentMs}) => [by, profile, silentMs]),
		[
			['chat', 'home', 60_000],
			['chat', 'home', 60_000],
		],
	);
});

test('the last known good is of this gateway, with its version, also after failures', async t => {
	const {memory, wait} = memoryAt(t);
	assert.equal(await memory.lastKnownGood(origin), undefined);
	await memory.remember({evidence: well, by: 'status'});
	wait(60_000);
	await memory.remember({evidence: refused, by: 'ask'});
	assert.deepEqual(await memory.lastKnownGood(origin), {
		...{kind: 'last-known-good', layer: 'config', atMs: 0, lastGoodAt: '2026-11-20T12:00:00.000Z', version: '2026.9.4'},
	});
	assert.equal(await memory.lastKnownGood('http://127.0.0.1:1'), undefined);
});

test('a gateway that a flag named does not become the one of the prompt', async t => {
	const {locations, memory} = memoryAt(t);
	await memory.remember({evidence: well, by: 'status'});
	await memory.remember({evidence: evidenceOf([failure('ECONNREFUSED')], {source: '--gateway'}), by: 'status'});
	const kept: unknown = JSON.parse(readFileSync(locations.lastStatusFile, 'utf8'));
	assert.deepEqual([statusIn(kept)?.profile, statusIn(kept)?.ok, statusIn(kept, origin)?.id], ['default', true, 'N01']);
});

test('what cannot be kept is told and stops nothing', async t => {
	const {home, locations, memory, notices} = memoryAt(t);
	home.writeConfig({});
	writeFileSync(locations.lastStatusFile, 'not JSON');
	await memory.remember({evidence: well, by: 'status'});
	assert.match(notices.join(), /last status of the gateways was not readable; it is kept as/);
});

const line = (atMs: number, more: Partial<LogRecord> = {}): LogRecord => ({
	...{at: new Date(start + atMs).toISOString(), origin, state: 'down', by: 'chat', path: 'loopback', id: 'S04'},
	...more,
});

test('torn lines are counted and stay; a full log becomes the old one and nothing unread is lost', async t => {
	const {home, locations} = memoryAt(t);
	home.writeConfig({});
	const path = locations.connectionLogFile;
	writeFileSync(`${path}.old`, '{"torn in the old');
	writeFileSync(path, `${JSON.stringify(line(0))}\n{"at":"2026-11`);
	await appendToConnectionLog(locations, line(1));
	const read = await readConnectionLog(locations);
	assert.deepEqual([read.records.length, read.torn], [2, 2]);
	appendFileSync(path, `${'x'.repeat(512 * 1024)}\n`);
	await Promise.all([1, 2, 3, 4].map(count => appendToConnectionLog(locations, line(count))));
	assert.equal(readFileSync(`${path}.torn`, 'utf8'), '{"torn in the old\n');
	assert.ok(readFileSync(`${path}.old`, 'utf8').includes('{"at":"2026-11\n'));
	assert.equal((await readConnectionLog(locations)).records.length, 6);
	assert.ok(!existsSync(`${path}.lock`));
});

test('many writers at once: no line is lost or mixed', async t => {
	const {locations} = memoryAt(t);
	await Promise.all(Array.from({length: 40}, (_, index) => appendToConnectionLog(locations, line(index))));
	const {records, torn} = await readConnectionLog(locations);
	assert.deepEqual([new Set(records.map(({at}) => at)).size, torn], [40, 0]);
});

test('the summary: drops by diagnosis, regular silence, versions, last good', () => {
	const day = 86_400_000;
	const records = [
		line(-8 * day, {id: 'N01'}),
		line(0, {state: 'up', id: undefined, version: '2026.9.4'} as unknown as Partial<LogRecord>),
		...[60_000, 60_400, 59_800, 60_000, 61_000].map((silentMs, index) => line(1000 + index, {silentMs})),
		line(5000, {state: 'up', version: '2026.9.6'}),
		line(9000, {id: 'N01', lastGoodAt: '2026-11-20T12:00:05.000Z'}),
	];
	const [summary] = summarise(records, start - day);
	assert.deepEqual(
		summary?.drops.map(({id, count, silentMs, regular}) => [id, count, silentMs, regular]),
		[
			['S04', 5, 60_000, true],
			['N01', 1, undefined, undefined],
		],
	);
	assert.deepEqual(summary?.otherFailures, []);
	assert.deepEqual(
		[summary?.state, summary?.lastGoodAt, summary?.versions.map(({version}) => version)],
		['down', '2026-11-20T12:00:05.000Z', ['2026.9.4', '2026.9.6']],
	);
});

test('a drop is a connection that stood and was lost; one outage is one, whatever it is called by and by', () => {
	const up = line(0, {state: 'up', id: undefined} as unknown as Partial<LogRecord>);
	const failures = (...ids: readonly string[]) => ids.map((id, index) => line(1_000 * (index + 1), {id}));
	const counted = (...records: readonly LogRecord[]) => {
		const [summary] = summarise(records, start - 1);
		return [summary?.drops, summary?.otherFailures].map(found => found?.map(({id, count}) => `${count} ${id}`));
	};
	assert.deepEqual(counted(up, ...failures('A02', 'A27', 'H31', 'H11', 'S10', 'E01')), [
		[],
		['1 A02', '1 A27', '1 H31', '1 H11', '1 S10', '1 E01'],
	]);
	assert.deepEqual(counted(up, ...failures('N22', 'N01', 'H23')), [['1 N22'], ['1 N01', '1 H23']]);
	assert.deepEqual(counted(up, ...failures('A02', 'W12')), [['1 W12'], ['1 A02']]);
	assert.deepEqual(counted(...failures('N01')), [[], ['1 N01']]);
});
