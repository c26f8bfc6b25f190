import {createRequire, syncBuiltinESMExports} from 'node:module';

/** What the n-th call on the disk does instead of what it was asked for, or after it. */
export type Fault =
	| {
			readonly kind: 'error';
			readonly code: 'ENOSPC' | 'EIO' | 'EACCES' /** Every later call that writes fails, too. */;
			readonly lasts: boolean;
	  }
	/** Half of what was to be written is written, then there is no space. */
	| {readonly kind: 'torn'}
	/** The process is gone right after the call. */
	| {readonly kind: 'kill'}
	/** As if it were gone: nothing that it does later reaches the disk, and it never hears of it. */
	| {readonly kind: 'freeze'};

export interface FailingDisk {
	/** From now on calls that concern `folder` are counted, and the n-th one (from 1) meets the fault. Resolves when all is frozen. */
	arm(folder: string, fault: Fault, n: number): Promise<void>;
	/** All is well again. Answers with how many calls there were, and what the n-th was. */
	disarm(): Promise<{readonly calls: number; readonly failed: string | undefined}>;
}

type Work = (this: unknown, ...given: unknown[]) => unknown;
type Room = Record<string, Work>;

const require = createRequire(import.meta.url);
const writing = /^(open|write|appendFile|mkdir|rename|link|datasync|sync|fsync|truncate|copyFile|chmod)/;
const flushing = /^(datasync|sync|fsyncSync)$/;
const withContent = /^(write|appendFile)/;

const names = {
	promises: 'open readFile writeFile appendFile rename unlink rm mkdir stat readdir link realpath chmod'.split(' '),
	sync: 'openSync readFileSync writeFileSync writeSync readSync renameSync unlinkSync rmSync mkdirSync statSync fstatSync fsyncSync linkSync'.split(
		' ',
	),
	handle: 'read write writeFile appendFile datasync sync stat'.split(' '),
};

interface Armed {
	readonly folder: string;
	readonly fault: Fault;
	readonly n: number;
}

/**
 * Puts itself between this process and its disk, once. Modules that take functions out of `node:fs` when they are loaded must be loaded
 * afterwards.
 */
export async function failingDisk(): Promise<FailingDisk> {
	const sync = require('node:fs') as Room;
	const promises = require('node:fs/promises') as Room;
	let armed: Armed | undefined;
	let calls = 0;
	let failed: string | undefined;
	const descriptors = new Set<unknown>();
	const handles = new Set<{close(): Promise<void>}>();
	let freeze: () => void = () => undefined;

	const isOurs = (given: readonly unknown[]): boolean => {
		if (armed === undefined) return false;
		const [first, second] = given;
		return descriptors.has(first) || [first, second].some(path => typeof path === 'string' && path.startsWith(armed?.folder ?? '/'));
	};
	const wrap = (room: Room, name: string, style: 'promise' | 'sync' | 'handle') => {
		const real = room[name];
		if (real === undefined) throw new Error(`no ${name}`);
		room[name] = function wrapped(...given) {
			if (armed === undefined || (style !== 'handle' && !isOurs(given))) return real.apply(this, given);
			if (armed.fault.kind === 'freeze' && calls >= armed.n) return never(style);
			calls += 1;
			const isNth = calls === armed.n;
			const {fault} = armed;
			if (isNth) failed = `${style} ${name}`;
			const goesOn = fault.kind === 'error' && fault.lasts && calls > armed.n && writing.test(name);
			if (isNth && fault.kind === 'torn' && withContent.test(name)) return tear(real.bind(this), name, given, style);
			if (fault.kind === 'error' && (isNth || goesOn)) return fail(fault.code, name, style);
			// Nobody can see here whether the disk has it, and waiting for it costs most of the time.
			const result = flushing.test(name) ? pretend(style) : real.apply(this, given);
			if (name === 'openSync') descriptors.add(result);
			if (name === 'open' && result instanceof Promise)
				void result.then(
					opened => handles.add(opened),
					() => undefined,
				);
			if (isNth && fault.kind === 'kill') return after(result, die);
			if (isNth && fault.kind === 'freeze') return after(result, freeze);
			return result;
		};
	};
	for (const name of names.promises) wrap(promises, name, 'promise');
	for (const name of names.sync) wrap(sync, name, 'sync');
	const closeSync = sync['closeSync'] as Work;
	sync['closeSync'] = descriptor => {
		descriptors.delete(descriptor);
		return closeSync(descriptor);
	};
	const handle = (await promises['open']?.('/dev/null')) as {close(): Promise<void>};
	for (const name of names.handle) wrap(Object.getPrototypeOf(handle) as Room, name, 'handle');
	await handle.close();
	syncBuiltinESMExports();
	return {
		arm(folder, fault, n) {
			armed = {folder, fault, n};
			calls = 0;
			failed = undefined;
			return new Promise(resolve => {
				freeze = resolve;
			});
		},
		async disarm() {
			armed = undefined;
			// What a frozen library did not come to close.
			for (const descriptor of descriptors) closeSync(descriptor);
			await Promise.all(Array.from(handles, handle => handle.close()));
			descriptors.clear();
			handles.clear();
			return {calls, failed};
		},
	};
}

function pretend(style: string): unknown {
	return style === 'sync' ? undefined : Promise.resolve();
}

function systemError(code: string, name: string): Error {
	return Object.assign(new Error(`${code}: made up for a test, ${name}`), {code, syscall: name});
}

function fail(code: string, name: string, style: string): unknown {
	if (style === 'sync') throw systemError(code, name);
	return Promise.reject(systemError(code, name));
}

function tear(real: (...given: unknown[]) => unknown, name: string, given: readonly unknown[], style: string): unknown {
	const place = style === 'handle' ? 0 : 1;
	const half = given.map((one, index) => (index === place ? firstHalf(one) : one));
	const written = real(...half);
	if (style === 'sync') throw systemError('ENOSPC', name);
	return Promise.resolve(written).then(() => Promise.reject(systemError('ENOSPC', name)));
}

function firstHalf(content: unknown): unknown {
	if (typeof content === 'string') return content.slice(0, content.length / 2);
	return Buffer.isBuffer(content) ? content.subarray(0, content.length / 2) : content;
}

function die(): void {
	process.kill(process.pid, 'SIGKILL');
}

/** Nobody hears how the call went. */
function after(result: unknown, end: () => void): unknown {
	if (result instanceof Promise) return result.then(end, end).then(() => never('promise'));
	end();
	return never('sync');
}

function never(style: string): unknown {
	if (style === 'sync') throw new Error('frozen');
	return new Promise(() => undefined);
}
