import {spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';

/** What one finished process cost. */
export interface ProcessCost {
	/** Spawn to exit, milliseconds. */
	readonly wallMs: number;
	/** User plus system CPU, milliseconds. */
	readonly cpuMs: number;
	/** Largest resident set, MB (10^6 bytes). */
	readonly peakMb: number;
	readonly exitCode: number;
	readonly stdout: string;
}

/**
 * wait4(2) is the only exact account of a finished child (CPU and peak memory to its last instruction) and Node does not offer it,
 * so a few lines of Python spawn, wait and report on descriptor 3. The clock starts and stops in there: Python's own start is not in it.
 */
const waiter = `
import os,sys,time,json
t=time.perf_counter()
pid=os.posix_spawnp(sys.argv[1],sys.argv[1:],os.environ,file_actions=[(os.POSIX_SPAWN_CLOSE,3)])
_,status,usage=os.wait4(pid,0)
w=(time.perf_counter()-t)*1000
os.write(3,json.dumps({"wallMs":w,"cpuMs":(usage.ru_utime+usage.ru_stime)*1000,"peakMb":usage.ru_maxrss*(1 if sys.platform=="darwin" else 1024)/1e6,"exitCode":os.waitstatus_to_exitcode(status)}).encode())
`;

/**
 * Runs a command to its end and says what it cost. Needs python3 on the PATH. Rejects when it cannot be started. `within` is a command
 * that runs another one in its surroundings; its own time is not in the cost.
 */
export function measureProcess(command: readonly string[], env: NodeJS.ProcessEnv, within: readonly string[] = []): Promise<ProcessCost> {
	return new Promise((resolve, reject) => {
		const [program = 'python3', ...args] = [...within, 'python3', '-c', waiter, ...command];
		const child = spawn(program, args, {env, stdio: ['ignore', 'pipe', 'inherit', 'pipe']});
		let stdout = '';
		let report = '';
		child.stdout?.on('data', (piece: Buffer) => {
			stdout += piece.toString();
		});
		child.stdio[3]?.on('data', (piece: Buffer) => {
			report += piece.toString();
		});
		child.on('error', reject);
		child.on('close', () => {
			if (report === '') reject(new Error(`No measurement of: ${command.join(' ')}`));
			else resolve({...(JSON.parse(report) as Omit<ProcessCost, 'stdout'>), stdout});
		});
	});
}

/** CPU used so far (milliseconds) and peak memory (MB) of a living process, from /proc: Linux only. */
export function costSoFar(pid: number): {cpuMs: number; peakMb: number; residentMb: number} {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	const kilobytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? Number.NaN);
	// utime and stime are fields 14 and 15 of proc(5), in clock ticks of 10 ms; two fields went with the split.
	return {
		cpuMs: (Number(fields[11]) + Number(fields[12])) * 10,
		peakMb: (kilobytes('VmHWM') * 1024) / 1e6,
		residentMb: (kilobytes('VmRSS') * 1024) / 1e6,
	};
}
