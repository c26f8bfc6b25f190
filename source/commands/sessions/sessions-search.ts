import {cutLine} from '../../components/cut-line.js';
import {type ExitCode, exitCodes} from '../../exit-codes.js';
import {cellWidth} from '../../terminal/cell-width.js';
import {sanitizeLine} from '../../terminal/sanitize.js';
import {type SearchHit, searchConversations} from '../../transcripts/search-conversations.js';
import type {CommandContext} from '../command.js';
import {say} from '../say.js';
import {moment, titleOf} from './sessions-document.js';
import {conversationOf} from './sessions-find.js';
import {homeOf, printDocument, SessionsRefusal} from './sessions-guard.js';
import {countFlag} from './sessions-list.js';

const usualLimit = 100;

/** Questions, answers and notices that hold all words, with what stands around them. */
export async function searchSessions(context: CommandContext, words: readonly string[]): Promise<ExitCode> {
	const {flags, signal, stdout} = context;
	const query = words.join(' ').trim();
	if (query === '') throw new SessionsRefusal('sessions search takes the words to look for.');
	const limit = countFlag(context, 'limit') ?? usualLimit;
	const home = homeOf(context);
	const only = typeof flags['in'] === 'string' ? {id: (await conversationOf(home, flags['in'])).id} : {};
	const isJson = flags['json'] === true;
	const hits: SearchHit[] = [];
	let isCut = false;
	// One more than is printed, to know whether there are more.
	for await (const hit of searchConversations(home, query, {...only, limit: limit + 1, signal})) {
		isCut = hits.length === limit;
		if (isCut) break;
		if (!isJson) stdout.write(stdout.isTTY === true ? hitBlock(hit, hits.at(-1), stdout.columns ?? 80) : `${plainLine(hit)}\n`);
		hits.push(hit);
	}
	if (isJson) printDocument(context, {schema: 'clawtalk.sessions-search/1', query, isCut, hits: hits.map(hitDocument)});
	else tellEnd(context, hits, isCut);
	return exitCodes.ok;
}

function tellEnd(context: CommandContext, hits: readonly SearchHit[], isCut: boolean): void {
	if (hits.length === 0) say(context, 'Nothing was found.');
	if (isCut) say(context, `There are more. --limit ${hits.length * 10} shows up to ${hits.length * 10}.`);
	const [first] = hits;
	if (first !== undefined && context.stdout.isTTY === true) say(context, `To go on with one: clawtalk --resume ${first.conversationId}`);
}

function hitDocument({conversationId, title, where, questionId, turn, at, before, match, after}: SearchHit): object {
	return {id: conversationId, title, where, question: turn, questionId: questionId ?? null, at: moment(at), before, match, after};
}

/** Id, number of the question, who said it, and the words with what stands around them. */
function plainLine({conversationId, turn, where, ...hit}: SearchHit): string {
	return [conversationId, turn, where, contextOf(hit)].join('\t');
}

/** On a terminal the conversation is named once, above its hits. */
function hitBlock(hit: SearchHit, previous: SearchHit | undefined, width: number): string {
	const isSame = previous?.conversationId === hit.conversationId;
	const head = isSame ? '' : `${previous === undefined ? '' : '\n'}${titleOf(hit)}  (${hit.conversationId})\n`;
	const speaker = `  ${speakers[hit.where]} ${hit.turn}  `;
	return `${head}${speaker}${contextIn(hit, Math.max(20, width - speaker.length - 1))}\n`;
}

const speakers = {question: 'You  ', answer: 'Agent', notice: 'Note '} as const;

/** At most this many cells, with the words that were found among them. */
function contextIn(hit: SearchHit, cells: number): string {
	const whole = contextOf(hit);
	if (cellWidth(whole) <= cells) return whole;
	const before = Array.from(sanitizeLine(hit.before));
	const most = Math.floor(cells / 3);
	const isCut = before.length > most;
	return cutLine(
		contextOf({...hit, before: `${isCut ? '…' : ''}${before.slice(-most).join('')}${/\s$/.test(hit.before) ? ' ' : ''}`}),
		cells,
	);
}

function contextOf({before, match, after}: Pick<SearchHit, 'before' | 'match' | 'after'>): string {
	return sanitizeLine(`${before}${match}${after}`);
}
