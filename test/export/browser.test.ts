import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {renderConversation} from '../../source/export/export-conversation.js';
import {firstExecutable, placesInPath} from '../../source/network/find-program.js';
import {atEnd} from '../helpers/at-end.js';
import {temporaryHome} from '../transcripts/temporary-home.js';
import {hostileTexts} from './hostile-texts.js';
import {exchange, sampleId, writeConversation} from './sample.js';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const browser = firstExecutable(names.flatMap(name => placesInPath(name, process.env['PATH'])));

test('a browser shows the page, complains of nothing, asks nobody and runs nothing', {
	skip: browser === undefined && 'no browser here',
}, async t => {
	const server = createServer((request, answer) => {
		asked.push(request.url ?? '');
		answer.end();
	});
	const asked: string[] = [];
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	atEnd(t, () => server.close());
	const here = `127.0.0.1:${(server.address() as AddressInfo).port}`;
	const home = await temporaryHome(t);
	const texts = hostileTexts.filter(text => text.length < 1000).map(text => text.replaceAll('127.0.0.1:9', here));
	const records = texts.flatMap((text, index) =>
		exchange(text, text).map(record => ('schema' in record ? record : renumber(record, index))),
	);
	await writeConversation(home, {records});
	const folder = mkdtempSync(join(tmpdir(), 'clawtalk-browser-'));
	atEnd(t, () => rmSync(folder, {recursive: true, force: true, maxRetries: 10}));
	const page = join(folder, 'page.html');
	writeFileSync(page, (await renderConversation(home, sampleId, 'html')).text);
	const {dom, said} = await look(browser ?? '', page, folder);
	assert.deepEqual(asked, []);
	assert.ok(!/CONSOLE/.test(said), said);
	assert.match(dom, /<title>&lt;script&gt;fetch/);
	assert.equal(dom.match(/<section class="question">/g)?.length, texts.length);
	assert.ok(!/<(?:script|iframe|img|svg|form|input|link|base|details)\b/.test(dom));
});

function renumber<Row extends object>(record: Row, index: number): Row {
	return {...record, ...('id' in record ? {id: `q${index}`} : {questionId: `q${index}`})};
}

/** The page after the browser has loaded it, and what it said on the way. Its profile and all it writes stand in `folder`. */
function look(program: string, page: string, folder: string): Promise<{readonly dom: string; readonly said: string}> {
	return new Promise((resolve, reject) => {
		const flags = [
			'--headless=new',
			'--no-sandbox',
			'--disable-gpu',
			'--disable-dev-shm-usage',
			'--enable-logging=stderr',
			'--log-level=0',
		];
		const child = spawn(program, [...flags, `--user-data-dir=${join(folder, 'profile')}`, '--dump-dom', `file://${page}`], {
			env: {PATH: process.env['PATH'] ?? '', HOME: folder, TMPDIR: folder},
			stdio: ['ignore', 'pipe', 'pipe'],
			timeout: 90_000,
		});
		let dom = '';
		let said = '';
		child.stdout.on('data', (piece: Buffer) => {
			dom += String(piece);
		});
		child.stderr.on('data', (piece: Buffer) => {
			said += String(piece);
		});
		child.on('error', reject);
		child.on('close', () => resolve({dom, said}));
	});
}
