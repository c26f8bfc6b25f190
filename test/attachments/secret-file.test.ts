import assert from 'node:assert/strict';
import {test} from 'node:test';
import {secretByContent, secretByName} from '../../source/attachments/secret-file.js';

const home = '/home/me';
const paths: ReadonlyArray<readonly [path: string, isSecret: boolean]> = [
	['/work/.env', true],
	['/work/.env.local', true],
	['/work/.envrc', true],
	['/work/prod.env', true],
	['/work/environment.ts', false],
	['/work/id_ed25519', true],
	['/work/id_rsa.pub', false],
	['/work/server.key', true],
	['/work/keyboard.ts', false],
	['/work/Certificate.PEM', true],
	['/work/credentials.json', true],
	['/work/aws_credentials', true],
	['/work/.netrc', true],
	['/work/secrets.yaml', true],
	['/work/secretary.md', false],
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
