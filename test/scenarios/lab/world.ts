import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {TestContext} from 'node:test';
import {fileURLToPath} from 'node:url';
import type {AnswerMessage, FinishedRun, Machine, Order, ProgramRun, Service, ServiceRecord, WorldPlan} from './plan.js';
import {namespaces, worldPath} from './support.js';

/** One or two machines on a cable of their own, until the test ends. */
export interface World {
	/** A folder of this world; `home` in it is the home of who runs clawtalk. */
	readonly folder: string;
	readonly home: string;
	start(machine: Machine, service: Service): Promise<void>;
	run(run: ProgramRun, machine?: Machine): Promise<FinishedRun>;
	forgetPackets(): Promise<void>;
	packets(): Promise<readonly string[]>;
	records(): Promise<readonly ServiceRecord[]>;
}

export type WorldWish = Omit<WorldPlan, 'folder'>;

/** Makes a world. Throws when the machine does not let us (see `reasonToSkip`). */
export async function openWorld(test: Pick<TestContext, 'after'>, wish: WorldWish): Promise<World> {
	const folder = mkdtempSync(path.join(tmpdir(), 'clawtalk-world-'));
	const home = path.join(folder, 'home');
	mkdirSync(home, {mode: 0o700});
	const inside = fileURLToPath(new URL('inside.js', import.meta.url));
	const child = spawn('unshare', [...(namespaces ?? []), process.execPath, '--enable-source-maps', inside, 'client'], {
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
		env: {PATH: worldPath, TMPDIR: folder, HOME: folder},
	});
	const gone = once(child, 'close');
	test.after(async () => {
		child.kill('SIGKILL');
		await gone;
		rmSync(folder, {recursive: true, force: true, maxRetries: 5});
	});
	const give = orders(child);
	const plan: WorldPlan = {...wish, folder};
	await give('client', {kind: 'build', plan});
	if (plan.remote) await give('remote', {kind: 'build', plan});
	return {
		folder,
		home,
		start: async (machine, service) => void (await give(machine, {kind: 'start', service})),
		run: async (run, machine = 'client') => (await give(machine, {kind: 'run', run})) as FinishedRun,
		forgetPackets: async () => void (await give('client', {kind: 'forget-packets'})),
		packets: async () => (await give('client', {kind: 'packets'})) as readonly string[],
		async records() {
			const machines: readonly Machine[] = plan.remote ? ['client', 'remote'] : ['client'];
			const lists = await Promise.all(machines.map(machine => give(machine, {kind: 'records'})));
			return lists.flat() as ServiceRecord[];
		},
	};
}

function orders(child: ChildProcess): (to: Machine, order: Order) => Promise<unknown> {
	const waiting = new Map<number, {resolve: (result: unknown) => void; reject: (error: Error) => void}>();
	let next = 1;
	child.on('message', message => {
		const {id, result, error} = message as AnswerMessage;
		const one = waiting.get(id);
		waiting.delete(id);
		if (error === undefined) one?.resolve(result);
		else one?.reject(new Error(error));
	});
	child.on('exit', (code, signal) => {
		for (const {reject} of waiting.values()) reject(new Error(`The world ended with ${code ?? signal}`));
	});
	return async (to, order) =>
		new Promise((resolve, reject) => {
			const id = next++;
			waiting.set(id, {resolve, reject});
			child.send({id, to, order});
		});
}
