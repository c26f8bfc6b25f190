import {chmod, mkdir, stat} from 'node:fs/promises';
import {dirname} from 'node:path';
import type {Locations} from './location.js';

/** Makes sure `~/.clawtalk` exists and is the user's alone (0700). conf would create it with 0755. */
export async function ensureDirectory(locations: Locations): Promise<void> {
	await mkdir(locations.directory, {recursive: true, mode: 0o700});
	const {mode, uid} = await stat(locations.directory);
	if (mode & 0o077 && uid === process.getuid?.()) await chmod(locations.directory, 0o700);
}

/** The folder of the config file: created 0700; an existing folder that `CLAWTALK_CONFIG` names is left as it is. */
export async function ensureConfigFolder(locations: Locations): Promise<void> {
	if (locations.configFileIsNamed) await mkdir(dirname(locations.configFile), {recursive: true, mode: 0o700});
	else await ensureDirectory(locations);
}
