import {type ExitCode, exitCodes} from '../../exit-codes.js';
import {sanitizeLine} from '../../terminal/sanitize.js';
import {renameConversation} from '../../transcripts/rename-conversation.js';
import {listTrash, restoreConversation, type TrashedConversation, trashConversation} from '../../transcripts/trash.js';
import type {CommandContext} from '../command.js';
import {say} from '../say.js';
import {titleOf} from './sessions-document.js';
import {conversationOf} from './sessions-find.js';
import {homeOf, printDocument, SessionsRefusal} from './sessions-guard.js';

/** Longest name, in characters: a name is one line of a list. */
const maxNameLength = 200;

/** Gives a conversation a name; an empty one takes it back. */
export async function renameSession(context: CommandContext, [wanted, ...words]: readonly string[]): Promise<ExitCode> {
	if (wanted === undefined || words.length === 0)
		throw new SessionsRefusal('sessions rename takes an ID and a NAME; "" takes the name back.');
	const name = sanitizeLine(words.join(' '));
	if (name.length > maxNameLength) throw new SessionsRefusal(`A name has at most ${maxNameLength} characters.`);
	const home = homeOf(context);
	const {id} = await conversationOf(home, wanted, true);
	await renameConversation(home, id, name, Date.now());
	if (context.flags['json'] === true) printDocument(context, {schema: 'clawtalk.sessions-rename/1', id, name: name === '' ? null : name});
	else say(context, name === '' ? `${id} has no name any more.` : `${id} is called ${name}.`);
	return exitCodes.ok;
}

/** Moves conversations into the trash: all that are named, or none when one of the names is not clear. */
export async function deleteSessions(context: CommandContext, names: readonly string[]): Promise<ExitCode> {
	if (names.length === 0) throw new SessionsRefusal('sessions delete takes the ID of what is to go into the trash.');
	const home = homeOf(context);
	const wanted = [];
	for (const name of names) wanted.push(await conversationOf(home, name, true));
	const deleted = [];
	for (const {id, title} of new Map(wanted.map(one => [one.id, one])).values()) {
		const trashId = await trashConversation(home, id);
		deleted.push({id, title, trashId});
		if (context.flags['json'] !== true)
			say(context, `In the trash: ${titleOf({title})}. To bring it back: clawtalk sessions restore ${trashId}`);
	}
	if (context.flags['json'] === true) printDocument(context, {schema: 'clawtalk.sessions-delete/1', deleted});
	return exitCodes.ok;
}

/** Brings a conversation back from the trash. */
export async function restoreSession(context: CommandContext, [wanted, ...more]: readonly string[]): Promise<ExitCode> {
	if (wanted === undefined || more.length > 0)
		throw new SessionsRefusal('sessions restore takes one ID. What is there: clawtalk sessions list --trash');
	const home = homeOf(context);
	const {trashId, title} = trashedOf(wanted, await listTrash(home));
	try {
		const id = await restoreConversation(home, trashId);
		if (context.flags['json'] === true) printDocument(context, {schema: 'clawtalk.sessions-restore/1', id, trashId});
		else say(context, `Back: ${titleOf({title})}. To go on with it: clawtalk --resume ${id}`);
		return exitCodes.ok;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		throw new SessionsRefusal(`A conversation with the id of ${trashId} is there already; it stays in the trash.`);
	}
}

/** The last one thrown away counts where a name stands there more than once. */
function trashedOf(wanted: string, trashed: readonly TrashedConversation[]): TrashedConversation {
	const lower = wanted.trim().toLowerCase();
	const exact = trashed.find(({trashId}) => trashId.toLowerCase() === lower);
	const found = trashed.filter(
		({trashId, name}) => lower !== '' && (trashId.toLowerCase().startsWith(lower) || name?.toLowerCase() === lower),
	);
	const [first] = found;
	if (exact !== undefined) return exact;
	const said = sanitizeLine(wanted).slice(0, 60);
	if (first === undefined)
		throw new SessionsRefusal(`Nothing in the trash is called ${said || '""'}. What is there: clawtalk sessions list --trash`);
	if (new Set(found.map(({id}) => id)).size > 1)
		throw new SessionsRefusal(
			`${said} can mean ${found.length} conversations in the trash. Give more of the id: clawtalk sessions list --trash`,
		);
	return first;
}
