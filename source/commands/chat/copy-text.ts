import {randomBytes} from 'node:crypto';
import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {clipboardTextSequence, takesClipboard} from '../../terminal/clipboard.js';
import {sanitize} from '../../terminal/sanitize.js';
import type {CommandContext} from '../command.js';
import {feed, firstInPath} from './program-in-path.js';

/** More is not sent to a terminal, in bytes: many cut it, and some stop reading. */
const mostBytesByTerminal = 100_000;
const toolTimeoutMs = 2_000;

export interface CopyPlaces {
	readonly env: CommandContext['env'];
	/** clawtalk's own folder. */
	readonly folder: string;
	/** Sends control sequences to the terminal; absent where there is none. */
	readonly write?: ((sequence: string) => void) | undefined;
	readonly platform?: NodeJS.Platform;
}

/**
 * Puts a text where it can be pasted from, and says where: over SSH the terminal's clipboard (a tool would fill that of the other
 * machine), else by a tool of the desktop, else the terminal again where it is known to take it, else a file.
 *
 * @param what Names the text at the beginning of a sentence.
 */
export async function copyText(text: string, what: string, {env, folder, write, platform = process.platform}: CopyPlaces): Promise<string> {
	const safe = sanitize(text);
	const size = sizeInWords(safe);
	const fits = Buffer.byteLength(safe) <= mostBytesByTerminal;
	const isRemote = Boolean(env['SSH_TTY'] || env['SSH_CONNECTION']);
	if (!isRemote) {
		const tool = firstInPath(toolsFor(env, platform), env);
		if (tool !== undefined && (await feed(tool, safe, {env, timeoutMs: toolTimeoutMs}))) return `${what} is on the clipboard: ${size}.`;
	}
	if (write !== undefined && fits && (isRemote || takesClipboard(env))) {
		write(clipboardTextSequence(safe, env));
		return `${what} was sent to your terminal for its clipboard, unconfirmed: ${size}.`;
	}
	const path = await writeCopy(safe, folder);
	const why = isRemote && !fits ? ' It is too long for the terminal’s clipboard.' : '';
	return `${what} is in ${path}: ${size}.${why}`;
}

/** Tools that need a display are there without one, too, and wait for it. */
function toolsFor(env: CommandContext['env'], platform: NodeJS.Platform): readonly string[] {
	if (platform === 'darwin') return ['pbcopy'];
	if (platform === 'win32') return ['clip'];
	return [
		...(env['WAYLAND_DISPLAY'] ? ['wl-copy'] : []),
		...(env['DISPLAY'] ? ['xclip -selection clipboard', 'xsel --clipboard --input'] : []),
		...(env['WSL_DISTRO_NAME'] ? ['clip.exe'] : []),
		...(env['TERMUX_VERSION'] ? ['termux-clipboard-set'] : []),
	];
}

async function writeCopy(text: string, folder: string): Promise<string> {
	const copies = join(folder, 'copies');
	await mkdir(copies, {recursive: true, mode: 0o700});
	const path = join(copies, `${randomBytes(4).toString('hex')}.md`);
	await writeFile(path, text, {mode: 0o600, flag: 'wx'});
	return path;
}

function sizeInWords(text: string): string {
	const lines = text.replace(/\n$/, '').split('\n').length;
	const bytes = Buffer.byteLength(text);
	const size = bytes < 1_000 ? `${bytes} bytes` : `${(bytes / 1_000).toFixed(1)} kB`;
	return `${lines} ${lines === 1 ? 'line' : 'lines'}, ${size}`;
}
