import type {Drawing} from '../../components/drawing.js';
import {type ExitCode, exitCodes} from '../../exit-codes.js';
import {colourLevel} from '../../terminal/colour.js';
import {supportsHyperlinks} from '../../terminal/hyperlinks.js';
import {bindKeys} from '../../terminal/key-bindings.js';
import {createKeyReader} from '../../terminal/keys.js';
import type {ThemeName} from '../../theme-names.js';
import type {CommandContext} from '../command.js';
import {createDrawing, type LateDrawing} from './chat-drawing.js';
import {type ChatOpening, type ChatSession, type ChatSurroundings, createChatSession} from './chat-session.js';
import {type ChatWindow, openChatWindow} from './chat-window.js';
import {hearInput} from './heard-input.js';
import {howToGoOn} from './how-to-go-on.js';
import {createLentTerminal, type LentTerminal} from './lent-terminal.js';
import type {ScreenWishes} from './screen-wishes.js';
import {steadySource} from './steady-source.js';
import {createSuspension} from './suspend.js';
import {createTerminalSigns} from './terminal-signs.js';

/** The chat on a terminal, in the main buffer: paints first, connects then, and gives the terminal back whatever happens. */
export async function runFullChat(context: CommandContext, opening: ChatOpening, wishes: ScreenWishes): Promise<ExitCode> {
	const {signal, env} = context;
	const stdin = context.stdin as NodeJS.ReadStream;
	const stdout = context.stdout as NodeJS.WriteStream;
	const hasPanel = opening.loadPanelWork !== undefined;
	const session = createChatSession(opening, undefined, {hasPanel, hasScreen: true, theme: wishes.theme});
	const bindings = bindKeys(opening.keys);
	const colour = colourLevel(env, true);
	const write = (sequence: string) => void stdout.write(sequence);
	const terminal = createLentTerminal(session.store, write, () => input.rest());
	const suspension = createSuspension(terminal);
	const setTheme = (theme: ThemeName) => {
		late.setTheme(signs.paintTheme(theme));
		window.drawAnew();
	};
	const signs = createTerminalSigns({
		...{env, wishes, colour, terminal, write},
		onBackground: () => setTheme(session.store.getState().theme ?? wishes.theme),
	});
	const input = hearInput(stdin, signs.answers);
	const late = createDrawing(colour, signs.paintTheme(wishes.theme), bindings.rows, supportsHyperlinks(env, true));
	const source = wishes.animation ? terminal.source : steadySource(terminal.source);
	// What a conversation of before ends with is painted once, as it is to stay.
	if (opening.begin !== undefined) await late.loadMarkdown();
	const keys = createKeyReader(bindings);
	const window = openChatWindow({
		...{session, source, terminal, keys, stdout, env},
		drawing: late.drawing,
		stdin: input.stdin,
		onSuspend: suspension.suspend,
	});
	const giveBack = () => {
		window.close();
		signs.end();
		input.close();
	};
	const stopPanel = drawPanelWhenOpened(session, late.loadPanel, window.drawAnew);
	const quit = () => session.happened({type: 'quit-requested'});
	const release = holdTerminal(context, quit, giveBack);
	try {
		await window.settled();
		signs.begin();
		await late.load();
		keys.endTypedAhead();
		await session.connect(surroundingsOf({env, home: opening.home, stdout, session, terminal, window, late, setTheme}));
		if (signal.aborted) quit();
		await window.left();
	} finally {
		giveBack();
		suspension.end();
		stopPanel();
		release();
		await session.close();
	}
	// Whoever stops the chat from elsewhere may have taken the terminal, too.
	const line = signal.aborted ? undefined : howToGoOn(session.store.getState(), context.flags['gateway'] !== undefined);
	if (line !== undefined) stdout.write(`${late.drawing.palette.dim(line)}\n`);
	return exitCodes.ok;
}

interface FullChat {
	readonly env: CommandContext['env'];
	readonly home: ChatOpening['home'];
	readonly stdout: NodeJS.WriteStream;
	readonly session: ChatSession;
	readonly terminal: LentTerminal;
	readonly window: ChatWindow;
	readonly late: LateDrawing;
	readonly setTheme: (theme: ThemeName) => void;
}

/** What the screen does for the chat; what is seldom wanted is loaded then. */
function surroundingsOf({env, home, stdout, session, terminal, window, late, setTheme}: FullChat): ChatSurroundings {
	return {
		clearScreen: window.clear,
		write: terminal.write,
		lendTerminal: terminal.lend,
		async loadScreenWork() {
			const {createScreenWork} = await import('./screen-work.js');
			const {settled, writeAnew} = window;
			const state = session.store.getState;
			return createScreenWork({env, stdout, terminal, state, home, drawing: late.drawing, plainDrawing, writeAnew, settled, setTheme});
		},
		editText: async (text, lend) => (await import('./edit-outside.js')).editOutside(text, env, lend),
		pauseAfterRefusal: late.pauseAfterRefusal,
		room: () => ({columns: stdout.columns, rows: stdout.rows}),
	};
}

async function plainDrawing(): Promise<Drawing> {
	const {drawing, load} = createDrawing('none', 'none');
	await load();
	return drawing;
}

/** Loads the panel when it is opened for the first time, and draws anew then. */
function drawPanelWhenOpened({store}: ChatSession, load: () => Promise<void>, draw: () => void): () => void {
	const open = async () => {
		await load();
		draw();
	};
	const stop = store.subscribe(() => {
		if (store.getState().panel === undefined) return;
		stop();
		void open();
	});
	return stop;
}

/** Ends the chat on signals and when the terminal is gone; a bug gives the terminal back before it is reported. */
function holdTerminal({stdin, signal}: CommandContext, quit: () => void, giveBack: () => void): () => void {
	signal.addEventListener('abort', quit);
	for (const name of ['error', 'end', 'close']) stdin.on(name, quit);
	process.prependListener('uncaughtException', giveBack).prependListener('unhandledRejection', giveBack);
	return () => {
		signal.removeEventListener('abort', quit);
		for (const name of ['error', 'end', 'close']) stdin.off(name, quit);
		process.off('uncaughtException', giveBack).off('unhandledRejection', giveBack);
		// A terminal that is gone may fail once more while Node closes it; there is nobody left to tell.
		stdin.on('error', () => undefined);
	};
}
