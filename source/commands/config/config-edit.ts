import {chmod, stat, writeFile} from 'node:fs/promises';
import {ensureConfigFolder} from '../../config/folder.js';
import {locate} from '../../config/location.js';
import {configProblem, problemLine, usageProblem} from '../../config/problem-line.js';
import {readConfigFile} from '../../config/read.js';
import {checkConfig, checkNames} from '../../config/schema.js';
import {shown} from '../../config/shown.js';
import {type ExitCode, exitCodes} from '../../exit-codes.js';
import type {CommandContext} from '../command.js';
import {refuse} from '../gateway-target.js';
import {findEditor, runEditor} from '../run-editor.js';

/** `config edit`: the file itself in $VISUAL or $EDITOR, also when it is broken; afterwards it is checked and closed to others. */
export async function editConfig(context: CommandContext): Promise<ExitCode> {
	const say = (line: string): void => void context.stderr.write(`${line}\n`);
	if (!context.stdin.isTTY || !context.stdout.isTTY) {
		const message = `needs a terminal for the editor. The file is ${shown(locate(context.env).configFile)}; or: clawtalk config set KEY VALUE`;
		return refuse([usageProblem('config edit', message)], say).exitCode;
	}
	const editor = findEditor(context.env);
	if (!editor.ok) return refuse([usageProblem(editor.where, editor.message)], say).exitCode;
	const locations = locate(context.env);
	const path = locations.configFile;
	try {
		await ensureConfigFolder(locations);
		if ((await readConfigFile(path)).kind === 'absent') await writeFile(path, '{\n}\n', {flag: 'wx', mode: 0o600});
		const failure = await runEditor(editor.words, path, context.env);
		if (failure)
			return refuse(
				[configProblem(shown(editor.words[0] ?? ''), /^ended/.test(failure) ? `${failure}; the file is as it left it.` : failure)],
				say,
			).exitCode;
		await closeToOthers(path);
	} catch (error) {
		return refuse([configProblem(shown(path), `cannot be edited (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}).`)], say)
			.exitCode;
	}
	const file = await readConfigFile(path);
	if (file.kind === 'broken') return refuse([file.problem], say).exitCode;
	const config = file.kind === 'object' ? file.value : {};
	for (const warning of checkNames(config, path)) say(problemLine(warning));
	const problems = checkConfig(config, path);
	return problems.length > 0 ? refuse(problems, say).exitCode : exitCodes.ok;
}

/** Editors that write a new file and rename it give it the mode of the umask. */
async function closeToOthers(path: string): Promise<void> {
	const {mode, uid} = await stat(path);
	if (mode & 0o077 && uid === process.getuid?.()) await chmod(path, 0o600);
}
