import assert from 'node:assert/strict';
import {appendFile, readFile} from 'node:fs/promises';
import {test} from 'node:test';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {listConversations} from '../../source/transcripts/list-conversations.js';
import {readConversation} from '../../source/transcripts/read-conversation.js';
import {turnsOf} from '../../source/transcripts/stored.js';
import {at, header, linesOf, longConversation, store, turn} from './stored-home.js';
import {temporaryHome} from './temporary-home.js';

const nothingLost = {tornBytes: 0, brokenLines: 0, unknownRecords: 0};

test('a conversation comes back as it was', async context => {
	const home = await temporaryHome(context);
	const notice = {kind: 'notice', at: at(4), text: 'said aside'};
	const path = await store(home, 'c1', linesOf([header('c1'), ...turn('c1', 1), notice, ...turn('c1', 2)]));
	const read = await readConversation(home, 'c1');
	assert.deepEqual(
		read.entries.map(entry => (entry.kind === 'turn' ? [entry.question, entry.answer?.text, entry.answer?.ended] : entry.kind)),
		[['question 1', 'answer 1', 'complete'], 'notice', ['question 2', 'answer 2', 'complete']],
	);
	const {sessionKey, origin, asked, earlierTurns, createdAt, agent, model, title, bytes, unreadable} = read;
	assert.deepEqual(
		{sessionKey, origin, asked, earlierTurns, createdAt, agent, model, title, bytes, unreadable},
		{
			sessionKey: 'clawtalk:c1',
			origin: 'http://127.0.0.1:1',
			asked: 2,
			earlierTurns: 0,
			createdAt: Date.parse(at(0)),
			agent: 'main',
			model: 'm1',
			title: 'question 1',
			bytes: (await readFile(path)).length,
			unreadable: nothingLost,
		},
	);
});

test('answers without an end are what their parts come to, and no answer is none', async context => {
	const home = await temporaryHome(context);
	const part = (from: number, text: string) => ({kind: 'answer-part', questionId: 'c1-1', at: at(1), from, text});
	const [one] = turn('c1', 1);
	const [two] = turn('c1', 2);
	await store(home, 'c1', linesOf([header('c1'), one, part(0, 'first half, '), part(6, 'part'), two]));
	assert.deepEqual(
		turnsOf(await readConversation(home, 'c1')).map(({answer}) => answer && [answer.text, answer.ended]),
		[['first part', undefined], undefined],
	);
});

test('what two processes wrote in turns is paired by the id of the question, in the order of the file', async context => {
	const home = await temporaryHome(context);
	const [questionA, answerA] = turn('a', 1, 'from a', 'to a');
	const [questionB, answerB] = turn('b', 1, 'from b', 'to b');
	await store(home, 'c1', linesOf([header('c1'), questionA, questionB, answerB, answerA]));
	assert.deepEqual(
		turnsOf(await readConversation(home, 'c1')).map(({question, answer}) => [question, answer?.text]),
		[
			['from a', 'to a'],
			['from b', 'to b'],
		],
	);
});

test('a record that was written twice counts once', async context => {
	const home = await temporaryHome(context);
	await store(home, 'c1', linesOf([header('c1'), turn('c1', 1)[0], ...turn('c1', 1), turn('c1', 1)[1]]));
	assert.equal((await readConversation(home, 'c1')).entries.length, 1);
});

test('the name and the session of now are known, though they were set long before the part that is read', async context => {
	const home = await temporaryHome(context);
	const changes = [
		{kind: 'renamed', at: at(1), name: 'before'},
		{kind: 'session', at: at(1), sessionKey: 'clawtalk:c1:2', why: 'retry'},
		{kind: 'renamed', at: at(1), name: 'Kitchen'},
	];
	const turns = Array.from({length: 300}, (_, index) => turn('c1', index + 1));
	await store(home, 'c1', linesOf([header('c1'), ...changes, ...turns.flat()]));
	const {name, title, sessionKey, asked, earlierTurns, entries} = await readConversation(home, 'c1', {last: 2});
	assert.deepEqual(
		{name, title, sessionKey, asked, earlierTurns},
		{name: 'Kitchen', title: 'Kitchen', sessionKey: 'clawtalk:c1:2', asked: 300, earlierTurns: 298},
	);
	assert.deepEqual(
		entries.map(entry => entry.kind === 'turn' && [entry.question, entry.answer?.text]),
		[
			['question 299', 'answer 299'],
			['question 300', 'answer 300'],
		],
	);
	assert.equal((await readConversation(home, 'c1', {last: 0})).entries.length, 0);
	assert.equal((await readConversation(home, 'c1', {last: 1000})).earlierTurns, 0);
});

const damaged: ReadonlyArray<readonly [name: string, damage: string, found: Partial<typeof nothingLost>]> = [
	['a torn last line', '{"kind":"question","id":"c1-3","at":"2026', {tornBytes: 41}],
	['zeros, as a lost power leaves them', `${'\0'.repeat(4096)}\n`, {brokenLines: 1}],
	['zeros at the end', '\0'.repeat(100), {tornBytes: 100}],
	['a line that was cut and ended', '{"kind":"answer","questionId":"c1-\n', {brokenLines: 1}],
	['a kind of a later clawtalk', '{"kind":"picture","at":"2027-01-01T00:00:00.000Z"}\n', {unknownRecords: 1}],
	['a record that lacks what it cannot do without', '{"kind":"question","id":7}\n', {unknownRecords: 1}],
	['another program’s lines', 'hello\n[1]\nnull\n{"a":1}\n', {brokenLines: 4}],
	['empty lines, and the ends of Windows', '\n\r\n  \n', {}],
	['bytes that are no UTF-8', '\x80\xff\n', {brokenLines: 1}],
];

for (const [name, damage, found] of damaged) {
	test(`${name}: skipped, counted, and left as it is`, async context => {
		const home = await temporaryHome(context);
		const whole = linesOf([header('c1'), ...turn('c1', 1), ...turn('c1', 2)]);
		const content = Buffer.concat([Buffer.from(whole), Buffer.from(damage, 'latin1')]);
		const path = await store(home, 'c1', content);
		const read = await readConversation(home, 'c1');
		assert.deepEqual([turnsOf(read).length, read.unreadable], [2, {...nothingLost, ...found}]);
		const [listed] = await listConversations(home);
		// A list does not parse what begins and ends like a record.
		if (!damage.startsWith('{"kind":"question","id":7')) assert.deepEqual([listed?.unreadable, listed?.asked], [read.unreadable, 2]);
		assert.deepEqual(await readFile(path), content);
		if (damage.endsWith('\n')) {
			await appendFile(path, linesOf(turn('c1', 3)));
			assert.equal(turnsOf(await readConversation(home, 'c1', {last: 1}))[0]?.question, 'question 3');
		}
	});
}

test('a last record that lacks only its line feed is whole', async context => {
	const home = await temporaryHome(context);
	await store(home, 'c1', linesOf([header('c1'), ...turn('c1', 1)]).trimEnd());
	const read = await readConversation(home, 'c1', {last: 1});
	assert.deepEqual([turnsOf(read)[0]?.answer?.text, read.unreadable], ['answer 1', nothingLost]);
});

test('without its first line it is still a conversation', async context => {
	const home = await temporaryHome(context);
	await store(home, 'c1', `{"schema":"clawta\n${linesOf(turn('c1', 1))}`);
	const {sessionKey, origin, asked} = await readConversation(home, 'c1');
	assert.deepEqual({sessionKey, origin, asked}, {sessionKey: 'clawtalk:c1', origin: undefined, asked: 1});
});

test('optional fields of a wrong type are as good as absent', async context => {
	const home = await temporaryHome(context);
	const question = {kind: 'question', id: 'q', at: 'never', text: 'x', agent: 7, attachments: [null, {name: 'a.png'}, 3]};
	const answer = {kind: 'answer', questionId: 'q', at: at(1), text: 'y', ended: 'complete', usage: {promptTokens: 'many'}, totalMs: 'long'};
	await store(home, 'c1', linesOf([header('c1'), question, answer]));
	assert.deepEqual((await readConversation(home, 'c1')).entries, [
		{
			kind: 'turn',
			questionId: 'q',
			askedAt: 0,
			question: 'x',
			attachments: ['a.png'],
			answer: {text: 'y', ended: 'complete', endedAt: Date.parse(at(1))},
		},
	]);
});

test('a line longer than what is read at once is whole', async context => {
	const home = await temporaryHome(context);
	const answer = 'ä'.repeat(3_000_001);
	await store(home, 'c1', linesOf([header('c1'), ...turn('c1', 1, 'q', answer), ...turn('c1', 2)]));
	const [first, second] = turnsOf(await readConversation(home, 'c1'));
	assert.equal(first?.answer?.text === answer, true);
	assert.equal(second?.question, 'question 2');
});

test('there is none: the system says so', async context => {
	const home = await temporaryHome(context);
	await assert.rejects(readConversation(home, 'c1'), {code: 'ENOENT'});
	await assert.rejects(readConversation(home, '../c1'), RangeError);
});

/** Bytes that are not garbage. */
function memoryInUse(): number {
	setFlagsFromString('--expose-gc');
	runInNewContext('gc')();
	const {heapUsed, arrayBuffers} = process.memoryUsage();
	return heapUsed + arrayBuffers;
}

test('the last screenful of ten thousand messages needs little memory', async context => {
	const home = await temporaryHome(context);
	await store(home, 'c1', longConversation('c1', 5_000));
	const before = memoryInUse();
	const {entries, asked, bytes} = await readConversation(home, 'c1', {last: 20});
	const grown = memoryInUse() - before;
	assert.deepEqual([entries.length, asked], [20, 5_000]);
	assert.ok(grown < bytes / 8, `${grown} bytes of ${bytes}`);
});
