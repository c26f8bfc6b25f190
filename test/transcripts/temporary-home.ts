import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {TestContext} from 'node:test';
import {atEnd} from '../helpers/at-end.js';

/** A folder for one test, gone after it; clawtalk's own folder in it does not exist yet. */
export async function temporaryHome(context: TestContext): Promise<string> {
	const directory = await mkdtemp(join(tmpdir(), 'clawtalk-transcripts-'));
	atEnd(context, () => rm(directory, {recursive: true, force: true}));
	return join(directory, '.clawtalk');
}
