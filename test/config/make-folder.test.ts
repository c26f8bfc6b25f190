import assert from 'node:assert/strict';
import {test} from 'node:test';
import {makeFolder} from '../../source/config/make-folder.js';

function systemError(code: string): Error {
	return Object.assign(new Error(code), {code});
}

test('a folder on a read-only file system cannot be made, and that is what is said', async () => {
	const tried: string[] = [];
	const make = async (path: string, {recursive}: {readonly recursive: boolean}): Promise<undefined> => {
		if (recursive) throw systemError('ENOENT');
		tried.push(path);
		throw systemError(path === '/home/me/.clawtalk' ? 'EROFS' : 'ENOENT');
	};
	await assert.rejects(makeFolder('/home/me/.clawtalk/conversations', make), {code: 'EROFS'});
	assert.deepEqual(tried, ['/home/me/.clawtalk/conversations', '/home/me/.clawtalk']);
});

test('any other reason is said as it is', async () => {
	const make = async (): Promise<undefined> => {
		throw systemError('EACCES');
	};
	await assert.rejects(makeFolder('/home/me/.clawtalk', make), {code: 'EACCES'});
});
