import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {EditorResult} from '../../chat/composer/external-editor.js';
import {shown} from '../../config/shown.js';
import type {World} from '../../perform.js';
import {editorName, findEditor, runEditor} from '../run-editor.js';
import {withoutInterrupts} from './interrupts.js';

/** A message is no book: more than this comes from a mistake, and would make every key slow. */
const maxBytes = 4 * 1024 * 1024;

/**
 * Lets the user edit a text in their own editor. It stands in a file of mode 0600 in a folder of its own, which goes in the end with
 * whatever the editor left there; it stays, and is named, when what was written cannot be read back. Never rejects for what an editor does.
 */
export async function editOutside(
	text: string,
	env: Readonly<NodeJS.ProcessEnv>,
	lend: NonNullable<World['lendTerminal']>,
): Promise<EditorResult> {
	const editor = findEditor(env);
	if (!editor.ok) return kept(`${editor.where} ${editor.message}`);
	const name = editorName(editor.words);
	let folder: string;
	try {
		folder = await mkdtemp(join(tmpdir(), 'clawtalk-'));
	} catch (error) {
		return kept(`There is no place for a file to edit: ${codeOf(error)}. Your text is still here.`);
	}
	const path = join(folder, 'message.md');
	try {
		await writeFile(path, text, {flag: 'wx', mode: 0o600});
		const failure = await lend(() => withoutInterrupts(() => runEditor(editor.words, path, env)));
		if (failure !== undefined) {
			await rm(folder, {recursive: true, force: true});
			return kept(`${name} ${failure.replace(/\.$/, '')}. Your text is as it was before.`);
		}
	} catch (error) {
		await rm(folder, {recursive: true, force: true});
		return kept(`${name} could not be used: ${codeOf(error)}. Your text is as it was before.`);
	}
	return readBack(text, folder, path);
}

async function readBack(before: string, folder: string, path: string): Promise<EditorResult> {
	try {
		const bytes = await readFile(path);
		if (bytes.length > maxBytes)
			return kept(`What was written is longer than 4 MB. It is in ${shown(path)}; your text is as it was before.`);
		const after = new TextDecoder('utf-8', {fatal: true}).decode(bytes).replace(/\r\n?/g, '\n');
		await rm(folder, {recursive: true, force: true});
		// Editors end a file with a line end; a message needs none.
		const text = before.endsWith('\n') ? after : after.replace(/\n$/, '');
		return text === before ? {kind: 'kept'} : {kind: 'changed', text};
	} catch (error) {
		const why = error instanceof TypeError ? 'it is not UTF-8' : codeOf(error);
		return kept(`What was written cannot be read back: ${why}. It is in ${shown(path)}; your text is as it was before.`);
	}
}

function kept(problem: string): EditorResult {
	return {kind: 'kept', problem};
}

function codeOf(error: unknown): string {
	const {code, message} = error as NodeJS.ErrnoException;
	return shown(code ?? message ?? String(error));
}
