import assert from 'node:assert/strict';
import {createHash, createPublicKey, verify} from 'node:crypto';
import {
	chmodSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {test} from 'node:test';
import {deviceKeys} from '../../source/config/device-keys.js';
import {openIdentityFile} from '../../source/config/identity-file.js';
import {locate} from '../../source/config/location.js';
import {rememberDeviceInMemory} from '../../source/config/remembered-device.js';
import {Secret} from '../../source/diagnosis/redact.js';
import {freshHome} from '../helpers/fresh-home.js';

const noon = Date.parse('2026-11-20T12:00:00Z');
const origin = 'http://127.0.0.1:18789';
const given = {secret: new Secret('device-token-0123456789'), scopes: ['operator.read']};

test('a key is made on first need, 0600, and signs what its public half verifies', async t => {
	const locations = locate(freshHome(t).env);
	const file = openIdentityFile(locations, () => noon);
	assert.equal(await file.look(), undefined);
	assert.equal(await file.tokenFor(origin), undefined);
	await file.forgetToken(origin, given.secret);
	const {id, publicKey, sign} = await file.identity();
	const raw = Buffer.from(publicKey, 'base64url');
	assert.equal(id, createHash('sha256').update(raw).digest('hex'));
	const key = createPublicKey({key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]), format: 'der', type: 'spki'});
	assert.ok(verify(null, Buffer.from('v3|text'), key, Buffer.from(sign('v3|text'), 'base64url')));
	assert.equal((await openIdentityFile(locations).identity()).id, id);
	assert.equal(statSync(locations.identityFile).mode & 0o777, 0o600);
	assert.deepEqual(readdirSync(locations.directory), ['identity.json']);
});

test('processes that need a key at once agree on one', async t => {
	const locations = locate(freshHome(t).env);
	const all = await Promise.all(Array.from({length: 8}, () => openIdentityFile(locations).identity()));
	assert.equal(new Set(all.map(({id}) => id)).size, 1);
});

test('tokens of gateways are kept by origin and forgotten; no look shows them', async t => {
	const locations = locate(freshHome(t).env);
	const file = openIdentityFile(locations, () => noon);
	const {id} = await file.identity();
	await file.keepToken(origin, given);
	await file.keepToken('https://other.example', {secret: new Secret('other-token-0123456789'), scopes: []});
	assert.equal((await file.tokenFor(origin))?.secret.reveal(), 'device-token-0123456789');
	assert.equal(await file.tokenFor('https://nobody.example'), undefined);
	assert.equal(await file.tokenFor('constructor'), undefined);
	const before = statSync(locations.identityFile);
	await file.keepToken(origin, given);
	assert.equal(statSync(locations.identityFile).ino, before.ino, 'the same token is not written again');
	const known = await file.look();
	assert.equal(known?.identity.id, id);
	assert.deepEqual(known?.gateways[origin], {scopes: ['operator.read'], at: '2026-11-20T12:00:00.000Z'});
	assert.equal(/token-0123/.test(JSON.stringify(known)), false);
	await file.forgetToken(origin, new Secret('an-earlier-token-012345'));
	assert.equal((await file.tokenFor(origin))?.secret.reveal(), 'device-token-0123456789', 'another process was given a new one meanwhile');
	await file.forgetToken(origin, given.secret);
	assert.equal(await file.tokenFor(origin), undefined);
	assert.equal((await file.identity()).id, id);
});

for (const isWritten of [true, false]) {
	test(`a connection that asks for less takes nothing from the token ${isWritten ? 'in the file' : 'in memory'}`, async t => {
		const keys = deviceKeys(locate(freshHome(t).env), isWritten);
		await keys.identity();
		const scopesOf = async () => (await keys.tokenFor(origin))?.scopes;
		await keys.keepToken(origin, {...given, scopes: ['operator.read', 'operator.write', 'operator.approvals']});
		await keys.keepToken(origin, {...given, scopes: ['operator.read', 'operator.write']});
		assert.deepEqual(await scopesOf(), ['operator.read', 'operator.write', 'operator.approvals']);
		await keys.keepToken(origin, {secret: new Secret('a-new-device-token-0123'), scopes: ['operator.read']});
		assert.deepEqual(await scopesOf(), ['operator.read'], 'another token is good for what came with it');
	});
}

test('what a later clawtalk writes into the file stays in it', async t => {
	const locations = locate(freshHome(t).env);
	const file = openIdentityFile(locations, () => noon);
	await file.identity();
	const written = JSON.parse(readFileSync(locations.identityFile, 'utf8')) as object;
	const strange = {'wss://new.example': {deviceTokens: [1, 2]}, 'wss://newer.example': 'sealed'};
	writeFileSync(locations.identityFile, JSON.stringify({...written, label: 'desk', gateways: strange}));
	await file.keepToken(origin, given);
	await file.forgetToken(origin, given.secret);
	const now = JSON.parse(readFileSync(locations.identityFile, 'utf8')) as object;
	assert.deepEqual(now, {...written, label: 'desk', gateways: strange});
	assert.deepEqual((await file.look())?.gateways, {});
});

for (const content of [
	'',
	'hello',
	'[]',
	'{}',
	'{"schema":"clawtalk.identity/1","privateKey":"no key"}',
	'{"schema":"clawtalk.identity/2"}',
]) {
	test(`a file that is ${JSON.stringify(content)} is left as it is, and said`, async t => {
		const locations = locate(freshHome(t).env);
		mkdirSync(locations.directory);
		writeFileSync(locations.identityFile, content);
		const file = openIdentityFile(locations, () => noon);
		await assert.rejects(file.identity(), /identity\.json is not a device identity.*clawtalk identity reset$/);
		await assert.rejects(file.look(), {name: 'IdentityError'});
		assert.equal(readFileSync(locations.identityFile, 'utf8'), content);
		const aside = await file.reset();
		const path = `${locations.identityFile}.old-2026-11-20T12-00-00.000Z`;
		assert.deepEqual(aside, {path, isIdentity: false});
		assert.equal(readFileSync(path, 'utf8'), content);
		assert.equal(statSync(path).mode & 0o077, 0);
		assert.equal(await file.reset(), undefined);
		await file.identity();
	});
}

test('what cannot be read or written is said with its cause', async t => {
	const locations = locate(freshHome(t).env);
	mkdirSync(`${locations.identityFile}`, {recursive: true});
	await assert.rejects(openIdentityFile(locations).identity(), /cannot be read \(EISDIR\)/);
	const elsewhere = locate(freshHome(t).env);
	writeFileSync(elsewhere.directory, 'a file where the folder belongs');
	await assert.rejects(openIdentityFile(elsewhere).identity(), /cannot be (read|written) \(\w+\)/);
});

test('a key that others could read is closed to them', async t => {
	const locations = locate(freshHome(t).env);
	await openIdentityFile(locations).identity();
	chmodSync(locations.identityFile, 0o644);
	await openIdentityFile(locations).identity();
	assert.equal(statSync(locations.identityFile).mode & 0o777, 0o600);
});

test('what is being kept is waited for, also when it cannot be kept', async t => {
	const locations = locate(freshHome(t).env);
	const keys = deviceKeys(locations);
	await keys.identity();
	void keys.keepToken(origin, given);
	await keys.settled?.();
	assert.equal((await openIdentityFile(locations).tokenFor(origin))?.secret.reveal(), given.secret.reveal());
	writeFileSync(locations.identityFile, 'broken');
	const failed = assert.rejects(keys.keepToken(origin, given));
	await keys.settled?.();
	await failed;
});

test('a link stays a link; one that leads nowhere is no reason to begin anew', async t => {
	const locations = locate(freshHome(t).env);
	const elsewhere = `${locations.directory}-elsewhere.json`;
	mkdirSync(locations.directory);
	symlinkSync(elsewhere, locations.identityFile);
	await assert.rejects(openIdentityFile(locations).identity(), /cannot be read \(ENOENT\)/);
	const aside = await openIdentityFile(locations).reset();
	assert.equal(aside?.isIdentity, false);
	assert.equal(readlinkSync(aside?.path ?? ''), elsewhere, 'it is kept aside as the link that it is');
	const {id} = await openIdentityFile(locations).identity();
	renameSync(locations.identityFile, elsewhere);
	symlinkSync(elsewhere, locations.identityFile);
	await openIdentityFile(locations).keepToken(origin, given);
	assert.equal(readlinkSync(locations.identityFile), elsewhere);
	assert.match(readFileSync(elsewhere, 'utf8'), /device-token-0123456789/);
	assert.equal((await openIdentityFile(locations).identity()).id, id);
	assert.equal(statSync(elsewhere).mode & 0o777, 0o600);
	rmSync(elsewhere);
});

test('a run that writes nothing keeps its key and tokens to itself, and uses what is there', async t => {
	const {env, home} = freshHome(t);
	const locations = locate(env);
	const first = deviceKeys(locations, false);
	const made = await first.identity();
	assert.equal((await first.identity()).id, made.id);
	await first.keepToken(origin, given);
	assert.equal((await first.tokenFor(origin))?.secret, given.secret);
	await first.forgetToken(origin, new Secret('an-earlier-token-012345'));
	assert.equal((await first.tokenFor(origin))?.secret, given.secret);
	await first.forgetToken(origin, given.secret);
	assert.equal(await first.tokenFor(origin), undefined);
	assert.deepEqual(readdirSync(home), []);
	const file = openIdentityFile(locations);
	const kept = await file.identity();
	await file.keepToken(origin, given);
	const second = rememberDeviceInMemory(file);
	assert.equal((await second.identity()).id, kept.id);
	assert.equal((await second.tokenFor(origin))?.secret.reveal(), given.secret.reveal());
});
