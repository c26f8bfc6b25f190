import assert from 'node:assert/strict';
import {mkdir, mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import type {Fault} from './failing-disk.js';
import type {Scenario, Step} from './scenario.js';

/** What was told to the user, step by step. */
export interface Told {
	readonly step: Step;
	readonly saved: string[];
	readonly failed: string[];
}

export function listen(onSaved: (name: string) => void = () => undefined): Told {
	const saved: string[] = [];
	const failed: string[] = [];
	const step: Step = async (name, work) => {
		try {
			await work();
		} catch (error) {
			const {code} = error as NodeJS.ErrnoException;
			// Anything else than what the system said is a mistake of ours.
			if (code === undefined) throw error;
			failed.push(name);
			return false;
		}
		saved.push(name);
		onSaved(name);
		return true;
	};
	return {step, saved, failed};
}

const neighbours = ['conversations/neighbour.jsonl', 'connection-log.jsonl'];

/** A folder for one run, with files that are none of the scenario's business. */
export async function openHome(scenario: Scenario): Promise<string> {
	const home = join(await mkdtemp(join(tmpdir(), 'clawtalk-torture-')), '.clawtalk');
	await mkdir(join(home, 'conversations'), {recursive: true, mode: 0o700});
	for (const name of neighbours) await writeFile(join(home, name), `${name}\n`);
	await scenario.prepare(home);
	return home;
}

export async function closeHome(home: string): Promise<void> {
	await rm(dirname(home), {recursive: true, force: true});
}

/** What must be true whatever happened. */
export async function checkHome(scenario: Scenario, home: string, told: Pick<Told, 'saved'>, fault: Fault): Promise<void> {
	for (const name of neighbours) assert.equal(await readFile(join(home, name), 'utf8'), `${name}\n`, name);
	const left = (await readdir(home, {recursive: true})).filter(name => /\.(?:tmp|new|lock|takeover)$|\.tmp-/.test(name));
	const isAlive = fault.kind !== 'kill' && fault.kind !== 'freeze';
	assert.ok(left.length <= (isAlive ? 1 : 2), `left behind: ${left}`);
	await scenario.check(home, told.saved, isAlive);
}
