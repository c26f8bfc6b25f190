import {loadSettings} from '../config/load.js';
import type {Setting} from '../config/settings.js';
import {shown} from '../config/shown.js';
import {type ExitCode, exitCodes} from '../exit-codes.js';
import {type BoundKey, type KeyRemap, remapKeys} from '../terminal/key-bindings.js';
import {keyTable} from '../terminal/key-table.js';
import type {Command, CommandContext} from './command.js';
import {refuse, settingsFlags} from './gateway-target.js';

/** `clawtalk keys`: the keys of the chat as they are in force. */
export const keysCommand: Command = {
	name: 'keys',
	summary: 'list the keys of the chat, with what the configuration changes',
	usage: ['keys [--json]'],
	details: [
		'  Change one:  clawtalk config set keys.external-editor "Ctrl+X Ctrl+E" Ctrl+G',
		'  Back again:  clawtalk config unset keys.external-editor',
		'',
		'A chord has one or two strokes: Ctrl with a letter, Alt with a letter or a digit, or a named key (Enter, Tab, Up, PageUp, Home, Delete …). One that is given to a key is taken from the key that usually has it.',
	].join('\n'),
	flags: {json: {type: 'boolean', help: 'print JSON'}},
	commonFlags: ['profile', 'debug'],
	run: listKeys,
};

async function listKeys(context: CommandContext): Promise<ExitCode> {
	if (context.input.length > 0) {
		context.stderr.write('clawtalk: keys takes no arguments. To change one: clawtalk config set keys.NAME CHORD\n');
		return exitCodes.usage;
	}
	const result = await loadSettings({flags: settingsFlags(context.flags), env: context.env, stdinIsTTY: false});
	if (!result.ok) return refuse(result.problems, line => void context.stderr.write(`${line}\n`)).exitCode;
	const {keys} = result.settings;
	const remapped = remapKeys(keys?.value ?? {});
	const rows = remapped.ok ? remapped.rows : keyTable;
	context.stdout.write(context.flags['json'] === true ? `${JSON.stringify(documentOf(rows, keys))}\n` : textOf(rows, keys));
	return exitCodes.ok;
}

function documentOf(rows: readonly BoundKey[], keys: Setting<KeyRemap> | undefined) {
	return {
		schema: 'clawtalk.keys/1',
		source: keys?.source ?? null,
		keys: rows.map(({name, chords, usual, help}) => ({
			name,
			chords,
			changed: usual !== undefined,
			usual: usual ?? chords,
			does: help ?? null,
		})),
	};
}

function textOf(rows: readonly BoundKey[], keys: Setting<KeyRemap> | undefined): string {
	const cells = rows.map(row => [row.name, row.chords.join(', ') || '(none)', meaningOf(row)] as const);
	const widths = [0, 1].map(column => Math.max(...cells.map(cell => (cell[column] ?? '').length)));
	const lines = cells.map(([name, chords, does]) => `${name.padEnd(widths[0] ?? 0)}  ${chords.padEnd(widths[1] ?? 0)}  ${does}`.trimEnd());
	const {source} = keys ?? {};
	const from =
		source?.kind === 'file' ? `Changed keys are from ${shown(source.path)}${source.profile ? `, profile ${source.profile}` : ''}.` : '';
	return `${[...lines, ...(from ? ['', from] : [])].join('\n')}\n`;
}

function meaningOf({help = '', usual}: BoundKey): string {
	return usual === undefined ? help : `${help}${help ? ' ' : ''}(changed; usually ${usual.join(', ')})`;
}
