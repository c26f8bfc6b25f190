import {cutLine} from '../../components/cut-line.js';
import {type ExitCode, exitCodes} from '../../exit-codes.js';
import {sanitizeLine} from '../../terminal/sanitize.js';
import {listConversations} from '../../transcripts/list-conversations.js';
import type {ConversationSummary} from '../../transcripts/stored.js';
import {listTrash, type TrashedConversation} from '../../transcripts/trash.js';
import type {CommandContext} from '../command.js';
import {say} from '../say.js';
import {momentInWords} from '../since-words.js';
import {moment, summaryDocument, titleOf} from './sessions-document.js';
import {shortIds} from './sessions-find.js';
import {homeOf, printDocument, SessionsRefusal} from './sessions-guard.js';

type Listed = ConversationSummary | TrashedConversation;

/** One line a conversation, the one that was written last first: aligned on a terminal, tab-separated with whole ids and times in a pipe. */
export async function listSessions(context: CommandContext, operands: readonly string[]): Promise<ExitCode> {
	const {stdout, flags} = context;
	if (operands.length > 0) throw new SessionsRefusal('sessions list takes no arguments. To look for words: clawtalk sessions search WORDS');
	if (flags['gatewaySessions'] === true) return (await import('./sessions-gateway.js')).listGatewaySessions(context);
	const isTrash = flags['trash'] === true;
	const all: readonly Listed[] = isTrash ? await listTrash(homeOf(context)) : await listConversations(homeOf(context));
	const listed = all.slice(0, countFlag(context, 'limit') ?? all.length);
	if (flags['json'] === true) {
		printDocument(context, {schema: 'clawtalk.sessions/1', trash: isTrash, total: all.length, sessions: listed.map(summaryDocument)});
	} else if (listed.length === 0 && all.length === 0) {
		say(context, isTrash ? 'The trash is empty.' : 'There are no conversations yet.');
	} else {
		const lines = stdout.isTTY === true ? alignedLines(listed, stdout.columns ?? 80) : listed.map(plainLine);
		stdout.write(lines.map(line => `${line}\n`).join(''));
	}
	return exitCodes.ok;
}

/** @throws {SessionsRefusal} For what is no whole number from 1. */
export function countFlag({flags}: Pick<CommandContext, 'flags'>, name: string): number | undefined {
	const value = flags[name];
	if (value === undefined || (Number.isSafeInteger(value) && Number(value) > 0)) return value as number | undefined;
	throw new SessionsRefusal(`--${name} takes a whole number from 1.`);
}

/** Id, time, number of questions, title. The first two and the last never hold a tab. */
function plainLine(listed: Listed): string {
	return [idOf(listed), moment(timeOf(listed)) ?? '', listed.asked, titleOf(listed)].join('\t');
}

function alignedLines(listed: readonly Listed[], width: number): readonly string[] {
	const ids = shortIds(listed.map(idOf));
	const now = new Date().toISOString();
	const rows = listed.map(one => [
		ids.get(idOf(one)) ?? idOf(one),
		momentInWords(moment(timeOf(one)) ?? now, now),
		one.asked === 1 ? '1 question' : `${one.asked} questions`,
	]);
	const widths = [0, 1, 2].map(column => Math.max(...rows.map(row => row[column]?.length ?? 0)));
	return rows.map((row, index) => {
		const left = row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)));
		const {profile = ''} = listed[index] ?? {};
		const title = `${titleOf(listed[index] ?? {title: ''})}${profile === '' ? '' : ` · ${sanitizeLine(profile)}`}`;
		const used = left.join('  ');
		// One cell stays free: some terminals break a line that fills the last one.
		return `${used}  ${cutLine(title, Math.max(12, width - used.length - 3))}`;
	});
}

function idOf(listed: Listed): string {
	return 'trashId' in listed ? listed.trashId : listed.id;
}

function timeOf(listed: Listed): number {
	return 'trashId' in listed ? listed.trashedAt : listed.updatedAt;
}
