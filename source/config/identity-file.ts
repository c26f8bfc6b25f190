import {createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign} from 'node:crypto';
import {chmod, lstat, realpath, rename, stat} from 'node:fs/promises';
import type {DeviceIdentity, DeviceKeys} from '../gateway/control-plane.js';
import {ensureDirectory} from './folder.js';
import type {Locations} from './location.js';
import {readRegularFile} from './regular-file.js';
import {replaceFile} from './replace-file.js';
import {isRecord} from './schema.js';
import {shown} from './shown.js';
import {allScopes, deviceTokenIn, newest, type StoredTokens, tokenIn, without} from './stored-tokens.js';

/** The key of this device and what gateways gave it, in `~/.clawtalk/identity.json` (0600). */
export interface IdentityFile extends DeviceKeys {
	/**
	 * What is there; undefined when there is no identity yet. Makes nothing.
	 *
	 * @throws IdentityError when the file is there and cannot be used.
	 */
	look(): Promise<KnownIdentity | undefined>;
	/** Keeps what is there aside, whatever it is, and says where; undefined when there was nothing. The next need makes a new identity. */
	reset(): Promise<KeptAside | undefined>;
}

export interface KeptAside {
	readonly path: string;
	/** It still opens gateways; otherwise it was no identity, or a link that leads to none now. */
	readonly isIdentity: boolean;
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
	readonly gateways: StoredTokens;
}

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
	const changeTokens = (change: (gateways: StoredTokens) => StoredTokens) =>
		locked(async () => {
			const found = await readStored(path);
			if (found !== undefined) await write({...found, gateways: change(found.gateways)});
		});

	return {
		identity: async () => identityOf((await readStored(path)) ?? (await makeIfMissing()), path),
		tokenFor: async origin => deviceTokenIn((await readStored(path))?.gateways ?? {}, origin),
		keepToken: async (origin, given) => {
			const scopesIn = (gateways: StoredTokens) => allScopes(deviceTokenIn(gateways, origin), given);
			const deviceToken = given.secret.reveal();
			const before = (await readStored(path))?.gateways ?? {};
			const known = tokenIn(before, origin);
			if (known?.deviceToken === deviceToken && known.scopes.join() === scopesIn(before).join()) return;
			await changeTokens(gateways => newest({...gateways, [origin]: {deviceToken, scopes: scopesIn(gateways), at: at()}}));
		},
		forgetToken: async (origin, refused) => {
			const isRefused = (gateways: StoredTokens) => tokenIn(gateways, origin)?.deviceToken === refused.reveal();
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
				} catch (error) {
					if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
					throw error;
				}
				return {path: aside, isIdentity: await isIdentity(aside)};
			}),
	};
}

async function readStored(path: string): Promise<Stored | undefined> {
	let text: string;
	try {
		text = await readRegularFile(path);
	} catch (error) {
		const {code, message} = error as NodeJS.ErrnoException;
		// A link that leads nowhere may lead somewhere again: to a disk that is not there now.
		if (code === 'ENOENT' && (await lstat(path).catch(() => undefined)) === undefined) return undefined;
		throw new IdentityError(`${shown(path)} cannot be read (${shown(code ?? message)})`);
	}
	await closeToOthers(path);
	const stored = understand(text);
	if (stored === undefined) throw notUnderstood(path);
	return stored;
}

async function isIdentity(path: string): Promise<boolean> {
	try {
		const stored = await readStored(path);
		return stored !== undefined && identityOf(stored, path) !== undefined;
	} catch (error) {
		if (error instanceof IdentityError) return false;
		throw error;
	}
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
