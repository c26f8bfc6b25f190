import {chmod, stat} from 'node:fs/promises';
import {dirname} from 'node:path';
import type {Locations} from './location.js';
import {makeFolder} from './make-folder.js';

/** Makes sure `~/.clawtalk` exists and is the user's alone (0700). conf would create it with 0755. */
export async function ensureDirectory(locations: Locations): Promise<void> {
	await makeFolder(locations.directory);
	const {mode, uid} = await stat(locations.directory);
	if (mode & 0o077 && uid === process.getuid?.()) await chmod(locations.directory, 0o700);
}

/** The folder of the config file: created 0700; an existing folder that `CLAWTALK_CONFIG` names is left as it is. */
export async function ensureConfigFolder(locations: Locations): Promise<void> {
	if (locations.configFileIsNamed) await makeFolder(dirname(locations.configFile));
	else await ensureDirectory(locations);
}
