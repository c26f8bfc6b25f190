import {mkdir} from 'node:fs/promises';
import {summarise} from '../transcripts/list-conversations.js';
import {conversationFile, conversationsDirectory} from '../transcripts/location.js';
import {writeNewFile} from '../transcripts/new-file.js';
import type {ConversationStarted, SessionBegun} from '../transcripts/record.js';
import {type CheckedImport, checkImport, type ImportProblem} from './import-records.js';
import {jsonlExport, recordLine} from './jsonl-export.js';

/** What became of an import. */
export type ImportResult =
	| {
			readonly kind: 'imported';
			readonly id: string;
			/** The id in the export, when another conversation has it here. */
			readonly insteadOf?: string;
			readonly records: number;
			readonly questions: number;
			/** The session of the gateway that it goes on in, when clawtalk would not have named it so for this conversation. */
			readonly session?: string;
			/** Lines that are no records; they were left out. */
			readonly skippedLines: number;
	  }
	/** The same conversation is here already; nothing was written. */
	| {readonly kind: 'present'; readonly id: string}
	| {readonly kind: 'refused'; readonly problem: ImportProblem};

export interface ImportWorld {
	/** A fresh and unique id. */
	newId(): string;
	/** Milliseconds since the epoch. */
	now(): number;
}

/**
 * Takes a conversation in from the lines of a JSONL export. It keeps its id and its session of the gateway; when another conversation here has the id
 * it gets a new id and a session of its own, so that the two do not mix. Nothing here is overwritten.
 *
 * @throws The system's error when the conversation cannot be written.
 */
export async function importConversation(home: string, text: string, world: ImportWorld): Promise<ImportResult> {
	const checked = checkImport(text);
	if (checked.kind === 'refused') return checked;
	await mkdir(conversationsDirectory(home), {recursive: true, mode: 0o700});
	const {id} = checked.header;
	if (isUsableId(id) && (await write(home, id, checked.lines))) return {...imported(id, checked), ...(await foreignSession(home, id))};
	if (isUsableId(id) && (await isSame(home, id, checked.lines))) return {kind: 'present', id};
	const newId = world.newId();
	await writeNewFile(conversationFile(home, newId), append => append(linesText(underNewId(checked, newId, world.now()))));
	return {...imported(newId, checked), insteadOf: id};
}

/** Ids are names of files and keys of objects. With a number at the end the trash tells those of one id apart. */
function isUsableId(id: string): boolean {
	return /^[\w-]{1,128}$/.test(id) && !/--\d+$/.test(id) && !(id in {});
}

/** Whether the id was free and the file is there now. */
async function write(home: string, id: string, lines: readonly string[]): Promise<boolean> {
	try {
		await writeNewFile(conversationFile(home, id), append => append(linesText(lines)));
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

async function isSame(home: string, id: string, lines: readonly string[]): Promise<boolean> {
	const {text} = await jsonlExport(home, id);
	return text === linesText(lines.map(recordLine));
}

function underNewId({header, lines}: CheckedImport, newId: string, at: number): readonly string[] {
	const [first = '', ...others] = lines;
	const session: SessionBegun = {kind: 'session', at: new Date(at).toISOString(), sessionKey: `clawtalk:${newId}`, why: 'import'};
	return [beginningAs(newId, header, first), ...others, JSON.stringify(session)];
}

/** @param line The beginning as it came. */
function beginningAs(id: string, header: ConversationStarted, line: string): string {
	try {
		return JSON.stringify({...header, id});
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		// What is nested thousands of levels deep can be read and not be written. Of two ids in a line the last one counts.
		return `${line.slice(0, line.lastIndexOf('}'))},"id":${JSON.stringify(id)}}`;
	}
}

/**
 * A file may name any session, such as the one that the user talks in elsewhere. It is read from the new file as the chat reads it: what a line
 * says twice, or a record of another kind says of a session, counts here as it counts there.
 */
async function foreignSession(home: string, id: string): Promise<{readonly session?: string}> {
	const session = (await summarise(conversationFile(home, id), id))?.sessionKey;
	const [key = '', own] = [session?.toLowerCase(), `clawtalk:${id.toLowerCase()}`];
	return session === undefined || key === own || key.startsWith(`${own}:`) ? {} : {session};
}

function linesText(lines: readonly string[]): string {
	return lines.map(line => `${line}\n`).join('');
}

function imported(id: string, {lines, questions, skippedLines}: CheckedImport): Extract<ImportResult, {kind: 'imported'}> {
	return {kind: 'imported', id, records: lines.length, questions, skippedLines};
}
