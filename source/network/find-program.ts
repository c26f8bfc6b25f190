import {accessSync, constants} from 'node:fs';
import {delimiter, isAbsolute, join} from 'node:path';

/** Where PATH has a program of this name. Only absolute entries count: a relative one would run whatever lies in the current folder. */
export function placesInPath(name: string, path = ''): readonly string[] {
	const file = process.platform === 'win32' ? `${name}.exe` : name;
	return path
		.split(delimiter)
		.filter(entry => isAbsolute(entry))
		.map(entry => join(entry, file));
}

/** The first of these files that this user may run. */
export function firstExecutable(candidates: readonly string[]): string | undefined {
	return candidates.find(candidate => {
		try {
			accessSync(candidate, constants.X_OK);
			return true;
		} catch {
			// Absent or not ours to run: the next place.
			return false;
		}
	});
}
