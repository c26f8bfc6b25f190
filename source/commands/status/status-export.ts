import {lstat, open, unlink} from 'node:fs/promises';
import {shown} from '../../config/shown.js';
import type {Evidence} from '../../diagnosis/evidence.js';
import {reportOf} from '../../diagnosis/report/report.js';
import {type ExitCode, exitCodes} from '../../exit-codes.js';
import type {CommandContext} from '../command.js';
import {promptsFor} from '../prompts.js';
import {say} from '../say.js';

/** Whether a report could not be written to this path because something is there; says so. Told before a look and a question for nothing. */
export async function standsInTheWay(context: CommandContext, path: string): Promise<boolean> {
	// A path that cannot be looked at is told when it is written to.
	if (path === '-' || !(await lstat(path).catch(() => undefined))) return false;
	say(context, `${shown(path)} is there already; it was left as it is.`);
	return true;
}

/**
 * `--report FILE|-`: shows what would leave, then writes it to a new file (0600), after a yes on a terminal. `-` prints it and nothing
 * else. The exit code of a file that could not be written is `usage`, where nothing else is wrong.
 */
export async function exportReport(context: CommandContext, evidence: Evidence): Promise<ExitCode> {
	const {flags, stdout, stderr} = context;
	const path = String(flags['report']);
	const text = `${JSON.stringify(reportOf(evidence), undefined, '\t')}\n`;
	if (path === '-') {
		stdout.write(text);
		return exitCodes.ok;
	}
	stderr.write(text);
	const prompts = promptsFor(context);
	if (prompts !== undefined && (await prompts.yes(`Write this to ${shown(path)}?`)) !== true) {
		say(context, 'nothing was written.');
		return exitCodes.ok;
	}
	return (await writeNew(context, path, text)) ? exitCodes.ok : exitCodes.usage;
}

async function writeNew(context: CommandContext, path: string, text: string): Promise<boolean> {
	try {
		const file = await open(path, 'wx', 0o600);
		try {
			await file.writeFile(text);
		} catch (error) {
			// Half a report is of no use to anybody; the file is our own.
			await unlink(path);
			throw error;
		} finally {
			await file.close();
		}
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		const why = code === 'EEXIST' ? 'is there already; it was left as it is' : `cannot be written (${code ?? 'unknown error'})`;
		say(context, `${shown(path)} ${why}.`);
		return false;
	}
	say(context, `wrote ${shown(path)}. It explains the same: clawtalk status --evidence ${/^[\w./-]+$/.test(path) ? path : 'FILE'}`);
	return true;
}
