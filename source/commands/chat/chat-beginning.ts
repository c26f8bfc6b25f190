import {statSync} from 'node:fs';
import {belongsTo} from '../../chat/conversation/conversation.js';
import type {OpenedConversation} from '../../chat/conversation/open-conversation.js';
import {openConversation} from '../../chat/conversation/open-conversation.js';
import {openOverlay} from '../../chat/overlay/overlay.js';
import {type PickerItem, pickerOf} from '../../chat/overlay/picker.js';
import type {Place, State} from '../../chat/state.js';
import {notice} from '../../chat/step.js';
import {type ExitCode, exitCodes} from '../../exit-codes.js';
import {sanitizeLine} from '../../terminal/sanitize.js';
import {findConversation, isConversation} from '../../transcripts/find-conversation.js';
import {conversationIds, listConversations} from '../../transcripts/list-conversations.js';
import {conversationFile, conversationsDirectory} from '../../transcripts/location.js';
import {parseRecord} from '../../transcripts/parse-record.js';
import type {ConversationStarted} from '../../transcripts/record.js';
import {type OpenFile, openForReading, readPlace} from '../../transcripts/scan-file.js';
import type {CommandContext} from '../command.js';
import type {ChatOpening} from './chat-session.js';
import {conversationItem} from './conversation-item.js';
import {openStored} from './conversation-work.js';

/** Reads back what the flags ask for; mistakes and failures are said on stderr. */
export async function beginning(context: CommandContext, opening: ChatOpening): Promise<Begun> {
	const {flags, stdout, stderr} = context;
	const refuse = (problem: string, exitCode: ExitCode): Begun => {
		stderr.write(`clawtalk: ${sanitizeLine(problem)}\n`);
		return {ok: false, exitCode};
	};
	const {home, place} = opening;
	if (flags['continue'] && flags['resume'] !== undefined)
		return refuse('--continue and --resume say different things; give one.', exitCodes.usage);
	if (home === undefined) return refuse('--ephemeral keeps nothing on disk: it does not go with --continue and --resume.', exitCodes.usage);
	if (flags['session'] !== undefined)
		return refuse('a conversation has its own session: --session does not go with --continue and --resume.', exitCodes.usage);
	const {columns = 80, rows = 24} = stdout as Partial<NodeJS.WriteStream>;
	const which = flags['resume'];
	const wanted: Wanted = flags['continue'] ? {kind: 'newest'} : which === '' ? {kind: 'chosen'} : {kind: 'named', which: String(which)};
	try {
		const read = await readBeginning(home, wanted, place, {columns, rows}, Date.now());
		if (read.kind === 'refused') return refuse(`${read.problem} clawtalk --resume lists them.`, exitCodes.usage);
		return {ok: true, begin: state => beginWith(state, read, namedByFlags(flags))};
	} catch (error) {
		return refuse(`the conversations cannot be read: ${(error as Error).message}`, exitCodes.configuration);
	}
}

type Begun = {readonly ok: true; readonly begin: (state: State) => State} | {readonly ok: false; readonly exitCode: ExitCode};

function namedByFlags({agent, model}: CommandContext['flags']): Pick<State, 'agent' | 'model'> {
	return {...(typeof agent === 'string' && {agent}), ...(typeof model === 'string' && {model})};
}

/** Which conversation a chat is to begin with. */
type Wanted = {readonly kind: 'newest'} | {readonly kind: 'chosen'} | {readonly kind: 'named'; readonly which: string};

/** The conversation that was wanted, a list to choose from, or why neither. */
type Beginning =
	| {readonly kind: 'opened'; readonly opened: OpenedConversation}
	| {readonly kind: 'choice'; readonly title: string; readonly items: readonly PickerItem[]}
	| {readonly kind: 'new'; readonly said: string}
	/** One line for stderr. */
	| {readonly kind: 'refused'; readonly problem: string};

/** Reads back what was wanted, before the first paint. Rejects with the system's error. */
async function readBeginning(
	home: string,
	wanted: Wanted,
	place: Pick<Place, 'origin' | 'profile'>,
	room: OpenedConversation['room'],
	now: number,
): Promise<Beginning> {
	if (wanted.kind === 'named') {
		const id = wanted.which.trim();
		if (isConversation(home, id)) return {kind: 'opened', opened: await openStored(home, id, room)};
		const found = await findConversation(home, id);
		if (found.kind === 'one') return {kind: 'opened', opened: await openStored(home, found.conversation.id, room)};
		if (found.kind === 'none') return {kind: 'refused', problem: `there is no conversation ${JSON.stringify(wanted.which)}.`};
		const items = found.conversations.map(one => conversationItem(one, now));
		return {kind: 'choice', title: 'Several match', items};
	}
	if (wanted.kind === 'chosen') {
		const all = await listConversations(home);
		if (all.length === 0) return {kind: 'new', said: 'There are no conversations on disk yet: this is a new one.'};
		return {kind: 'choice', title: 'Conversations', items: all.map(one => conversationItem(one, now))};
	}
	const newest = await newestOf(home, place);
	if (newest === undefined) return {kind: 'new', said: 'There is no conversation with this gateway yet: this is a new one.'};
	return {kind: 'opened', opened: await openStored(home, newest, room)};
}

/** The id of the conversation with this gateway that was written last. Those that were written before it are not looked into. */
async function newestOf(home: string, place: Pick<Place, 'origin' | 'profile'>): Promise<string | undefined> {
	const ids = await conversationIds(conversationsDirectory(home));
	const files = ids.map(id => ({id, writtenAt: statSync(conversationFile(home, id), {throwIfNoEntry: false})?.mtimeMs ?? 0}));
	for (const {id} of files.sort((a, b) => b.writtenAt - a.writtenAt)) {
		const header = headerOf(conversationFile(home, id));
		if (header !== undefined && belongsTo(header, place)) return id;
	}
	return undefined;
}

/** The state that a chat begins with, with what was read back. A flag names the agent or model whatever the conversation had. */
function beginWith(state: State, beginning: Exclude<Beginning, {kind: 'refused'}>, flags: Pick<State, 'agent' | 'model'>): State {
	switch (beginning.kind) {
		case 'opened': {
			const [shown] = openConversation(state, beginning.opened);
			return {...shown, ...flags};
		}
		case 'choice':
			return openOverlay(state, pickerOf('conversation', beginning.title, beginning.items));
		case 'new':
			return notice(state, beginning.said);
	}
}

/** Bytes in which the first record has to end: it names an address and a session, no more. */
const mostHeaderBytes = 16 * 1024;

/** The first record of a conversation file, without reading the rest; undefined for what is not readable. */
function headerOf(path: string): ConversationStarted | undefined {
	let file: OpenFile;
	try {
		file = openForReading(path);
	} catch {
		return undefined; // It went away, is not ours to read, or is a pipe or a folder: the next one may do.
	}
	try {
		const [line = ''] = readPlace(file, 0, mostHeaderBytes).toString('utf8').split('\n');
		const parsed = parseRecord(line);
		return parsed.kind === 'record' && parsed.record.kind === 'conversation' ? parsed.record : undefined;
	} finally {
		file.close();
	}
}
