import assert from 'node:assert/strict';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {imageType} from '../../source/attachments/image-type.js';
import {maxImageBytes} from '../../source/attachments/limits.js';
import {attach} from '../../source/commands/ask/ask-attachments.js';
import {maxTextBytes} from '../../source/commands/ask/ask-input.js';
import {freshHome} from '../helpers/fresh-home.js';

const png = Buffer.from('89504e470d0a1a0a0000000d', 'hex');

test('files become marked blocks, images data URIs', async t => {
	const {home} = freshHome(t);
	writeFileSync(join(home, 'a "b".txt'), 'one\n');
	writeFileSync(join(home, 'p.txt'), png);
	const result = await attach('q', [join(home, 'a "b".txt')], [join(home, 'p.txt')]);
	assert.ok(result.ok);
	assert.equal(result.text, 'q\n\n<file name="a \\"b\\".txt">\none\n</file>');
	assert.deepEqual(result.images, [{name: 'p.txt', mediaType: 'image/png', dataUrl: `data:image/png;base64,${png.toString('base64')}`}]);
});

test('what cannot be sent is refused in one line', async t => {
	const {home} = freshHome(t);
	const path = (name: string, content: string | Uint8Array) => {
		writeFileSync(join(home, name), content);
		return join(home, name);
	};
	mkdirSync(join(home, 'folder'));
	const wrong: ReadonlyArray<readonly [files: string[], images: string[], message: RegExp]> = [
		[[join(home, 'none')], [], /no such file/],
		[[join(home, 'folder')], [], /a folder, not a file/],
		[[path('image', png)], [], /binary file.*--image/],
		[[path('large', Buffer.alloc(maxTextBytes + 1, 'a'))], [], /larger than 8 MiB/],
		[[], [path('text.png', 'hello')], /neither PNG, JPEG, WebP nor GIF/],
		[[], [path('large.png', Buffer.concat([png, Buffer.alloc(maxImageBytes)]))], /larger than 6 MiB/],
		[[], Array.from({length: 9}, () => path('ok.png', png)), /at most 8 times/],
	];
	for (const [files, images, message] of wrong) {
		const result = await attach('q', files, images);
		assert.ok(!result.ok, message.source);
		assert.match(result.message, message);
	}
});

test('images are known by their first bytes', () => {
	assert.equal(imageType(Buffer.from('ffd8ffe000', 'hex')), 'image/jpeg');
	assert.equal(imageType(Buffer.from('GIF89a..')), 'image/gif');
	assert.equal(imageType(Buffer.from('RIFF\n\0\0\0WEBPVP8 ')), 'image/webp');
	assert.equal(imageType(Buffer.from('<svg/>')), undefined);
});
