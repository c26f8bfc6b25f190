import {stat} from 'node:fs/promises';
import {dirname} from 'node:path';
import {fullPath} from '../../attachments/find-files.js';
import {homeOf} from '../../config/location.js';
import {exportConversation} from '../../export/export-conversation.js';
import {exportFormats, formatOfFile} from '../../export/export-format.js';
import {conversationFile} from '../../transcripts/location.js';

/**
 * `/export`: writes a conversation into a file; without a path into the working folder, named after its title. Answers with a line for
 * the user, also when nothing was written.
 *
 * @param userHome What `~` at the beginning of a path stands for.
 */
export async function exportStored(home: string, id: string, path?: string, userHome = homeOf(process.env)): Promise<string> {
	const format = path === undefined ? 'md' : formatOfFile(path);
	if (format === undefined) return `Nothing was written: the name has to end in ${exportFormats.map(name => `.${name}`).join(', ')}.`;
	const file = path === undefined ? undefined : fullPath(path, process.cwd(), userHome);
	try {
		const written = await exportConversation(home, id, format, file === undefined ? {folder: process.cwd()} : {file});
		return `The conversation is in ${written.path}.`;
	} catch (error) {
		return `Nothing was written: ${await whyNot(error as NodeJS.ErrnoException, conversationFile(home, id), file)}`;
	}
}

async function whyNot({code, message}: NodeJS.ErrnoException, conversation: string, file?: string): Promise<string> {
	if (code === 'EEXIST') return `${file} is there already. Give another name.`;
	if (code !== 'ENOENT') return `${message}.`;
	const isStored = await stat(conversation).then(
		() => true,
		() => false,
	);
	return isStored && file !== undefined ? `there is no folder ${dirname(file)}.` : 'this conversation is not on disk.';
}
