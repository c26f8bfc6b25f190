import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {locate} from '../../config/location.js';
import {redact} from '../../diagnosis/redact.js';
import {exitCodes} from '../../exit-codes.js';
import {readVersion} from '../../version.js';

/** Ends synchronized output, SGR, bracketed paste and the kitty keyboard protocol, and shows the cursor. */
const restoreSequence = '\u001B[?2026l\u001B[0m\u001B[?2004l\u001B[<u\u001B[?25h';

/** From now on an exception that nobody caught ends the process with a report and `bug`. */
export function catchCrashes(): void {
	process.on('uncaughtException', crash);
	process.on('unhandledRejection', crash);
}

/** Ends the process because of a bug. */
export function crash(error: unknown): never {
	reportCrash(error);
	process.exit(exitCodes.bug);
}

/**
 * For bugs of ours: gives the terminal back, writes a redacted report and prints its path in one line on stderr. Never throws.
 */
function reportCrash(error: unknown): void {
	restoreTerminal();
	const text = crashText(error, new Date());
	const summary = redact(error instanceof Error ? `${error.name}: ${error.message}` : String(error))
		.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
		.slice(0, 200);
	let where: string;
	try {
		where = `The report is in ${writeReport(text)}`;
	} catch (failure) {
		where = `The report could not be written (${(failure as NodeJS.ErrnoException).code ?? 'unknown error'})`;
	}
	process.stderr.write(`clawtalk: a bug of clawtalk ended it: ${summary}. ${where}\n`);
}

/** Version, Node, platform and the whole chain of causes; no arguments, environment or other values of the run. */
function crashText(error: unknown, at: Date): string {
	const lines = [
		`clawtalk ${readVersion()} crashed at ${at.toISOString()}`,
		`Node ${process.version}, ${process.platform} ${process.arch}`,
		'',
		process.getBuiltinModule('node:util').inspect(error, {depth: 4, breakLength: 120}),
		'',
	];
	return redact(lines.join('\n'));
}

function writeReport(text: string): string {
	const folder = join(locate(process.env).directory, 'crashes');
	mkdirSync(folder, {recursive: true, mode: 0o700});
	const path = join(folder, `${new Date().toISOString().replaceAll(':', '-')}-${process.pid}.txt`);
	writeFileSync(path, text, {mode: 0o600, flag: 'wx'});
	return path;
}

function restoreTerminal(): void {
	if (!process.stdin.isTTY || !process.stdin.isRaw) return;
	process.stdin.setRawMode(false);
	if (process.stdout.isTTY) process.stdout.write(restoreSequence);
}
