import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import {runProgram} from '../../helpers/run-program.js';
import {buildClient, buildRemote, forgetPackets, packetsSent} from './network.js';
import type {AnswerMessage, FinishedRun, Order, OrderMessage, ProgramRun, ServiceRecord, WorldPlan} from './plan.js';
import {startService} from './services.js';

// A machine of a world: runs in its namespaces and takes orders over IPC until the channel closes. The client is the first process of
// its process namespace, so that everything goes when it goes; it starts the other machine and hands orders on.

const isRemote = process.argv[2] === 'remote';
let secrets: readonly string[] = [];
let remote: ChildProcess | undefined;
const recorders: Array<() => readonly ServiceRecord[]> = [];

process.on('disconnect', () => process.exit(0));
process.on('message', (message: OrderMessage) => {
	if (message.to === 'remote' && !isRemote) {
		remote?.send(message);
		return;
	}
	obey(message.order).then(
		result => reply({id: message.id, result}),
		(error: unknown) => reply({id: message.id, error: error instanceof Error ? (error.stack ?? error.message) : String(error)}),
	);
});

function reply(answer: AnswerMessage): void {
	process.send?.(answer);
}

async function obey(order: Order): Promise<unknown> {
	switch (order.kind) {
		case 'build':
			return build(order.plan);
		case 'start':
			recorders.push(await startService(order.service, secrets));
			return;
		case 'run':
			return run(order.run);
		case 'forget-packets':
			return forgetPackets();
		case 'packets':
			return packetsSent();
		case 'records':
			return recorders.flatMap(record => record());
	}
}

async function build(plan: WorldPlan): Promise<void> {
	secrets = plan.secrets;
	if (isRemote) {
		buildRemote(plan);
		return;
	}
	if (plan.remote) {
		remote = spawn('unshare', ['-n', process.execPath, fileURLToPath(import.meta.url), 'remote'], {
			stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
		});
		remote.on('message', answer => reply(answer as AnswerMessage));
		// It is in its namespace once it speaks.
		await once(remote, 'message');
	}
	buildClient(plan, remote?.pid);
}

async function run({command: [program = '', ...args], env, cwd, stdin, limitMs}: ProgramRun): Promise<FinishedRun> {
	const startedAt = performance.now();
	const finished = await runProgram(program, args, {env, cwd, limitMs, ...(stdin === undefined ? {} : {stdin})});
	return {...finished, tookMs: performance.now() - startedAt};
}

if (isRemote) reply({id: 0});
