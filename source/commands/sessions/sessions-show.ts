import {type ExitCode, exitCodes} from '../../exit-codes.js';
import {exported} from '../../export/exported-conversation.js';
import {sanitizeLine} from '../../terminal/sanitize.js';
import {readConversation} from '../../transcripts/read-conversation.js';
import type {StoredConversation} from '../../transcripts/stored.js';
import type {CommandContext} from '../command.js';
import {say} from '../say.js';
import {moment, unreadableWords} from './sessions-document.js';
import {conversationOf} from './sessions-find.js';
import {homeOf, printDocument, SessionsRefusal} from './sessions-guard.js';
import {countFlag} from './sessions-list.js';

/** How many questions are shown unless more are asked for. */
const usualCount = 10;

/** What is known of a conversation, and its last questions and answers. */
export async function showSession(context: CommandContext, [wanted, ...more]: readonly string[]): Promise<ExitCode> {
	const {flags, stdout} = context;
	if (wanted === undefined || more.length > 0) throw new SessionsRefusal('sessions show takes one ID.');
	if (flags['all'] === true && flags['limit'] !== undefined) throw new SessionsRefusal('--limit and --all do not go together.');
	const last = flags['all'] === true ? undefined : (countFlag(context, 'limit') ?? usualCount);
	const home = homeOf(context);
	const {id} = await conversationOf(home, wanted);
	const conversation = await readConversation(home, id, last === undefined ? {} : {last});
	const document = exported(conversation);
	if (flags['json'] === true) {
		const {schema: _schema, ...fields} = document;
		printDocument(context, {schema: 'clawtalk.session/1', ...fields, earlierQuestions: conversation.earlierTurns});
		return exitCodes.ok;
	}
	const {textExport} = await import('../../export/text-export.js');
	const [title = '', , ...rest] = textExport(document).split('\n');
	stdout.write([title, ...factLines(conversation), ...earlierLines(conversation), ...rest].join('\n'));
	const left = unreadableWords(conversation.unreadable);
	if (left !== undefined) say(context, left);
	return exitCodes.ok;
}

function factLines({
	id,
	createdAt,
	updatedAt,
	asked,
	bytes,
	sessionKey,
	origin,
	profile,
	forkedFrom,
}: StoredConversation): readonly string[] {
	const rows: ReadonlyArray<readonly [name: string, value: string | undefined]> = [
		['Id', id],
		['Begun', moment(createdAt) ?? undefined],
		['Written', moment(updatedAt) ?? undefined],
		['Size', `${asked === 1 ? '1 question' : `${asked} questions`}, ${Math.ceil(bytes / 1000)} kB`],
		['Gateway', [origin, profile === undefined ? undefined : `profile ${profile}`].filter(Boolean).join(' · ') || undefined],
		['Session', sessionKey],
		['Copy of', forkedFrom],
		['Resume', `clawtalk --resume ${id}`],
	];
	return rows.flatMap(([name, value]) => (value === undefined ? [] : [`${name.padEnd(8)} ${sanitizeLine(value)}`]));
}

function earlierLines({id, earlierTurns}: StoredConversation): readonly string[] {
	if (earlierTurns === 0) return [];
	const earlier = earlierTurns === 1 ? 'One earlier question' : `${earlierTurns} earlier questions`;
	return ['', `${earlier}: clawtalk sessions show ${id} --all`];
}
