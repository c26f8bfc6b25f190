import type {NewEntry, State} from '../../chat/state.js';
import type {Drawing} from '../../components/drawing.js';
import {entryLines} from '../../components/entry-lines.js';
import {locate} from '../../config/location.js';
import type {ScreenWork} from '../../perform/screen-desk.js';
import type {PaletteTheme} from '../../terminal/palette.js';
import type {CommandContext} from '../command.js';
import {copyText} from './copy-text.js';
import type {LentTerminal} from './lent-terminal.js';
import {findPager, pageText, showsColours} from './pager.js';

/** The terminal of a full-screen chat. */
export interface ScreenSetting {
	readonly env: CommandContext['env'];
	readonly stdout: {readonly columns: number; readonly rows: number};
	readonly terminal: LentTerminal;
	state(): State;
	/** clawtalk's own folder; absent = nothing is kept on disk. */
	readonly home?: string | undefined;
	readonly drawing: Drawing;
	/** A drawing without colours, for pagers that would show their sequences. */
	plainDrawing(): Promise<Drawing>;
	/** Moves the screen into the scrollback and writes these lines from its top on; the live area follows them. */
	writeAnew(lines: readonly string[]): void;
	/** Resolves when everything that was said is on the screen. */
	settled(): Promise<void>;
	setTheme(theme: PaletteTheme): void;
}

/** So many rows are drawn anew at most, and so many screens: enough to read on, and the scrollback does not double. */
const screensAnew = 3;
const mostRowsAnew = 400;

/** For a chat that goes line by line: copying works, and nothing is drawn anew. */
export function createLineWork(env: CommandContext['env'], write?: (sequence: string) => void): ScreenWork {
	return {
		copy: (text, what) => copyText(text, what, {env, folder: locate(env).directory, write}),
		page: async () => 'There is no pager here: the conversation is above, line by line. /export writes it to a file.',
		redraw: async () => 'Nothing is drawn here, so nothing is drawn anew.',
		changeTheme: () => undefined,
	};
}

export function createScreenWork(setting: ScreenSetting): ScreenWork {
	const {env, stdout, terminal, state, drawing} = setting;
	return {
		copy: (text, what) => copyText(text, what, {env, folder: locate(env).directory, write: terminal.write}),
		async page() {
			const pager = findPager(env);
			if (pager === undefined)
				return 'There is no pager: neither $PAGER nor less nor more is in PATH. /export writes the conversation to a file.';
			const {wholeConversation} = await import('./whole-conversation.js');
			const entries = await wholeConversation(state(), setting.home);
			const used = showsColours(pager) ? drawing : await setting.plainDrawing();
			const text = `${linesOf(entries, stdout.columns, used, state().raw).join('\n').trimStart()}\n`;
			const failure = await pageText(text, pager, env, terminal.lend);
			return failure === undefined ? undefined : `The pager: ${failure}.`;
		},
		async redraw() {
			// What is not printed yet would be printed twice.
			await setting.settled();
			const lines = linesOf(state().entries, stdout.columns, drawing, state().raw);
			const rows = Math.min(mostRowsAnew, stdout.rows * screensAnew);
			const left = Math.max(0, lines.length - rows);
			const note = left === 0 ? [] : [drawing.palette.dim('… what came before is above, in the scrollback; /less shows all of it.')];
			setting.writeAnew([...note, ...lines.slice(left)]);
			return undefined;
		},
		changeTheme: setting.setTheme,
	};
}

function linesOf(entries: readonly NewEntry[], width: number, drawing: Drawing, raw?: true): readonly string[] {
	return entries.flatMap(entry => entryLines({...entry, id: ''}, width, drawing, raw).flatMap(part => part.split('\n')));
}
