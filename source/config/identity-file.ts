import {createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign} from 'node:crypto';
import {chmod, lstat, readFile, realpath, rename, stat} from 'node:fs/promises';
import {Secret} from '../diagnosis/redact.js';
import type {DeviceIdentity, DeviceKeys, DeviceToken} from '../gateway/control-plane.js';
import {ensureDirectory} from './folder.js';
import type {Locations} from './location.js';
import {replaceFile} from './replace-file.js';
import {isRecord} from './schema.js';
import {shown} from './shown.js';

/** The key of this device and what gateways gave it, in `~/.clawtalk/identity.json` (0600). */
export interface IdentityFile extends DeviceKeys {
	/**
	 * What is there; undefined when there is no identity yet. Makes nothing.
	 *
	 * @throws IdentityError when the file is there and cannot be used.
	 */
	look(): Promise<KnownIdentity | undefined>;
	/** Keeps the file aside, whatever is in it, and says where; undefined when there was none. The next need makes a new identity. */
	reset(): Promise<string | undefined>;
}

export interface KnownIdentity {
	readonly identity: DeviceIdentity;
	/** ISO 8601. */
	readonly createdAt: string;
	/** The origins of the gateways that gave this device a token, with its scopes and the time (ISO 8601). */
	readonly gateways: Readonly<Record<string, {readonly scopes: readonly string[]; readonly at: string}>>;
}

/** One line for the user: why the identity cannot be used and what to do. */
export class IdentityError extends Error {
	override readonly name = 'IdentityError';
}

interface Stored {
	readonly schema: 'clawtalk.identity/1';
	readonly createdAt: string;
	/** PKCS #8, PEM. */
	readonly privateKey: string;
	/** What is not understood stays: a later clawtalk may have written it. */
	readonly gateways: Readonly<Record<string, unknown>>;
}

interface StoredToken {
	readonly deviceToken: string;
	readonly scopes: readonly string[];
	readonly at: string;
}

const mostGateways = 200;

/**
 * The identity that all clawtalk processes of this user share. It is made on first need, under a lock, so that two processes that start at once
 * agree; a file that cannot be read or understood is never overwritten: gateways know the device by it.
 */
export function openIdentityFile(locations: Locations, now: () => number = Date.now): IdentityFile {
	const path = locations.identityFile;
	const at = () => new Date(now()).toISOString();

	async function locked<T>(work: () => Promise<T>): Promise<T> {
		try {
			await ensureDirectory(locations);
			const {withLock} = await import('./file-lock.js');
			return await withLock(path, work);
		} catch (error) {
			if (error instanceof IdentityError) throw error;
			const {code, message} = error as NodeJS.ErrnoException;
			throw new IdentityError(`${shown(path)} cannot be written (${shown(code ?? message)})`);
		}
	}
	/** A link stays a link. */
	const write = async (value: Stored) => replaceFile(await realpath(path).catch(() => path), `${JSON.stringify(value, undefined, '\t')}\n`);
	const makeIfMissing = () =>
		locked(async () => {
			const found = await readStored(path);
			if (found !== undefined) return found;
			const {privateKey} = generateKeyPairSync('ed25519');
			const pem = privateKey.export({type: 'pkcs8', format: 'pem'}).toString();
			const made: Stored = {schema: 'clawtalk.identity/1', createdAt: at(), privateKey: pem, gateways: {}};
			await write(made);
			return made;
		});
	/** Tokens belong to the key that is there: without one there is nothing to change. */
	const changeTokens = (change: (gateways: Stored['gateways']) => Stored['gateways']) =>
		locked(async () => {
			const found = await readStored(path);
			if (found !== undefined) await write({...found, gateways: change(found.gateways)});
		});

	return {
		identity: async () => identityOf((await readStored(path)) ?? (await makeIfMissing()), path),
		tokenFor: async origin => deviceTokenIn((await readStored(path))?.gateways ?? {}, origin),
		keepToken: async (origin, given) => {
			const scopesIn = (gateways: Stored['gateways']) => allScopes(deviceTokenIn(gateways, origin), given);
			const deviceToken = given.secret.reveal();
			const before = (await readStored(path))?.gateways ?? {};
			const known = tokenIn(before, origin);
			if (known?.deviceToken === deviceToken && known.scopes.join() === scopesIn(before).join()) return;
			await changeTokens(gateways => newest({...gateways, [origin]: {deviceToken, scopes: scopesIn(gateways), at: at()}}));
		},
		forgetToken: async (origin, refused) => {
			const isRefused = (gateways: Stored['gateways']) => tokenIn(gateways, origin)?.deviceToken === refused.reveal();
			if (!isRefused((await readStored(path))?.gateways ?? {})) return;
			await changeTokens(gateways => (isRefused(gateways) ? without(gateways, origin) : gateways));
		},
		async look() {
			const found = await readStored(path);
			if (found === undefined) return undefined;
			const gateways = Object.keys(found.gateways).flatMap(origin => {
				const token = tokenIn(found.gateways, origin);
				return token === undefined ? [] : [[origin, {scopes: token.scopes, at: token.at}]];
			});
			return {identity: identityOf(found, path), createdAt: found.createdAt, gateways: Object.fromEntries(gateways)};
		},
		reset: () =>
			locked(async () => {
				const aside = `${path}.old-${at().replaceAll(':', '-')}`;
				try {
					await rename(path, aside);
					await closeToOthers(aside);
					return aside;
				} catch (error) {
					if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
					throw error;
				}
			}),
	};
}

async function readStored(path: string): Promise<Stored | undefined> {
	let text: string;
	try {
		text = await readFile(path, 'utf8');
	} catch (error) {
		const {code, message} = error as NodeJS.ErrnoException;
		// A link that leads nowhere may lead somewhere again: to a disk that is not there now.
		if (code === 'ENOENT' && (await lstat(path).catch(() => undefined)) === undefined) return undefined;
		throw new IdentityError(`${shown(path)} cannot be read (${shown(code ?? message)})`);
	}
	const stored = understand(text);
	if (stored === undefined) throw notUnderstood(path);
	await closeToOthers(path);
	return stored;
}

function notUnderstood(path: string): IdentityError {
	return new IdentityError(
		`${shown(path)} is not a device identity; gateways know this device by it, so it is left as it is. To begin a new one: clawtalk identity reset`,
	);
}

/** A key that others can read is not theirs to use. */
async function closeToOthers(path: string): Promise<void> {
	if (process.platform === 'win32') return;
	// What a link led to may be gone.
	const found = await stat(path).catch(() => undefined);
	if (found && found.mode & 0o077 && found.uid === process.getuid?.()) await chmod(path, 0o600).catch(() => undefined);
}

function understand(text: string): Stored | undefined {
	let value: unknown;
	try {
		value = JSON.parse(text.replace(/^\ufeff/, ''));
	} catch {
		// Not JSON: no identity, and the caller says so.
		return undefined;
	}
	if (!isRecord(value)) return undefined;
	const {schema, createdAt, privateKey, gateways} = value;
	if (schema !== 'clawtalk.identity/1' || typeof privateKey !== 'string') return undefined;
	const given = typeof createdAt === 'string' ? createdAt : '';
	return {...value, schema, createdAt: given, privateKey, gateways: isRecord(gateways) ? gateways : {}};
}

/** What the gateway at an origin gave this device. */
function tokenIn(gateways: Stored['gateways'], origin: string): StoredToken | undefined {
	const entry = Object.hasOwn(gateways, origin) ? gateways[origin] : undefined;
	if (!isRecord(entry)) return undefined;
	const {deviceToken, scopes, at} = entry;
	if (typeof deviceToken !== 'string' || deviceToken === '' || !Array.isArray(scopes)) return undefined;
	return {deviceToken, scopes: scopes.filter(scope => typeof scope === 'string'), at: typeof at === 'string' ? at : ''};
}

function deviceTokenIn(gateways: Stored['gateways'], origin: string): DeviceToken | undefined {
	const found = tokenIn(gateways, origin);
	return found && {secret: new Secret(found.deviceToken), scopes: found.scopes};
}

/**
 * What a token is good for. One that comes again is still good for what it was given for: with it a gateway names the scopes of that
 * connection (2026.9.6), and not every connection asks for all.
 */
export function allScopes(known: DeviceToken | undefined, {secret, scopes}: DeviceToken): readonly string[] {
	return known?.secret.reveal() === secret.reveal() ? [...new Set([...known.scopes, ...scopes])] : scopes;
}

function identityOf({privateKey}: Stored, path: string): DeviceIdentity {
	let key: KeyObject;
	try {
		key = createPrivateKey(privateKey);
	} catch {
		// What OpenSSL says of a broken key helps nobody.
		throw notUnderstood(path);
	}
	if (key.asymmetricKeyType !== 'ed25519') throw notUnderstood(path);
	return identityFrom(key);
}

/** The raw key is the end of its DER form (RFC 8410 §4). */
export function identityFrom(privateKey: KeyObject): DeviceIdentity {
	const raw = createPublicKey(privateKey).export({type: 'spki', format: 'der'}).subarray(-32);
	return {
		id: createHash('sha256').update(raw).digest('hex'),
		publicKey: raw.toString('base64url'),
		sign: text => sign(null, Buffer.from(text), privateKey).toString('base64url'),
	};
}

function without(gateways: Stored['gateways'], origin: string): Stored['gateways'] {
	const {[origin]: _forgotten, ...others} = gateways;
	return others;
}

/** The tokens that were given last, and everything that is none. */
function newest(gateways: Stored['gateways']): Stored['gateways'] {
	const dated = Object.keys(gateways).flatMap(origin => {
		const token = tokenIn(gateways, origin);
		return token === undefined ? [] : [{origin, at: token.at}];
	});
	const tooOld = new Set(
		dated
			.toSorted((a, b) => b.at.localeCompare(a.at))
			.slice(mostGateways)
			.map(({origin}) => origin),
	);
	return Object.fromEntries(Object.entries(gateways).filter(([origin]) => !tooOld.has(origin)));
}
