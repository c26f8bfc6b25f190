import {type ExitCode, exitCodes} from '../../exit-codes.js';
import {listConversations} from '../../transcripts/list-conversations.js';
import type {ConversationSummary} from '../../transcripts/stored.js';
import {emptyTrash, listTrash, type Pruned, pruneConversations, type TrashedConversation} from '../../transcripts/trash.js';
import type {CommandContext} from '../command.js';
import {promptsFor} from '../prompts.js';
import {say} from '../say.js';
import {moment, summaryDocument, titleOf} from './sessions-document.js';
import {homeOf, printDocument, SessionsRefusal, systemWords} from './sessions-guard.js';

type Old = ConversationSummary | TrashedConversation;

/** Moves conversations that nobody wrote to for a time into the trash; with `--trash` deletes for good what lies there that long. */
export async function pruneSessions(context: CommandContext, operands: readonly string[]): Promise<ExitCode> {
	const {flags} = context;
	if (operands.length > 0) throw new SessionsRefusal('sessions prune takes no ID. To delete one: clawtalk sessions delete ID');
	const ageMs = parseAgeMs(flags['olderThan']);
	if (ageMs === undefined) throw new SessionsRefusal('sessions prune takes --older-than AGE, an age such as 30d, 8w or 12h.');
	const home = homeOf(context);
	const before = Date.now() - ageMs;
	const isTrash = flags['trash'] === true;
	const old: readonly Old[] = isTrash
		? (await listTrash(home)).filter(({trashedAt}) => trashedAt < before)
		: (await listConversations(home)).filter(({updatedAt}) => updatedAt < before);
	const isDry = flags['dryRun'] === true;
	if (!isDry && old.length > 0) {
		const answer = await agreed(context, old, isTrash);
		if (answer !== true) return answer;
	}
	const pruned: Pruned<Old> = isDry ? {done: old, failed: []} : await (isTrash ? emptyTrash : pruneConversations)(home, before);
	if (flags['json'] === true) printDocument(context, pruneDocument(pruned, {isDry, isTrash, before}));
	else tell(context, pruned, isDry, isTrash);
	return pruned.failed.length > 0 ? exitCodes.configuration : exitCodes.ok;
}

const unitMs = {h: 3_600_000, d: 86_400_000, w: 604_800_000} as const;

/** `30d`, `8w`, `12h` → milliseconds; undefined for anything else, zero, and more than a hundred years. */
export function parseAgeMs(text: unknown): number | undefined {
	const [, amount, unit] = /^(\d{1,6})([hdw])$/.exec(typeof text === 'string' ? text.trim() : '') ?? [];
	if (amount === undefined || unit === undefined) return undefined;
	const ms = Number(amount) * unitMs[unit as keyof typeof unitMs];
	return ms > 0 && ms <= 36_525 * unitMs.d ? ms : undefined;
}

/** True, or the exit code. */
async function agreed(context: CommandContext, old: readonly Old[], isTrash: boolean): Promise<true | ExitCode> {
	if (context.flags['yes'] === true) return true;
	const what = `${countOf(old)}${isTrash ? ' for good' : ''}`;
	const prompts = promptsFor(context);
	if (prompts === undefined)
		throw new SessionsRefusal(
			`This would ${isTrash ? 'delete' : 'move'} ${what}. Without a terminal it takes --yes, or --dry-run to look.`,
		);
	for (const one of old.slice(0, 20)) context.stderr.write(`  ${lineOf(one)}\n`);
	if (old.length > 20) context.stderr.write(`  and ${old.length - 20} more\n`);
	const yes = await prompts.yes(isTrash ? `Delete ${what}?` : `Move ${what} into the trash?`);
	if (yes === undefined) return exitCodes.interrupted;
	if (yes) return true;
	say(context, 'Nothing was changed.');
	return exitCodes.ok;
}

function tell(context: CommandContext, {done, failed}: Pruned<Old>, isDry: boolean, isTrash: boolean): void {
	if (isDry) for (const one of done) context.stdout.write(`${lineOf(one)}\n`);
	for (const {conversation, error} of failed) say(context, `${conversation.id} stays: ${systemWords(error)}.`);
	if (done.length === 0 && failed.length === 0) say(context, 'Nothing is that old.');
	if (done.length === 0) return;
	const what = `${isTrash ? 'deleted for good' : 'moved into the trash'}: ${countOf(done)}.`;
	const back = isTrash || isDry ? '' : ' To bring one back: clawtalk sessions restore ID';
	say(context, `${isDry ? 'would be ' : ''}${what}${back}`);
}

function pruneDocument({done, failed}: Pruned<Old>, {isDry, isTrash, before}: {isDry: boolean; isTrash: boolean; before: number}): object {
	return {
		schema: 'clawtalk.sessions-prune/1',
		trash: isTrash,
		dryRun: isDry,
		before: moment(before),
		pruned: done.map(summaryDocument),
		failed: failed.map(({conversation, error}) => ({id: conversation.id, code: error.code ?? null})),
	};
}

function lineOf(old: Old): string {
	const [id, at] = 'trashId' in old ? [old.trashId, old.trashedAt] : [old.id, old.updatedAt];
	return `${id}  ${moment(at)?.slice(0, 10) ?? ''}  ${titleOf(old)}`;
}

function countOf(conversations: readonly unknown[]): string {
	return conversations.length === 1 ? '1 conversation' : `${conversations.length} conversations`;
}
