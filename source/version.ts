import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

/**
 * The version of this clawtalk, from the nearest package.json above this file: the same code runs from `dist/` in the package and
 * from a compiler's output folder in tests.
 */
export function readVersion(): string {
	let folder = dirname(fileURLToPath(import.meta.url));
	for (let parent = dirname(folder); parent !== folder; folder = parent, parent = dirname(folder)) {
		const version = versionIn(join(folder, 'package.json'));
		if (version !== undefined) return version;
	}
	return 'unknown';
}

function versionIn(path: string): string | undefined {
	try {
		const parsed = JSON.parse(readFileSync(path, 'utf8')) as {name?: unknown; version?: unknown};
		return parsed.name === 'clawtalk' && typeof parsed.version === 'string' ? parsed.version : undefined;
	} catch {
		// No package.json here, or not ours: the search goes on one folder up.
		return undefined;
	}
}
