import {type Instance, render} from 'ink';
import {ChatScreen} from '../../components/chat-screen.js';
import {CrashBoundary} from '../../components/crash-boundary.js';
import type {Drawing} from '../../components/drawing.js';
import type {LiveArea} from '../../components/live-area.js';
import type {KeyReader} from '../../terminal/keys.js';
import type {Frame} from '../../terminal/reflow.js';
import {screenOutput} from '../../terminal/screen-output.js';
import type {CommandContext} from '../command.js';
import type {ChatSession} from './chat-session.js';
import type {LentTerminal, StateSource} from './lent-terminal.js';
import {passOn} from './pass-on-keys.js';
import {type SizeWatch, watchSize} from './watch-size.js';

/** Keys are echoed within a frame of this rate; answers are batched before they reach the screen, so it costs nothing. */
const maxFps = 120;

export interface ChatWindowOptions {
	readonly session: ChatSession;
	/** The state as it is to be shown. */
	readonly source: StateSource;
	readonly drawing: Drawing;
	readonly keys: KeyReader;
	readonly terminal: LentTerminal;
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	readonly env: CommandContext['env'];
	/** Ctrl+Z. */
	readonly onSuspend: () => void;
}

/** The chat as Ink draws it, in the main buffer. */
export interface ChatWindow {
	/** Draws the live area again, after a change that is not in the state. */
	drawAnew(): void;
	/** Moves everything but the live area into the scrollback and begins at the top: nothing is erased. */
	clear(): void;
	/** Clears, and writes these lines from the top on; the live area follows them. */
	writeAnew(lines: readonly string[]): void;
	/** Resolves when everything that was said is on the screen. */
	settled(): Promise<void>;
	/** Resolves when the chat was left. Rejects with the error of a view that has thrown. */
	left(): Promise<void>;
	/** Gives the terminal back; a second call does nothing. */
	close(): void;
}

/** Paints the first frame. */
export function openChatWindow(options: ChatWindowOptions): ChatWindow {
	const {session, terminal, stdin, stdout, env} = options;
	let bug: Error | undefined;
	let next: LiveArea | undefined;
	let shown: Frame | undefined;
	let size: SizeWatch | undefined;
	const crash = (error: Error) => {
		bug ??= error;
		queueMicrotask(() => instance.unmount());
	};
	const told = tellOfApproval(session);
	const onDraw = (area: LiveArea) => {
		next = area;
		told.drawn(area.approval);
	};
	const onPrinted = (count: number) => session.happened({type: 'entries-printed', count});
	const screenOf = () => (
		<CrashBoundary onCrash={crash}>
			<ChatScreen
				source={options.source}
				drawing={options.drawing}
				keys={options.keys}
				onAction={action => passOn(action, session, {area: next, columns: stdout.columns})}
				onSuspend={options.onSuspend}
				onMount={terminal.use}
				onPrinted={onPrinted}
				onDraw={onDraw}
				mostTail={() => size?.mostTail()}
			/>
		</CrashBoundary>
	);
	const instance = render(screenOf(), {
		stdin,
		stdout: screenOutput(stdout),
		exitOnCtrlC: false,
		patchConsole: false,
		// Ink takes any CI variable, even an empty one, for a machine without a reader.
		interactive: true,
		kittyKeyboard: {mode: 'auto'},
		maxFps,
		onRender() {
			shown = next && {...next, columns: stdout.columns};
		},
	});
	const unwatchLent = terminal.watch({goes: told.forget, isBack: told.forget});
	const drawAnew = () => instance.rerender(screenOf());
	size = watchSize({stdout, env, shown: () => (terminal.isLent() ? undefined : shown), onSettled: drawAnew});
	return {
		drawAnew,
		clear: () => clearScreen(instance, stdout),
		writeAnew(lines) {
			clearScreen(instance, stdout);
			stdout.write(lines.map(line => `${line}\n`).join(''));
			drawAnew();
		},
		settled: () => instance.waitUntilRenderFlush(),
		async left() {
			await instance.waitUntilExit();
			if (bug) throw bug;
		},
		close() {
			instance.unmount();
			size?.stop();
			unwatchLent();
		},
	};
}

/** Tells the chat which request for approval its user sees, and whether they see its end: only what was seen can be allowed. */
function tellOfApproval({happened}: ChatSession) {
	let told: LiveArea['approval'];
	return {
		drawn(approval: LiveArea['approval']) {
			if (approval?.id === told?.id && approval?.isAtEnd === told?.isAtEnd) return;
			told = approval;
			// Not while React draws.
			queueMicrotask(() => happened({type: 'approval-drawn', ...approval}));
		},
		/** Another program has, or had, the terminal. */
		forget() {
			if (told === undefined) return;
			told = undefined;
			happened({type: 'approval-drawn'});
		},
	};
}

/**
 * The next frame comes with the change of state that asked for this. It begins in the second row: tmux takes an erasure that begins in the
 * first one for a cleared screen, and keeps what stood there.
 */
function clearScreen(instance: Instance, stdout: NodeJS.WriteStream): void {
	instance.clear();
	stdout.write(`${'\n'.repeat(stdout.rows)}\u001B[2;1H`);
}
