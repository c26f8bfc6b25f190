import {type Instance, render} from 'ink';
import {ChatScreen, type ChatScreenProps} from '../components/chat-screen.js';
import type {LiveArea} from '../components/live-area.js';
import {type ExitCode, exitCodes} from '../exit-codes.js';
import {colourLevel} from '../terminal/colour.js';
import {supportsHyperlinks} from '../terminal/hyperlinks.js';
import {bindKeys} from '../terminal/key-bindings.js';
import {createKeyReader, type KeyAction} from '../terminal/keys.js';
import type {PaletteTheme} from '../terminal/palette.js';
import {eraseReflowed, type Frame, reflows} from '../terminal/reflow.js';
import {createDrawing} from './chat-drawing.js';
import {type ChatOpening, type ChatSession, createChatSession} from './chat-session.js';
import type {CommandContext} from './command.js';
import {createLentTerminal} from './lent-terminal.js';
import {helpTopAfter} from './scroll-help.js';
import {suspendProcess} from './suspend.js';

/** Keys are echoed within a frame of this rate; answers are batched before they reach the screen, so it costs nothing. */
const maxFps = 120;

/** The chat on a terminal, in the main buffer: paints first, connects then, and gives the terminal back whatever happens. */
export async function runFullChat(context: CommandContext, opening: ChatOpening, theme: PaletteTheme): Promise<ExitCode> {
	const {stdin, stdout, signal, env} = context;
	const hasPanel = opening.loadPanelWork !== undefined;
	const session = createChatSession(opening, undefined, {hasPanel, hasScreen: true});
	const bindings = bindKeys(opening.keys);
	const keys = createKeyReader(bindings);
	const {drawing, load, loadPanel, pauseAfterRefusal} = createDrawing(
		colourLevel(env, true),
		theme,
		bindings.rows,
		supportsHyperlinks(env, true),
	);
	const terminal = createLentTerminal(session.store, sequence => void stdout.write(sequence));
	const quit = () => session.happened({type: 'quit-requested'});
	let next: LiveArea | undefined;
	let shown: Frame | undefined;
	const screenOf = () => (
		<ChatScreen
			source={terminal.source}
			drawing={drawing}
			keys={keys}
			onAction={action => passOn(action, session, next)}
			onSuspend={() => void suspendProcess(terminal.lend)}
			onMount={terminal.use}
			onDraw={area => {
				next = area;
			}}
		/>
	);
	const instance = render(screenOf(), {
		stdin: stdin as NodeJS.ReadStream,
		stdout: stdout as NodeJS.WriteStream,
		exitOnCtrlC: false,
		patchConsole: false,
		// Ink takes any CI variable, even an empty one, for a machine without a reader.
		interactive: true,
		kittyKeyboard: {mode: 'auto'},
		maxFps,
		onRender() {
			shown = next && {...next, columns: (stdout as NodeJS.WriteStream).columns};
		},
	});
	const stopPanel = drawPanelWhenOpened(session, loadPanel, () => instance.rerender(screenOf()));
	const released = holdTerminal(instance, context, quit);
	const unwatch = watchSize(stdout as NodeJS.WriteStream, env, () => (terminal.isLent() ? undefined : shown));
	try {
		await instance.waitUntilRenderFlush();
		await load();
		await session.connect({
			clearScreen: () => clearScreen(instance, stdout as NodeJS.WriteStream),
			write: terminal.write,
			lendTerminal: terminal.lend,
			editText: async (text, lend) => (await import('./edit-outside.js')).editOutside(text, env, lend),
			pauseAfterRefusal,
		});
		if (signal.aborted) quit();
		await instance.waitUntilExit();
	} finally {
		instance.unmount();
		unwatch();
		stopPanel();
		released();
		await session.close();
	}
	return exitCodes.ok;
}

/** Keys of a hidden token stay out of the state; in a panel that shows its last line, nothing scrolls on; the help scrolls as far as it goes. */
function passOn(action: Parameters<ChatScreenProps['onAction']>[0], session: ChatSession, shown: LiveArea | undefined): void {
	const {panel, overlay} = session.store.getState();
	if (panel?.focused && panel.view.kind === 'token') {
		const key = hiddenKeyOf(action);
		if (key !== undefined) {
			if (panel.view.step === 'typing') session.typeHidden(key);
			return;
		}
	}
	const top = overlay?.kind === 'help' && !panel?.focused && shown?.scroll ? helpTopAfter(action, overlay, shown.scroll) : undefined;
	if (top !== undefined) {
		session.happened({type: 'help-scrolled', top});
		return;
	}
	const scrollsOn =
		action.type === 'edit-requested' ? action.edit === 'next-line' : action.type === 'text-typed' && /^[j ]$/.test(action.text);
	if (panel?.focused && scrollsOn && shown?.isPanelAtEnd) return;
	session.happened(action);
}

function hiddenKeyOf(action: KeyAction): Parameters<ChatSession['typeHidden']>[0] | undefined {
	if (action.type === 'text-typed' || action.type === 'text-pasted') return {type: 'typed', text: action.text};
	if (action.type !== 'edit-requested') return undefined;
	if (action.edit === 'backward-delete-char') return {type: 'delete-character'};
	return action.edit === 'unix-line-discard' ? {type: 'delete-all'} : undefined;
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
function holdTerminal(instance: Instance, {stdin, signal}: CommandContext, quit: () => void): () => void {
	const restore = () => instance.unmount();
	signal.addEventListener('abort', quit);
	for (const name of ['error', 'end', 'close']) stdin.on(name, quit);
	process.prependListener('uncaughtException', restore).prependListener('unhandledRejection', restore);
	return () => {
		signal.removeEventListener('abort', quit);
		for (const name of ['error', 'end', 'close']) stdin.off(name, quit);
		process.off('uncaughtException', restore).off('unhandledRejection', restore);
		// A terminal that is gone may fail once more while Node closes it; there is nobody left to tell.
		stdin.on('error', () => undefined);
	};
}

/**
 * Moves everything but the live area into the scrollback and begins at the top: nothing is erased. The next frame comes with the
 * change of state that asked for this. It begins in the second row: tmux takes an erasure that begins in the first one for a cleared
 * screen, and keeps what stood there.
 */
function clearScreen(instance: Instance, stdout: NodeJS.WriteStream): void {
	instance.clear();
	stdout.write(`${'\n'.repeat(stdout.rows)}\u001B[2;1H`);
}

/** Ahead of Ink's own handler, which knows nothing of lines that the terminal has wrapped anew. */
function watchSize(stdout: NodeJS.WriteStream, env: CommandContext['env'], shown: () => Frame | undefined): () => void {
	let {columns, rows} = stdout;
	const resized = () => {
		const frame = shown();
		const isSmaller = stdout.columns < columns || stdout.rows < rows;
		if (frame && isSmaller && reflows(env)) stdout.write(eraseReflowed(frame, stdout));
		({columns, rows} = stdout);
	};
	stdout.prependListener('resize', resized);
	return () => void stdout.off('resize', resized);
}
