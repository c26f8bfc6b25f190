import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createConnection} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {TestContext} from 'node:test';
import {atEnd} from '../helpers/at-end.js';

/** A program that stands for ssh: each run takes the next line of a plan. */
export interface StubSsh {
	readonly program: string;
	/** The folder of the program: a PATH for clawtalk. */
	readonly folder: string;
	/** The arguments of each run so far. */
	runs(): ReadonlyArray<readonly string[]>;
	/** Whether the last run is still there. */
	isRunning(): boolean;
	/** Resolves when the last run, which must be there, is gone, however it ends. */
	ended(): Promise<void>;
}

/**
 * What one run does: `to` forwards to that port of 127.0.0.1; `says` writes to stderr, and without `to` the run ends with it.
 * `endsWith` is written at the second connection, and ends the run.
 */
export interface StubRun {
	readonly to?: number;
	readonly says?: string;
	readonly endsWith?: string;
}

const script = (folder: string) => `#!${process.execPath}
const {appendFileSync, readFileSync} = require('node:fs');
const {createServer, connect} = require('node:net');
const words = process.argv.slice(2);
const log = ${JSON.stringify(join(folder, 'runs'))};
appendFileSync(log, JSON.stringify({pid: process.pid, words}) + '\\n');
const run = readFileSync(log, 'utf8').trim().split('\\n').length;
const plan = JSON.parse(readFileSync(${JSON.stringify(join(folder, 'plan.json'))}, 'utf8'));
const {to, says, endsWith} = plan[Math.min(run, plan.length) - 1];
if (says !== undefined) process.stderr.write(says + '\\n');
if (to === undefined) process.exitCode = 255;
else {
	let connections = 0;
	createServer(watcher => watcher.on('error', () => undefined)).listen(${JSON.stringify(folder)} + '/life-' + process.pid);
	const path = words[words.indexOf('-L') + 1].split(':')[0];
	createServer(socket => {
		connections += 1;
		if (endsWith !== undefined && connections > 1) {
			process.stderr.write(endsWith + '\\n');
			process.exit(255);
		}
		const far = connect(to, '127.0.0.1');
		for (const end of [socket, far]) end.on('error', () => { socket.destroy(); far.destroy(); });
		socket.pipe(far).pipe(socket);
	}).listen(path);
}
`;

export function stubSsh(test: Pick<TestContext, 'after'>, plan: readonly StubRun[]): StubSsh {
	const folder = mkdtempSync(join(tmpdir(), 'stub-ssh-'));
	atEnd(test, () => rmSync(folder, {recursive: true, force: true}));
	const program = join(folder, 'ssh');
	writeFileSync(program, script(folder), {mode: 0o700});
	writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan));
	const runs = () =>
		readFileSync(join(folder, 'runs'), 'utf8')
			.trim()
			.split('\n')
			.map(line => JSON.parse(line) as {pid: number; words: string[]});
	const lastPid = () => runs().at(-1)?.pid ?? 0;
	return {
		program,
		folder,
		runs: () => runs().map(({words}) => words),
		isRunning: () => isAlive(lastPid()),
		// An open connection to it tells its end as an event.
		ended: () =>
			new Promise(resolve =>
				createConnection(join(folder, `life-${lastPid()}`))
					.on('error', () => undefined)
					.once('close', () => resolve()),
			),
	};
}

function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		// No such process.
		return false;
	}
}
