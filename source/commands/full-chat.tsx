import {type Instance, render} from 'ink';
import {ChatScreen, type ChatScreenProps} from '../components/chat-screen.js';
import {placeInRow} from '../components/composer.js';
import {CrashBoundary} from '../components/crash-boundary.js';
import type {Drawing} from '../components/drawing.js';
import type {LiveArea} from '../components/live-area.js';
import {type ExitCode, exitCodes} from '../exit-codes.js';
import {colourLevel} from '../terminal/colour.js';
import {supportsHyperlinks} from '../terminal/hyperlinks.js';
import {bindKeys} from '../terminal/key-bindings.js';
import {createKeyReader, type KeyAction} from '../terminal/keys.js';
import {eraseReflowed, type Frame, reflows} from '../terminal/reflow.js';
import type {ThemeName} from '../theme-names.js';
import {createDrawing} from './chat-drawing.js';
import {type ChatOpening, type ChatSession, createChatSession} from './chat-session.js';
import type {CommandContext} from './command.js';
import {hearInput} from './heard-input.js';
import {createLentTerminal} from './lent-terminal.js';
import type {ScreenWishes} from './screen-wishes.js';
import {helpTopAfter} from './scroll-help.js';
import {steadySource} from './steady-source.js';
import {createSuspension} from './suspend.js';
import {createTerminalSigns} from './terminal-signs.js';

/** Keys are echoed within a frame of this rate; answers are batched before they reach the screen, so it costs nothing. */
const maxFps = 120;

/** The chat on a terminal, in the main buffer: paints first, connects then, and gives the terminal back whatever happens. */
export async function runFullChat(context: CommandContext, opening: ChatOpening, wishes: ScreenWishes): Promise<ExitCode> {
	const {stdin, stdout, signal, env} = context;
	const hasPanel = opening.loadPanelWork !== undefined;
	const session = createChatSession(opening, undefined, {hasPanel, hasScreen: true, theme: wishes.theme});
	const bindings = bindKeys(opening.keys);
	const keys = createKeyReader(bindings);
	const colour = colourLevel(env, true);
	const write = (sequence: string) => void stdout.write(sequence);
	const terminal = createLentTerminal(session.store, write);
	const suspension = createSuspension(terminal);
	const source = wishes.animation ? terminal.source : steadySource(terminal.source);
	const signs = createTerminalSigns({
		...{env, wishes, colour, terminal, write},
		expect: ms => input.expect(ms),
		onBackground: () => setTheme(session.store.getState().theme ?? wishes.theme),
	});
	const input = hearInput(stdin as NodeJS.ReadStream, signs.answers);
	const late = createDrawing(colour, signs.paintTheme(wishes.theme), bindings.rows, supportsHyperlinks(env, true));
	const {drawing, load, loadPanel, pauseAfterRefusal} = late;
	const setTheme = (theme: ThemeName) => {
		late.setTheme(signs.paintTheme(theme));
		instance.rerender(screenOf());
	};
	const quit = () => session.happened({type: 'quit-requested'});
	const onPrinted = (count: number) => session.happened({type: 'entries-printed', count});
	let bug: Error | undefined;
	const crash = (error: Error) => {
		bug ??= error;
		queueMicrotask(() => instance.unmount());
	};
	let next: LiveArea | undefined;
	let shown: Frame | undefined;
	const screenOf = () => (
		<CrashBoundary onCrash={crash}>
			<ChatScreen
				source={source}
				drawing={drawing}
				keys={keys}
				onAction={action => passOn(action, session, next, (stdout as NodeJS.WriteStream).columns)}
				onSuspend={suspension.suspend}
				onMount={terminal.use}
				onPrinted={onPrinted}
				onDraw={area => {
					next = area;
				}}
			/>
		</CrashBoundary>
	);
	// What a conversation of before ends with is painted once, as it is to stay.
	if (opening.begin !== undefined) await load();
	const instance = render(screenOf(), {
		stdin: input.stdin,
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
	const giveBack = () => {
		signs.end();
		input.close();
	};
	const released = holdTerminal(instance, context, quit, giveBack);
	const unwatch = watchSize(stdout as NodeJS.WriteStream, env, () => (terminal.isLent() ? undefined : shown));
	try {
		await instance.waitUntilRenderFlush();
		signs.begin();
		await load();
		await session.connect({
			clearScreen: () => clearScreen(instance, stdout as NodeJS.WriteStream),
			write: terminal.write,
			lendTerminal: terminal.lend,
			loadScreenWork: async () => {
				const {createScreenWork} = await import('./screen-work.js');
				return createScreenWork({
					...{env, terminal, drawing, setTheme, home: opening.home},
					stdout: stdout as NodeJS.WriteStream,
					state: session.store.getState,
					plainDrawing,
					settled: () => instance.waitUntilRenderFlush(),
					writeAnew(lines) {
						clearScreen(instance, stdout as NodeJS.WriteStream);
						write(lines.map(line => `${line}\n`).join(''));
						instance.rerender(screenOf());
					},
				});
			},
			editText: async (text, lend) => (await import('./edit-outside.js')).editOutside(text, env, lend),
			pauseAfterRefusal,
			room: () => ({columns: (stdout as NodeJS.WriteStream).columns, rows: (stdout as NodeJS.WriteStream).rows}),
		});
		if (signal.aborted) quit();
		await instance.waitUntilExit();
	} finally {
		instance.unmount();
		giveBack();
		unwatch();
		suspension.end();
		stopPanel();
		released();
		await session.close();
	}
	if (bug) throw bug;
	return exitCodes.ok;
}

async function plainDrawing(): Promise<Drawing> {
	const {drawing, load} = createDrawing('none', 'none');
	await load();
	return drawing;
}

type ScreenAction = Parameters<ChatScreenProps['onAction']>[0];

/** Keys of a hidden token stay out of the state; in a panel that shows its last line, nothing scrolls on; the help scrolls as far as it goes. */
function passOn(action: ScreenAction, session: ChatSession, shown: LiveArea | undefined, columns: number): void {
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
	session.happened(withPlace(action, session, columns));
}

/** ↑ and ↓ go by the rows of the screen, which the chat's core does not know. */
function withPlace(action: ScreenAction, session: ChatSession, columns: number): ScreenAction & {readonly place?: number} {
	if (action.type !== 'edit-requested' || (action.edit !== 'previous-line' && action.edit !== 'next-line')) return action;
	const place = placeInRow(session.store.getState().draft, columns, action.edit === 'previous-line' ? 'above' : 'below');
	return place === undefined ? action : {...action, place};
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
function holdTerminal(instance: Instance, {stdin, signal}: CommandContext, quit: () => void, giveBack: () => void): () => void {
	const restore = () => {
		instance.unmount();
		giveBack();
	};
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
