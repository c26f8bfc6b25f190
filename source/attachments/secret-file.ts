import {basename, relative, sep} from 'node:path';

/** Why a file is probably a secret, judged by where it lies and how it is named; undefined when nothing speaks for it. */
export function secretByName(path: string, home: string): string | undefined {
	const name = basename(path).toLowerCase();
	const folder = secretFolders.find(folder => isWithin(path, home, folder));
	if (folder !== undefined) return `it lies in ~/${folder}`;
	return secretNames.find(([pattern]) => pattern.test(name))?.[1];
}

const secretFolders = [
	'.ssh',
	'.aws',
	'.gnupg',
	'.clawtalk',
	'.openclaw',
	'.kube',
	'.docker',
	'.config/gh',
	'.config/gcloud',
	'.password-store',
];

const secretNames: ReadonlyArray<readonly [name: RegExp, why: string]> = [
	[/^\.env|\.env$/, 'files of this name hold passwords and keys'],
	[/^\.?(?:netrc|_netrc|pgpass|npmrc|pypirc|git-credentials|htpasswd|vault[-_]?token)$/, 'files of this name hold passwords'],
	[/^(?:id|ssh_host)_(?:rsa|dsa|ecdsa|ed25519|ecdsa_sk|ed25519_sk)[\w-]*$/, 'it is named like a private key'],
	[/\.(?:pem|key|p12|pfx|jks|keystore|ppk|kdbx|asc|gpg|pgp)$/, 'files of this kind hold keys'],
	[/credential|^secrets?(?:$|[.\-_])|service[-_]?account.*\.json$/, 'it is named like a file of credentials'],
];

function isWithin(path: string, home: string, folder: string): boolean {
	const way = relative(`${home}${sep}${folder.split('/').join(sep)}`, path);
	return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || /^(?:[a-z]:|\/)/i.test(way));
}

/** Why a content is a secret: PEM (RFC 7468), OpenSSH, PGP and PuTTY keys. */
export function secretByContent(bytes: Uint8Array): string | undefined {
	const text = Buffer.from(bytes).toString('latin1');
	return /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|^PuTTY-User-Key-File-/m.test(text) ? 'there is a private key in it' : undefined;
}
