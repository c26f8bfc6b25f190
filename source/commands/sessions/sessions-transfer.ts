import {randomUUID} from 'node:crypto';
import {open} from 'node:fs/promises';
import {shown} from '../../config/shown.js';
import {type ExitCode, exitCodes} from '../../exit-codes.js';
import {exportConversation, renderConversation} from '../../export/export-conversation.js';
import {type ExportFormat, formatOfFile} from '../../export/export-format.js';
import type {ImportResult} from '../../export/import-conversation.js';
import {maxImportBytes} from '../../export/import-records.js';
import type {CommandContext} from '../command.js';
import {say} from '../say.js';
import {unreadableWords} from './sessions-document.js';
import {conversationOf} from './sessions-find.js';
import {homeOf, isSystemError, printDocument, SessionsRefusal, systemWords} from './sessions-guard.js';

/** Writes a conversation to stdout or into a file. */
export async function exportSession(context: CommandContext, [wanted, file, ...more]: readonly string[]): Promise<ExitCode> {
	const {flags, stdout} = context;
	if (wanted === undefined || more.length > 0) throw new SessionsRefusal('sessions export takes an ID and, if not to stdout, one FILE.');
	const home = homeOf(context);
	const isJson = flags['json'] === true;
	if (file === undefined || file === '-') {
		const format = formatFlag(context) ?? (isJson ? 'json' : 'md');
		if (isJson && format !== 'json') throw new SessionsRefusal(`--json and --format ${format} do not go together without a FILE.`);
		const {id} = await conversationOf(home, wanted);
		const {text, unreadable} = await renderConversation(home, id, format);
		stdout.write(text);
		tellUnreadable(context, unreadable);
		return exitCodes.ok;
	}
	const format = formatFlag(context) ?? formatOfFile(file) ?? 'md';
	const {id} = await conversationOf(home, wanted);
	const {bytes, unreadable} = await written(context, id, format, file);
	if (isJson) printDocument(context, {schema: 'clawtalk.sessions-export/1', id, format, path: file, bytes, unreadable});
	else say(context, `${shown(file)} is written (${format}, ${Math.ceil(bytes / 1000)} kB).`);
	tellUnreadable(context, unreadable);
	return exitCodes.ok;
}

async function written(context: CommandContext, id: string, format: ExportFormat, file: string) {
	try {
		return await exportConversation(homeOf(context), id, format, {file, replaces: context.flags['force'] === true});
	} catch (error) {
		if (!isSystemError(error)) throw error;
		if (error.code !== 'EEXIST') throw new SessionsRefusal(`${shown(file)} cannot be written (${error.code}).`, exitCodes.configuration);
		const advice = context.flags['force'] === true ? 'It is no plain file, and stays.' : '--force writes over it.';
		throw new SessionsRefusal(`${shown(file)} is there already. ${advice}`);
	}
}

function formatFlag({flags}: Pick<CommandContext, 'flags'>): ExportFormat | undefined {
	return flags['format'] as ExportFormat | undefined;
}

function tellUnreadable(context: CommandContext, unreadable: Parameters<typeof unreadableWords>[0]): void {
	const words = unreadableWords(unreadable);
	if (words !== undefined) say(context, words);
}

/** Takes conversations in from JSONL exports. One that cannot be taken in does not keep the others. */
export async function importSessions(context: CommandContext, files: readonly string[]): Promise<ExitCode> {
	if (files.length === 0) throw new SessionsRefusal('sessions import takes the FILE of a JSONL export; - is stdin.');
	const {importConversation} = await import('../../export/import-conversation.js');
	const results: object[] = [];
	let isAllIn = true;
	for (const file of files) {
		const text = await readExport(context, file);
		const result: ImportResult | undefined =
			text === undefined ? undefined : await importConversation(homeOf(context), text, {newId: randomUUID, now: Date.now});
		isAllIn &&= result !== undefined && result.kind !== 'refused';
		results.push({file, ...(result ?? {kind: 'refused', problem: 'not-readable'})});
		if (result !== undefined && context.flags['json'] !== true)
			say(context, `${file === '-' ? 'stdin' : shown(file)}: ${importWords(result)}`);
	}
	if (context.flags['json'] === true) printDocument(context, {schema: 'clawtalk.sessions-import/1', results});
	return isAllIn ? exitCodes.ok : exitCodes.usage;
}

/** The file as text; undefined, and a line on stderr, when it cannot be read or is too large. */
async function readExport(context: CommandContext, file: string): Promise<string | undefined> {
	try {
		const text = file === '-' ? await readBounded(context.stdin) : await readFileBounded(file);
		if (text === undefined) say(context, `${shown(file)} is larger than ${maxImportBytes / 1024 / 1024} MB; nothing was taken in.`);
		return text;
	} catch (error) {
		if (!isSystemError(error)) throw error;
		say(context, `${shown(file)} cannot be read: ${systemWords(error)}.`);
		return undefined;
	}
}

async function readFileBounded(path: string): Promise<string | undefined> {
	const file = await open(path, 'r');
	try {
		return await readBounded(file.createReadStream({autoClose: false}));
	} finally {
		await file.close();
	}
}

async function readBounded(stream: AsyncIterable<string | Uint8Array>): Promise<string | undefined> {
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	for await (const chunk of stream) {
		const piece = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
		bytes += piece.length;
		if (bytes > maxImportBytes) return undefined;
		chunks.push(piece);
	}
	return Buffer.concat(chunks).toString('utf8');
}

function importWords(result: ImportResult): string {
	if (result.kind === 'refused') return `${problems[result.problem]} Nothing was taken in.`;
	if (result.kind === 'present') return `is here already, as ${result.id}.`;
	const {id, insteadOf, questions, skippedLines, session} = result;
	const asked = questions === 1 ? '1 question' : `${questions} questions`;
	const instead =
		insteadOf === undefined ? '' : ` Another conversation has its id ${insteadOf}, so it has a new one and a session of its own.`;
	const named = session === undefined ? '' : ` It goes on in the session ${shown(session)} of the gateway, which may know more than this.`;
	const skipped =
		skippedLines === 0 ? '' : ` Left out: ${skippedLines === 1 ? 'one line that is' : `${skippedLines} lines that are`} no record.`;
	return `taken in, ${asked}, as ${id}.${instead}${named}${skipped} To go on with it: clawtalk --resume ${id}`;
}

const problems: Readonly<Record<Extract<ImportResult, {kind: 'refused'}>['problem'], string>> = {
	empty: 'It is empty.',
	'not-records': 'It is no JSONL export of clawtalk.',
	'no-beginning': 'The record that begins a conversation is missing.',
	'other-schema': 'It was made by a later clawtalk, in a format that this one does not know.',
};
