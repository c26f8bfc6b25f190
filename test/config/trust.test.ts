import assert from 'node:assert/strict';
import {mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {test} from 'node:test';
import {locate} from '../../source/config/location.js';
import {openRefusals, rememberInMemory} from '../../source/config/refusals.js';
import {openTrust} from '../../source/config/trust.js';
import {Secret} from '../../source/diagnosis/redact.js';
import {freshHome} from '../helpers/fresh-home.js';

const noon = Date.parse('2026-11-20T12:00:00Z');
const fingerprint = Array.from({length: 32}, () => '0F').join(':');
const origin = 'http://192.168.1.5:18789';
const token = new Secret('sesame-0123456789');

test('a yes and a pin are remembered with their time, and forgotten one by one or together', async t => {
	const locations = locate(freshHome(t).env);
	const store = openTrust(locations, () => noon);
	assert.deepEqual((await store.read()).trust, {plainHttp: {}, pins: {}});
	await store.allowPlainHttp(origin);
	await store.pin('https://a:1234', fingerprint);
	await store.pin('https://b:1234', fingerprint);
	const at = '2026-11-20T12:00:00.000Z';
	assert.deepEqual((await store.read()).trust, {
		plainHttp: {[origin]: at},
		pins: {'https://a:1234': {fingerprint, at}, 'https://b:1234': {fingerprint, at}},
	});
	await store.reset('https://a:1234');
	assert.deepEqual(Object.keys((await store.read()).trust.pins), ['https://b:1234']);
	await store.reset();
	assert.deepEqual((await store.read()).trust, {plainHttp: {}, pins: {}});
	assert.equal(statSync(locations.trustFile).mode & 0o777, 0o600);
	assert.equal(statSync(locations.directory).mode & 0o777, 0o700);
});

test('entries that make no sense allow nothing', async t => {
	const locations = locate(freshHome(t).env);
	mkdirSync(locations.directory);
	writeFileSync(
		locations.trustFile,
		JSON.stringify({plainHttp: {[origin]: true}, pins: {'https://a': {fingerprint: 'short'}, 'https://b': 7}}),
	);
	assert.deepEqual((await openTrust(locations).read()).trust, {plainHttp: {}, pins: {}});
});

for (const content of ['', '{"plainHttp": {', '[]', 'null', '"text"']) {
	test(`a trust file that is ${JSON.stringify(content)} is kept aside before anything is written`, async t => {
		const locations = locate(freshHome(t).env);
		mkdirSync(locations.directory);
		writeFileSync(locations.trustFile, content);
		const notices = await openTrust(locations, () => noon).allowPlainHttp(origin);
		assert.match(
			notices.join('\n'),
			/^the list of trusted gateways was not readable; it is kept as \S+trust\.json\.bad-2026-11-20T12-00-00\.000Z,/,
		);
		const files = readdirSync(dirname(locations.trustFile)).sort();
		assert.deepEqual(files, ['trust.json', 'trust.json.bad-2026-11-20T12-00-00.000Z']);
		assert.equal(readFileSync(`${locations.trustFile}.bad-2026-11-20T12-00-00.000Z`, 'utf8'), content);
	});
}

test('a refusal is found by origin and token together, until its time is over', async t => {
	const locations = locate(freshHome(t).env);
	let now = noon;
	const ledger = openRefusals(locations, () => now);
	const refusal = {at: '2026-11-20T12:00:00.000Z', status: 401};
	const limited = {...refusal, status: 429, isLockout: true, until: '2026-11-20T12:05:00.000Z'};
	await ledger.record(origin, token, refusal);
	await ledger.record('http://127.0.0.1:18789', token, limited);
	assert.deepEqual(await ledger.find(origin, token), refusal);
	assert.deepEqual(await ledger.find('http://127.0.0.1:18789', token), limited);
	assert.equal(await ledger.find(origin, new Secret('another-token')), undefined);
	assert.equal(await ledger.find('http://192.168.1.6:18789', token), undefined);
	now += 5 * 60_000;
	assert.equal(await ledger.find('http://127.0.0.1:18789', token), undefined);
	assert.deepEqual(await openRefusals(locations, () => now).find(origin, token), refusal);
	const other = new Secret('another-0123456789');
	await ledger.record(origin, other, refusal);
	await ledger.clear(origin, token);
	assert.equal(await ledger.find(origin, token), undefined);
	assert.deepEqual(await ledger.find(origin, other), refusal, 'a wrong token stays refused when another one is tried again');
});

test('the file of refusals is 0600, salted, and free of the token', async t => {
	const texts = await Promise.all(
		['a', 'b'].map(async () => {
			const locations = locate(freshHome(t).env);
			await openRefusals(locations).record(origin, token, {at: '2026-11-20T12:00:00.000Z', status: 401});
			assert.equal(statSync(locations.refusalsFile).mode & 0o777, 0o600);
			return readFileSync(locations.refusalsFile, 'utf8');
		}),
	);
	const keys = texts.map(text => Object.keys(JSON.parse(text).entries));
	assert.doesNotMatch(texts.join(), /sesame/);
	assert.match(keys[0]?.[0] ?? '', /^[0-9a-f]{64}$/);
	assert.notDeepEqual(keys[0], keys[1]);
});

test('a run that writes nothing knows the refusals of others and keeps its own to itself', async t => {
	const locations = locate(freshHome(t).env);
	const refusal = {at: '2026-11-20T12:00:00.000Z', status: 401};
	const other = new Secret('another-0123456789');
	await openRefusals(locations).record(origin, token, refusal);
	const before = readFileSync(locations.refusalsFile, 'utf8');
	const ledger = rememberInMemory(openRefusals(locations));
	assert.deepEqual(await ledger.find(origin, token), refusal);
	await ledger.record(origin, other, {...refusal, status: 403});
	assert.equal((await ledger.find(origin, other))?.status, 403);
	await ledger.clear(origin, token);
	assert.deepEqual([await ledger.find(origin, token), (await ledger.find(origin, other))?.status], [undefined, 403]);
	assert.equal(readFileSync(locations.refusalsFile, 'utf8'), before);
});

test('the file of refusals does not grow without end', async t => {
	const locations = locate(freshHome(t).env);
	mkdirSync(locations.directory);
	const entry = (index: number): readonly [string, object] => [
		`old-${index}`,
		{origin, at: new Date(noon + index).toISOString(), status: 401},
	];
	const entries = Object.fromEntries(Array.from({length: 300}, (_, index) => entry(index)));
	writeFileSync(locations.refusalsFile, JSON.stringify({salt: 'f'.repeat(32), entries}));
	const ledger = openRefusals(locations, () => noon);
	await ledger.record(origin, token, {at: new Date(noon + 999).toISOString(), status: 401});
	assert.equal(Object.keys(JSON.parse(readFileSync(locations.refusalsFile, 'utf8')).entries).length, 200);
	assert.ok(await ledger.find(origin, token));
});

test('a broken file of refusals is kept aside and said; a home that cannot be written is said and stops nothing', async t => {
	const {home, env} = freshHome(t);
	const locations = locate(env);
	mkdirSync(locations.directory);
	writeFileSync(locations.refusalsFile, '{');
	const said: string[] = [];
	assert.equal(
		await openRefusals(
			locations,
			() => noon,
			line => said.push(line),
		).find(origin, token),
		undefined,
	);
	assert.match(said.join(), /kept as .*refusals\.json\.bad-/);
	const nowhere = locate({HOME: `${home}/.clawtalk/refusals.json.bad-2026-11-20T12-00-00.000Z`});
	await openRefusals(
		nowhere,
		() => noon,
		line => said.push(line),
	).record(origin, token, {at: '2026-11-20T12:00:00.000Z', status: 401});
	assert.match(said.at(-1) ?? '', /cannot be written \(ENOTDIR\)/);
});

test('a trust file that cannot be read is said, allows nothing, and is never replaced', async t => {
	const locations = locate(freshHome(t).env);
	mkdirSync(locations.trustFile, {recursive: true});
	const store = openTrust(locations, () => noon);
	const {trust, notices} = await store.read();
	assert.deepEqual([trust, notices.length], [{plainHttp: {}, pins: {}}, 1]);
	assert.match(notices[0] ?? '', /trust\.json, EISDIR/);
	await assert.rejects(store.allowPlainHttp(origin), {code: 'EISDIR'});
	assert.deepEqual(readdirSync(locations.directory), ['trust.json']);
});

test('two processes that meet the same broken file move it aside once', async t => {
	const locations = locate(freshHome(t).env);
	mkdirSync(locations.directory);
	writeFileSync(locations.trustFile, '{');
	const stores = [openTrust(locations, () => noon), openTrust(locations, () => noon + 1)];
	const notices = (await Promise.all(stores.map(store => store.allowPlainHttp(origin)))).flat();
	assert.equal(notices.length, 1);
	assert.equal(readdirSync(locations.directory).length, 2);
	assert.deepEqual(Object.keys((await openTrust(locations).read()).trust.plainHttp), [origin]);
});
