import {realpath} from 'node:fs/promises';
import {basename, dirname, extname} from 'node:path';
import {withLock} from './file-lock.js';
import {ensureConfigFolder} from './folder.js';
import type {Locations} from './location.js';
import {configProblem} from './problem-line.js';
import {type ConfigObject, readConfigFile} from './read.js';
import {checkConfig} from './schema.js';
import type {ConfigProblem} from './settings.js';
import {shown} from './shown.js';

export type SaveResult = {readonly ok: true} | {readonly ok: false; readonly problem: ConfigProblem};

/**
 * Changes config.json: reads it, lets `change` make the new object, writes what differs. Under a lock across processes, by conf's
 * atomic rename, mode 0600 in a folder 0700; other keys stay. A file that does not parse, or is no object, is refused and not
 * touched: conf alone would replace it. A change that would make the file invalid is refused too. Never called for a value that came from a flag.
 */
export async function saveConfig(locations: Locations, change: (config: ConfigObject) => ConfigObject): Promise<SaveResult> {
	try {
		await ensureConfigFolder(locations);
		const path = await realPathOf(locations.configFile);
		return await withLock(path, async () => {
			const file = await readConfigFile(path);
			if (file.kind === 'broken') return {ok: false, problem: file.problem};
			const before = file.kind === 'object' ? file.value : {};
			const after = change(before);
			const added = addedProblem(before, after, path);
			if (added) return {ok: false, problem: added};
			if (after !== before) await write(path, after);
			return {ok: true};
		});
	} catch (error) {
		const {code, message} = error as NodeJS.ErrnoException;
		return {ok: false, problem: configProblem(shown(locations.configFile), `cannot be written: ${shown(code ?? message)}.`)};
	}
}

/** A file may have problems, or nobody could repair it key by key; a change may not bring new ones. */
function addedProblem(before: ConfigObject, after: ConfigObject, path: string): ConfigProblem | undefined {
	const known = new Set(checkConfig(before, path).map(({where}) => where));
	return checkConfig(after, path).find(({where}) => !known.has(where));
}

/** conf is loaded here and nowhere else: it costs 55 ms, and reading does without. */
async function write(path: string, after: ConfigObject): Promise<void> {
	const {default: Conf} = await import('conf');
	const extension = extname(path);
	const conf = new Conf<Record<string, unknown>>({
		projectName: 'clawtalk',
		cwd: dirname(path),
		configName: basename(path, extension),
		fileExtension: extension.slice(1),
		// `set('models.gpt-5.4', …)` would otherwise make nested lists, and a broken file would be emptied on construction.
		accessPropertiesByDotNotation: false,
		clearInvalidConfig: false,
		configFileMode: 0o600,
	});
	// All keys in one write: a token must never stand beside the URL of before.
	conf.store = {...after};
}

/** A symlinked config.json stays a link, and all who write through it share one lock. */
async function realPathOf(path: string): Promise<string> {
	try {
		return await realpath(path);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return path;
		throw error;
	}
}
