import {createInterface} from 'node:readline';
import type {Connection, Entry, State} from '../../chat/state.js';
import {entryLines} from '../../components/entry-lines.js';
import {type ExitCode, exitCodes} from '../../exit-codes.js';
import type {CommandContext} from '../command.js';
import {tellApprovals} from './approval-lines.js';
import {createDrawing} from './chat-drawing.js';
import {type ChatOpening, type ChatSession, createChatSession} from './chat-session.js';
import {howToGoOn} from './how-to-go-on.js';
import {stopWithInterrupt} from './line-interrupts.js';
import {forgetLater, settled, submitLine} from './plain-chat.js';
import {answerOverlay, overlayAsLines} from './plain-overlay.js';
import type {ScreenWishes} from './screen-wishes.js';
import {createLineWork} from './screen-work.js';
import {speakAnswers} from './spoken-answers.js';

/** Wide enough that a line is a paragraph: the terminal or the screen reader breaks it. */
const width = 10_000;

/**
 * The chat for a screen reader: every line says who speaks, nothing is drawn twice, no cursor moves, answers come by the sentence, and
 * waiting is said when it changes, not as it passes. Typing is the terminal's own line. Ctrl+C stops an answer; else the second one quits.
 */
export async function runSpokenChat(context: CommandContext, opening: ChatOpening, wishes: ScreenWishes): Promise<ExitCode> {
	const {stdin, stdout, env, signal} = context;
	const {drawing, load} = createDrawing('none', 'none');
	await load();
	let isPrompting = false;
	const prompt = () => {
		isPrompting = true;
		stdout.write('You: ');
	};
	// What is said while a line is awaited gets a line of its own, and the prompt again.
	const say = (line: string) => void stdout.write(isPrompting ? `\n${line}\nYou: ` : `${line}\n`);
	const answers = speakAnswers(say, text => stdout.write(text));
	const session = createChatSession(opening, event => answers(event, session.store.getState()), {theme: wishes.theme});
	const news = speakNews(say, entry => entryLines(entry, width, drawing));
	const approvals = tellApprovals(say, 'Command: ');
	const follow = () => {
		approvals(session.store.getState());
		forgetLater(session, news(session.store.getState()));
	};
	session.store.subscribe(follow);
	follow();
	const interrupts = stopWithInterrupt(session, say);
	try {
		await session.connect({
			clearScreen: () => undefined,
			room: () => ({columns: 80, rows: 24}),
			loadScreenWork: async () => createLineWork(env, sequence => void stdout.write(sequence)),
		});
		const over = AbortSignal.any([signal, interrupts.left]);
		await settled(session, over);
		// Not before: lines that are read while nobody iterates are lost (Node 24), and an input that ends then is never heard to end.
		const lines = createInterface({input: stdin, terminal: false});
		over.addEventListener('abort', () => lines.close(), {once: true});
		if (over.aborted) lines.close();
		else prompt();
		for await (const line of lines) {
			isPrompting = false;
			interrupts.entered();
			take(session, line);
			await settled(session, over);
			const {phase, overlay} = session.store.getState();
			if (phase === 'quitting' || over.aborted) break;
			if (overlay !== undefined) for (const listed of overlayAsLines(overlay)) say(listed);
			prompt();
		}
	} finally {
		if (isPrompting) stdout.write('\n');
		isPrompting = false;
		interrupts.release();
		session.happened({type: 'quit-requested'});
		await session.close();
	}
	const line = signal.aborted ? undefined : howToGoOn(session.store.getState(), context.flags['gateway'] !== undefined);
	if (line !== undefined) say(line);
	return exitCodes.ok;
}

function take(session: ChatSession, line: string): void {
	const {overlay} = session.store.getState();
	if (overlay === undefined) submitLine(session, line);
	else answerOverlay(session, overlay, line);
}

/** Says what is new, each once; gives how many entries were said. Questions were typed, and answers are said as they come. */
function speakNews(say: (line: string) => void, draw: (entry: Entry) => readonly string[]): (state: State) => number {
	let said = 0;
	let connection: Connection['state'] | undefined;
	return ({entries, forgotten, connection: now, answer}) => {
		const fresh = entries.slice(Math.max(0, said - forgotten));
		said = forgotten + entries.length;
		for (const entry of fresh) sayEntry(entry, draw, say);
		if (now.state !== connection) say(`Connection: ${connectionInWords(now, answer)}`);
		connection = now.state;
		return said;
	};
}

const labels: Readonly<Record<Entry['kind'], string>> = {
	banner: '',
	question: 'You: ',
	block: 'Agent: ',
	tool: 'Tool: ',
	thought: '',
	'answer-end': 'End of the answer: ',
	notice: 'Notice: ',
	help: 'Help:\n',
	failure: 'Failure: ',
};

/** Questions were typed, answers and tool runs are said as they come. */
function isSaidAlready(entry: Entry): boolean {
	if (entry.kind === 'tool') return !entry.isEarlier && !entry.isUnfolded;
	return entry.kind === 'thought' || ((entry.kind === 'question' || entry.kind === 'block') && entry.isEarlier !== true);
}

function sayEntry(entry: Entry, draw: (entry: Entry) => readonly string[], say: (line: string) => void): void {
	if (isSaidAlready(entry)) return;
	const lines = draw(entry)
		.map(withoutSigns)
		.filter(line => line !== '');
	const isFailed = entry.kind === 'answer-end' && entry.outcome.kind !== 'complete' && entry.outcome.kind !== 'cancelled';
	const label =
		entry.kind === 'tool' && entry.run.ended === 'failed' ? 'Tool that failed: ' : isFailed ? labels.failure : labels[entry.kind];
	if (lines.length > 0) say(`${label}${lines.join('\n')}`);
}

/** Signs that draw or point say nothing when they are read. */
function withoutSigns(line: string): string {
	return line
		.replace(/[\u2500-\u259F]+/g, '')
		.replace(/^\s*[❯!✗×→•–]\s*/u, '')
		.replaceAll(' · ', ', ')
		.trim();
}

/** While an answer is under way no line is read. */
function connectionInWords(connection: Connection, answer: State['answer']): string {
	switch (connection.state) {
		case 'connecting':
			return 'connecting.';
		case 'online': {
			const rest = answer?.interruption === undefined ? '' : ' Looking for the rest of the answer.';
			return `online, ${Math.round(connection.latencyMs)} milliseconds.${rest}`;
		}
		case 'waiting':
			return `lost. It is looked for by itself; ${answer === undefined ? 'an empty line looks now' : 'Ctrl+C waits no longer'}.`;
		case 'refused':
			return 'the gateway cannot be used as it is. /status says why.';
	}
}
