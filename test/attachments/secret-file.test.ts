import assert from 'node:assert/strict';
import {test} from 'node:test';
import {secretByContent, secretByName} from '../../source/attachments/secret-file.js';

const home = '/home/me';
const paths: ReadonlyArray<readonly [path: string, isSecret: boolean]> = [
	['/srv/app/.env', true],
	['/srv/app/.env.local', true],
	['/srv/app/.envrc', true],
	['/srv/app/prod.env', true],
	['/srv/app/environment.ts', false],
	['/srv/app/id_ed25519', true],
	['/srv/app/id_rsa.pub', false],
	['/srv/app/server.key', true],
	['/srv/app/keyboard.ts', false],
	['/srv/app/Certificate.PEM', true],
	['/srv/app/credentials.json', true],
	['/srv/app/aws_credentials', true],
	['/srv/app/.netrc', true],
	['/srv/app/secrets.yaml', true],
	['/srv/app/secretary.md', false],
	['/home/me/.ssh/config', true],
	['/home/me/.aws/config', true],
	['/home/me/.gnupg/trustdb', true],
	['/home/me/.clawtalk/config.json', true],
	['/home/me/.openclaw/openclaw.json', true],
	['/home/me/.sshd/notes.txt', false],
	['/home/other/.ssh/config', false],
	['/home/me/notes.txt', false],
];
for (const [path, isSecret] of paths) {
	test(`${path} is ${isSecret ? '' : 'not '}taken for a secret`, () => assert.equal(secretByName(path, home) !== undefined, isSecret));
}

const contents: ReadonlyArray<readonly [text: string, isSecret: boolean]> = [
	['-----BEGIN PRIVATE KEY-----\nMIIE', true],
	['notes\n-----BEGIN OPENSSH PRIVATE KEY-----\n', true],
	['-----BEGIN PGP PRIVATE KEY BLOCK-----\n', true],
	['PuTTY-User-Key-File-3: ssh-ed25519\n', true],
	['-----BEGIN CERTIFICATE-----\nMIIE', false],
	['const key = 1;\n', false],
];
for (const [text, isSecret] of contents) {
	test(`${JSON.stringify(text)} has ${isSecret ? 'a' : 'no'} key in it`, () =>
		assert.equal(secretByContent(Buffer.from(text)) !== undefined, isSecret));
}
