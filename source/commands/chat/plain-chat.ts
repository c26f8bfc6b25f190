import {createInterface} from 'node:readline';
import {openApprovals} from '../../chat/approval/approval.js';
import {outgoingOf} from '../../chat/composer/draft.js';
import {type Input, readInput} from '../../chat/slash.js';
import type {Entry, State} from '../../chat/state.js';
import {entryLines} from '../../components/entry-lines.js';
import {type ExitCode, exitCodes} from '../../exit-codes.js';
import type {CommandContext} from '../command.js';
import {tellApprovals} from './approval-lines.js';
import {createDrawing} from './chat-drawing.js';
import {type ChatOpening, type ChatSession, createChatSession} from './chat-session.js';
import {howToGoOn} from './how-to-go-on.js';
import {type LineInterrupts, stopWithInterrupt} from './line-interrupts.js';
import {answerOverlay, overlayAsLines} from './plain-overlay.js';
import {printAnswers} from './printed-answers.js';

/**
 * The chat line by line, for pipes and terminals that cannot move the cursor: every line of stdin is a question or a slash command.
 * Answers go to stdout as they come, everything else to stderr. An empty line sends again what could not be sent. Without a terminal
 * to read from, the first question that fails ends the chat, with the exit code of the failure.
 */
export async function runPlainChat(context: CommandContext, opening: ChatOpening): Promise<ExitCode> {
	const {signal} = context;
	const {drawing, load} = createDrawing('none', 'none');
	await load();
	const answers = printAnswers(context, drawing);
	const session = createChatSession(opening, event => answers(event, session.store.getState()));
	const entries = printEntries(context, entry => entryLines(entry, context.stderr.columns ?? 80, drawing));
	const approvals = tellApprovals(lines => void context.stderr.write(`${lines}\n`), '│ ');
	session.store.subscribe(() => {
		approvals(session.store.getState());
		forgetLater(session, entries(session.store.getState()));
	});
	entries(session.store.getState());
	const say = (line: string) => void context.stderr.write(`\n${line}\n${prompt}`);
	const interrupts = context.stdin.isTTY ? stopWithInterrupt(session, say) : undefined;
	try {
		await session.connect({
			loadScreenWork: () => lineWork(context),
			clearScreen: () => undefined,
			room: () => ({columns: context.stderr.columns ?? 80, rows: usualRows}),
		});
		const over = AbortSignal.any([signal, ...(interrupts ? [interrupts.left] : [])]);
		await settled(session, over);
		return await readQuestions({...context, signal: over}, session, interrupts);
	} finally {
		interrupts?.release();
		session.happened({type: 'quit-requested'});
		await session.close();
		const line = signal.aborted ? undefined : howToGoOn(session.store.getState(), context.flags['gateway'] !== undefined);
		if (interrupts && line !== undefined) context.stderr.write(`${line}\n`);
	}
}

/** Before each line, where somebody types it. */
const prompt = '> ';

/** `/copy` works without a screen, too. */
async function lineWork({env, stdout}: CommandContext) {
	const {createLineWork} = await import('./screen-work.js');
	return createLineWork(env, stdout.isTTY ? sequence => void stdout.write(sequence) : undefined);
}

async function readQuestions(context: CommandContext, session: ChatSession, interrupts?: LineInterrupts): Promise<ExitCode> {
	const {stdin, stderr, signal} = context;
	const {store} = session;
	const showPrompt = () => stdin.isTTY && stderr.write(prompt);
	// Not before: lines that are read while nobody iterates are lost (Node 24).
	const lines = createInterface({input: stdin, terminal: false});
	signal.addEventListener('abort', () => lines.close(), {once: true});
	if (signal.aborted) lines.close();
	else showOverlay(session, stderr);
	showPrompt();
	for await (const line of lines) {
		interrupts?.entered();
		const {forgotten, entries, overlay} = store.getState();
		const before = forgotten + entries.length;
		if (overlay === undefined) submitLine(session, line);
		else answerOverlay(session, overlay, line);
		await settled(session, signal);
		showOverlay(session, stderr);
		const state = store.getState();
		if (state.phase === 'quitting' || signal.aborted) return exitCodes.ok;
		const failure = stdin.isTTY ? undefined : await failureOf(state, before);
		if (failure !== undefined) return failure;
		showPrompt();
	}
	// The shell's prompt is not to stand behind ours.
	if (stdin.isTTY) stderr.write('\n');
	return exitCodes.ok;
}

/** How much of a conversation is shown when it is opened, lines. */
const usualRows = 24;
/** So many printed entries are let go at a time. */
const entriesAtOnce = 400;

export function forgetLater({store, happened}: ChatSession, printed: number): void {
	if (store.getState().entries.length >= entriesAtOnce) happened({type: 'entries-printed', count: printed});
}

function showOverlay({store}: ChatSession, stderr: CommandContext['stderr']): void {
	const {overlay} = store.getState();
	const lines = overlay === undefined ? [] : overlayAsLines(overlay);
	if (lines.length > 0) stderr.write(`${lines.join('\n')}\n`);
}

/** What was not sent before is still in the composer: an empty line sends it, a message replaces it, a command leaves it there. */
export function submitLine(session: ChatSession, line: string): void {
	const unsent = outgoingOf(session.store.getState().draft).text;
	const input = readInput(line);
	if (input.kind === 'request' && input.request.kind === 'quit') {
		session.happened({type: 'quit-requested'});
		return;
	}
	if (line !== '') {
		if (unsent !== '') session.happened(replaces(session, input) ? {type: 'edit-requested', edit: 'undo'} : {type: 'interrupt-requested'});
		session.happened({type: 'text-pasted', text: line});
	}
	session.happened({type: 'submit-requested'});
	const isCommand = input.kind === 'request' || input.kind === 'mistake' || input.kind === 'unknown-command';
	if (unsent !== '' && isCommand && session.store.getState().draft.text === '') session.happened({type: 'draft-restored', text: unsent});
}

/** After `/edit` a message takes the place of the one that was sent; what `/edit` put into the composer is undone. */
function replaces({store}: ChatSession, input: Input): boolean {
	return input.kind === 'message' && store.getState().conversation.replacing !== undefined;
}

/** Resolves when nothing is under way: no answer, no look at the gateway, nothing wanted from the disk, no way to another gateway. */
export function settled({store}: ChatSession, signal: AbortSignal): Promise<void> {
	const isSettled = (state: State) => {
		const {answer, checkAsked, waitsForConversation, attaching, profileOrder, switchingProfile, overlay} = state;
		const sessions = overlay?.kind === 'picker' ? overlay.sessionsOrder : undefined;
		// It waits for us, not we for it.
		const isAsked = openApprovals(state).length > 0;
		const awaited = [isAsked ? undefined : answer, checkAsked, waitsForConversation, attaching, profileOrder, switchingProfile, sessions];
		return state.phase === 'quitting' || (state.connection.state !== 'connecting' && awaited.every(order => order === undefined));
	};
	return new Promise(resolve => {
		const check = () => {
			if (!signal.aborted && !isSettled(store.getState())) return;
			stop();
			signal.removeEventListener('abort', check);
			resolve();
		};
		const stop = store.subscribe(check);
		signal.addEventListener('abort', check);
		check();
	});
}

/**
 * Everything else that is said, each entry once; gives how many were printed. Questions were typed, answers and tool runs are printed as they
 * come, but for those of before.
 */
function printEntries({stderr}: CommandContext, draw: (entry: Entry) => readonly string[]): (state: State) => number {
	let printed = 0;
	return ({entries, forgotten}) => {
		const fresh = entries.slice(Math.max(0, printed - forgotten));
		printed = forgotten + entries.length;
		for (const entry of fresh) if (isShown(entry)) stderr.write(`${draw(entry).join('\n').trim()}\n`);
		return printed;
	};
}

function isShown(entry: Entry): boolean {
	if (entry.kind === 'question' || entry.kind === 'block') return entry.isEarlier === true;
	if (entry.kind === 'tool') return entry.isEarlier === true || entry.isUnfolded === true;
	if (entry.kind === 'thought') return false;
	return entry.kind !== 'answer-end' || entry.outcome.kind !== 'complete';
}

/** The exit code of what failed since there were so many entries, if anything did. */
async function failureOf({entries, forgotten, draft, connection}: State, before: number): Promise<ExitCode | undefined> {
	const fresh = entries.slice(Math.max(0, before - forgotten));
	const end = fresh.findLast(entry => entry.kind === 'answer-end' && !entry.isEarlier);
	// A connection that was lost before it, and came back, cost nothing.
	if (end?.kind === 'answer-end' && end.outcome.kind === 'complete') return undefined;
	const failed = end ?? fresh.findLast(entry => entry.kind === 'failure');
	if (failed?.kind === 'answer-end' && failed.hadText) return exitCodes.incomplete;
	// What could not be sent is still in the composer; why not may have been said before it was typed.
	const evidence = failed !== undefined && 'evidence' in failed ? failed.evidence : undefined;
	const cause = evidence ?? (draft.text !== '' && 'evidence' in connection ? connection.evidence : undefined);
	if (cause === undefined) return undefined;
	const {diagnose} = await import('../../diagnosis/diagnose.js');
	return diagnose(cause).primary?.exitCode ?? exitCodes.turnFailed;
}
