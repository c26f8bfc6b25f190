import assert from 'node:assert/strict';
import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {importConversation} from '../../source/export/import-conversation.js';
import {loadDraft} from '../../source/transcripts/draft-file.js';
import {forkConversation} from '../../source/transcripts/fork-conversation.js';
import {conversationFile, conversationsDirectory} from '../../source/transcripts/location.js';
import {readConversation} from '../../source/transcripts/read-conversation.js';
import type {ConversationRecord} from '../../source/transcripts/record.js';
import {renameConversation} from '../../source/transcripts/rename-conversation.js';
import {turnsOf} from '../../source/transcripts/stored.js';
import {openTranscripts} from '../../source/transcripts/transcripts.js';
import {listTrash, restoreConversation, trashConversation} from '../../source/transcripts/trash.js';
import {header, linesOf, store, turn} from '../transcripts/stored-home.js';
import type {Scenario} from './scenario.js';

const content = linesOf([header('c1'), ...turn('c1', 1)]);

async function folder(home: string): Promise<readonly string[]> {
	return readdir(conversationsDirectory(home)).catch(() => []);
}

const turns: Scenario = {
	name: 'a chat of two turns',
	prepare: async () => undefined,
	async run(home, step) {
		const transcripts = openTranscripts(home);
		const records: readonly ConversationRecord[] = [header('c1'), ...turn('c1', 1), ...turn('c1', 2)];
		for (const [index, record] of records.entries()) await step(`${index}`, () => transcripts.append('c1', record));
		await step('said', () => transcripts.remember('said', 1_000));
		await step('all', () => transcripts.flush());
	},
	async check(home, saved) {
		if (saved.length === 0) return;
		const isAll = saved.includes('all');
		if (saved.includes('said') || isAll) assert.deepEqual(await openTranscripts(home).readHistory(), ['said']);
		const highest = isAll ? 4 : Math.max(-1, ...saved.map(Number).filter(Number.isFinite));
		if (highest < 0) return;
		const read = await readConversation(home, 'c1');
		const found = turnsOf(read).flatMap(({question, answer}) => [question, ...(answer === undefined ? [] : [answer.text])]);
		assert.equal(read.origin, 'http://127.0.0.1:1');
		assert.deepEqual(found.slice(0, highest), ['question 1', 'answer 1', 'question 2', 'answer 2'].slice(0, highest));
	},
};

const tornBefore: Scenario = {
	name: 'a conversation whose last line was cut short',
	prepare: async home => void (await store(home, 'c1', `${content}{"kind":"answer","te`)),
	async run(home, step) {
		const transcripts = openTranscripts(home);
		for (const [index, record] of turn('c1', 2).entries()) await step(`${index}`, () => transcripts.append('c1', record));
		await step('all', () => transcripts.flush());
	},
	async check(home, saved) {
		const file = await readFile(conversationFile(home, 'c1'), 'utf8');
		assert.ok(file.startsWith(`${content}{"kind":"answer","te`));
		const second = turnsOf(await readConversation(home, 'c1'))[1];
		if (saved.includes('0') || saved.includes('all')) assert.equal(second?.question, 'question 2');
		if (saved.includes('1') || saved.includes('all')) assert.equal(second?.answer?.text, 'answer 2');
	},
};

/** The texts of all drafts. */
async function drafts(home: string): Promise<readonly string[]> {
	const names = (await folder(home)).filter(name => name.endsWith('.draft.json'));
	return Promise.all(names.map(async name => JSON.parse(await readFile(join(conversationsDirectory(home), name), 'utf8')).text));
}

const draft: Scenario = {
	name: 'a draft that grows and is sent',
	prepare: async () => undefined,
	async run(home, step) {
		const transcripts = openTranscripts(home);
		for (const text of ['one', 'one two', '', 'three']) await step(`=${text}`, () => transcripts.saveDraft('c1', text, 1_000));
	},
	async check(home, saved) {
		const order = ['', 'one', 'one two', '', 'three'];
		const last = saved.at(-1)?.slice(1);
		const [found = '', ...others] = await drafts(home);
		assert.deepEqual(others, []);
		const possible = last === undefined ? order : order.slice(order.lastIndexOf(last));
		assert.ok(possible.includes(found), `${JSON.stringify(found)} after ${saved}`);
	},
};

/** No process has this id: Linux ends at 2^22. */
const gone = 2 ** 22 + 1;

const claim: Scenario = {
	name: 'a draft that was left behind',
	async prepare(home) {
		await mkdir(conversationsDirectory(home), {recursive: true});
		const left = {schema: 'clawtalk.draft/1', pid: gone, at: '2026-01-01T00:00:00.000Z', text: 'left'};
		await writeFile(join(conversationsDirectory(home), `old.${gone}.draft.json`), JSON.stringify(left));
	},
	async run(home, step) {
		const transcripts = openTranscripts(home);
		let text = '';
		await step('claimed', async () => {
			text = (await transcripts.claimDraft())?.text ?? '';
		});
		if (text !== '') await step('new', () => transcripts.saveDraft('new', `${text} and new`, 1_000));
	},
	async check(home, saved) {
		const found = await drafts(home);
		assert.ok(found.includes('left and new') || (found.includes('left') && !saved.includes('new')), `${found} after ${saved}`);
	},
};

const rename: Scenario = {
	name: 'a new name',
	prepare: async home => void (await store(home, 'c1', content)),
	async run(home, step) {
		for (const name of ['one', 'two']) await step(name, () => renameConversation(home, 'c1', name, 1_000));
	},
	async check(home, saved) {
		const {name, asked} = await readConversation(home, 'c1');
		assert.equal(asked, 1);
		const possible = [undefined, 'one', 'two'];
		assert.ok(possible.indexOf(name) >= possible.indexOf(saved.at(-1)), `${name} after ${saved}`);
	},
};

const trash: Scenario = {
	name: 'to the trash and back',
	canRepeat: false,
	async prepare(home) {
		await store(home, 'c1', content);
		await writeFile(
			join(conversationsDirectory(home), `c1.${gone}.draft.json`),
			'{"schema":"clawtalk.draft/1","pid":1,"at":"","text":"unsent"}',
		);
	},
	async run(home, step) {
		let trashId: string | undefined;
		await step('trashed', async () => {
			trashId = await trashConversation(home, 'c1');
		});
		if (trashId !== undefined) await step('restored', () => restoreConversation(home, trashId ?? ''));
	},
	async check(home, saved) {
		const names = await folder(home);
		const isThere = names.includes('c1.jsonl');
		const trashed = await listTrash(home);
		assert.ok(isThere || trashed.length === 1, 'the conversation is gone');
		if (saved.includes('restored')) assert.ok(isThere);
		if (!isThere) await restoreConversation(home, 'c1');
		assert.equal(await readFile(conversationFile(home, 'c1'), 'utf8'), content);
		assert.deepEqual((await loadDraft(home, 'c1'))?.text, 'unsent');
	},
};

const fork: Scenario = {
	name: 'a fork',
	canRepeat: false,
	prepare: async home => void (await store(home, 'c1', content)),
	run: async (home, step) => void (await step('forked', () => forkConversation(home, 'c1', {newId: 'c2', at: 1_000}))),
	async check(home, saved) {
		assert.equal(await readFile(conversationFile(home, 'c1'), 'utf8'), content);
		if (!saved.includes('forked') && !(await folder(home)).includes('c2.jsonl')) return;
		assert.deepEqual(
			(await readConversation(home, 'c2')).entries.map(({kind}) => kind),
			['turn', 'forked'],
		);
	},
};

const imported: Scenario = {
	name: 'an import',
	prepare: async () => undefined,
	run: async (home, step) => void (await step('imported', () => importConversation(home, content, {newId: () => 'new', now: () => 1_000}))),
	async check(home, saved) {
		const names = (await folder(home)).filter(name => name === 'c1.jsonl' || name === 'new.jsonl');
		if (saved.includes('imported')) assert.deepEqual(names, ['c1.jsonl']);
		for (const name of names) assert.equal(await readFile(join(conversationsDirectory(home), name), 'utf8'), content);
	},
};

export const transcriptScenarios: readonly Scenario[] = [turns, tornBefore, draft, claim, rename, trash, fork, imported];
