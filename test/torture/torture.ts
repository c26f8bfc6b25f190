import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {text} from 'node:stream/consumers';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {type Fault, failingDisk} from './failing-disk.js';
import {checkHome, closeHome, listen, openHome, type Told} from './play.js';
import type {Scenario} from './scenario.js';

/**
 * Each scenario again and again, with the first, the second, … call on the disk going wrong, until it has no more calls: as curl and SQLite
 * are tested. What a step told as saved must be there, all else must be as it was, and nothing may pile up.
 */
const disk = await failingDisk();

const faults: ReadonlyArray<readonly [name: string, fault: Fault]> = [
	['no space from there on', {kind: 'error', code: 'ENOSPC', lasts: true}],
	['no space once', {kind: 'error', code: 'ENOSPC', lasts: false}],
	['an I/O error', {kind: 'error', code: 'EIO', lasts: false}],
	['no permission', {kind: 'error', code: 'EACCES', lasts: false}],
	['half of a write', {kind: 'torn'}],
	['the end of the process', {kind: 'freeze'}],
];

/** Real ends of real processes, which cost a fifth of a second each: so many for a scenario, spread over its calls. */
const kills = 5;

/** Plays with the n-th call failing; answers with how many calls there were. */
async function play(scenario: Scenario, fault: Fault, n: number): Promise<{readonly calls: number; readonly told: Told}> {
	const home = await openHome(scenario);
	const told = listen();
	try {
		const frozen = disk.arm(home, fault, n);
		const run = scenario.run(home, told.step);
		await Promise.race([run, frozen]).finally(() => disk.disarm());
		const {calls, failed} = await disk.disarm();
		await checkHome(scenario, home, told, fault).catch((error: Error) => {
			throw new Error(`call ${n} (${failed}), saved: ${told.saved}, failed: ${told.failed}: ${error.message}`, {cause: error});
		});
		return {calls, told};
	} finally {
		await closeHome(home);
	}
}

/** A test for each scenario and fault. */
export function torture(scenarios: readonly Scenario[]): void {
	for (const scenario of scenarios) {
		for (const [name, fault] of faults) {
			test(`${scenario.name}, ${name}`, async () => {
				for (let n = 1; ; n++) {
					const {calls, told} = await play(scenario, fault, n);
					if (calls >= n) continue;
					assert.deepEqual(told.failed, []);
					assert.ok(n > 3, `only ${calls} calls`);
					break;
				}
			});
		}

		test(`${scenario.name}, killed`, async () => {
			const {calls} = await play(scenario, {kind: 'torn'}, Number.POSITIVE_INFINITY);
			const places = Array.from({length: kills}, (_, index) => 1 + Math.floor((index * (calls - 1)) / (kills - 1)));
			for (const n of places) await kill(scenario, n);
		});
	}
}

const program = fileURLToPath(new URL('torture-child.js', import.meta.url));

async function kill(scenario: Scenario, n: number): Promise<void> {
	const home = await openHome(scenario);
	try {
		const child = spawn(process.execPath, [program, scenario.name, home, `${n}`], {stdio: ['ignore', 'pipe', 'inherit']});
		const [said, [code, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
		const saved: readonly string[] = said
			.split('\n')
			.filter(Boolean)
			.map(line => JSON.parse(line));
		assert.ok(signal === 'SIGKILL' || code === 0, `ended with ${code}`);
		await checkHome(scenario, home, {saved: [...saved]}, {kind: 'kill'}).catch((error: Error) => {
			throw new Error(`killed after call ${n}, saved: ${saved}: ${error.message}`, {cause: error});
		});
		// The next process is not kept waiting by what this one left.
		const again = listen();
		await scenario.run(home, again.step);
		if (scenario.canRepeat !== false) assert.deepEqual(again.failed, []);
	} finally {
		await closeHome(home);
	}
}
