import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {askFarEnd, type FarEnd} from './far-end.js';
import {openRelay, type Relay} from './relay.js';
import {channelFailure, isFinal, judgeSshEnd, type SshEnd} from './ssh-end.js';
import {type SshProcess, type SshRun, startSsh} from './ssh-process.js';

export interface TunnelOptions extends Pick<SshRun, 'program' | 'host' | 'gatewayPort' | 'env' | 'onLine'> {
	/** ssh may ask on the terminal while the tunnel is opened. */
	readonly mayAsk: boolean;
	/** … and each time it reconnects: not while something else draws on the terminal. */
	readonly mayAskAgain: boolean;
	readonly signal: AbortSignal;
	/** Pause before a reconnection, in milliseconds, after so many failures in a row (from 1); default 1, 2, 4 … 30 s. */
	readonly pauseMs?: (failures: number) => number;
}

export type TunnelNews =
	/** ssh ended; it is started again after the pause. */
	| {readonly kind: 'lost'; readonly end: SshEnd; readonly retryInMs: number}
	| {readonly kind: 'back'}
	/** ssh ended in a way that trying again does not mend. */
	| {readonly kind: 'given-up'; readonly end: SshEnd};

export interface SshTunnel {
	/** `http://127.0.0.1:PORT`; the same for as long as the tunnel is open, whatever happens to ssh. */
	readonly origin: string;
	/** What the first connection through it met, and what ssh said about it. */
	readonly farEnd: Exclude<FarEnd, 'no-listener'>;
	readonly farEndSaid?: string;
	/** One listener. */
	hear(listener: (news: TunnelNews) => void): void;
	/** Resolves when ssh has ended and nothing is left. A second call waits for the first. */
	close(): Promise<void>;
}

export type OpenedTunnel = {readonly ok: true; readonly tunnel: SshTunnel} | {readonly ok: false; readonly end: SshEnd};

/** Longest path of a Unix socket on every system (macOS: 104 bytes with its end). */
const longestSocketPath = 100;
const farEndLimitMs = 10_000;
/** ssh says why it closed a connection a moment after it closed it; on a busy machine that moment can be long. */
const channelWordsMs = 3_000;
/** A run of ssh that lasted so long was a good one. */
const goodRunMs = 10_000;

/** Opens a tunnel to the loopback address of another machine by the system's ssh, and keeps it until it is closed or the signal aborts. */
export async function openSshTunnel(options: TunnelOptions): Promise<OpenedTunnel> {
	const folder = await mkdtemp(join(socketHome(), 'clawtalk-tunnel-'));
	const relay = await openRelay();
	const keeper = createKeeper(options, folder, relay);
	const first = await keeper.open();
	if ('kind' in first) {
		await keeper.close();
		return {ok: false, end: options.signal.aborted ? {kind: 'cancelled', said: ''} : first};
	}
	void keeper.keep();
	const {farEnd, said} = first;
	const origin = `http://127.0.0.1:${relay.port}`;
	return {ok: true, tunnel: {origin, farEnd, ...(said === undefined ? {} : {farEndSaid: said}), hear: keeper.hear, close: keeper.close}};
}

function socketHome(): string {
	const folder = tmpdir();
	const isShort = Buffer.byteLength(join(folder, 'clawtalk-tunnel-XXXXXX', '1000')) < longestSocketPath;
	// ssh expands `%` and `$` in the path and ends it at a colon.
	return isShort && /^[\w./+-]+$/.test(folder) ? folder : '/tmp';
}

interface Attempt {
	readonly farEnd: Exclude<FarEnd, 'no-listener'>;
	readonly said?: string | undefined;
}

function createKeeper(options: TunnelOptions, folder: string, relay: Relay) {
	const pauseMs = options.pauseMs ?? (failures => Math.min(30_000, 1_000 * 2 ** (failures - 1)));
	const lifetime = new AbortController();
	let listener: (news: TunnelNews) => void = () => undefined;
	let ssh: SshProcess | undefined;
	let runs = 0;
	let closing: Promise<void> | undefined;

	/** One run of ssh until it carries, or ended. */
	const attempt = async (mayAsk: boolean): Promise<Attempt | SshEnd> => {
		runs += 1;
		const socketPath = join(folder, String(runs));
		const run = startSsh({...options, folder, socketPath, mayAsk});
		ssh = run;
		if (lifetime.signal.aborted) await run.stop();
		const farEnd = await whenListening(run, socketPath, lifetime.signal);
		if (farEnd === 'no-listener') return judgeSshEnd(run.said());
		// It closes a connection that it cannot carry and says why: two ways, on which either may come first.
		if (farEnd === 'closed') await run.saying(lines => channelFailure(lines) !== undefined, channelWordsMs);
		const said = channelFailure(run.said());
		if (farEnd === 'closed' && /prohibited/.test(said ?? '')) {
			await run.stop();
			return {kind: 'forwarding-refused', said: said ?? ''};
		}
		relay.lead(socketPath);
		return {farEnd, said};
	};
	const keep = async () => {
		let failures = 0;
		let upSince: number | undefined = performance.now();
		for (;;) {
			await ssh?.ended;
			relay.lead(undefined);
			if (lifetime.signal.aborted) return;
			const end = judgeSshEnd(ssh?.said() ?? []);
			if (isFinal(end)) return listener({kind: 'given-up', end});
			failures = upSince !== undefined && performance.now() - upSince > goodRunMs ? 1 : failures + 1;
			const retryInMs = pauseMs(failures);
			listener({kind: 'lost', end, retryInMs});
			// Rejects only because of the signal, and then the loop ends.
			await delay(retryInMs, undefined, {signal: lifetime.signal}).catch(() => undefined);
			if (lifetime.signal.aborted) return;
			const again = await attempt(options.mayAskAgain);
			upSince = 'kind' in again ? undefined : performance.now();
			if (!('kind' in again)) listener({kind: 'back'});
			else if (again.kind === 'forwarding-refused') return listener({kind: 'given-up', end: again});
		}
	};
	const end = async () => {
		options.signal.removeEventListener('abort', close);
		lifetime.abort('closed');
		await Promise.all([ssh?.stop(), relay.close()]);
		await rm(folder, {recursive: true, force: true});
	};
	const close = () => {
		closing ??= end();
		return closing;
	};
	options.signal.addEventListener('abort', close, {once: true});
	return {
		open: async () => (options.signal.aborted ? ({kind: 'cancelled', said: ''} as const) : attempt(options.mayAsk)),
		keep,
		hear(heard: (news: TunnelNews) => void) {
			listener = heard;
		},
		close,
	};
}

/**
 * Waits, as long as ssh runs, until it listens, and then for the first answer through it. ssh tells nobody when it is through with its
 * questions, so its socket is tried: every 50 ms at first, then four times a second.
 */
async function whenListening(ssh: SshProcess, socketPath: string, signal: AbortSignal): Promise<FarEnd> {
	for (let pauseMs = 50; ssh.isRunning && !signal.aborted; pauseMs = Math.min(250, pauseMs * 1.2)) {
		const farEnd = await askFarEnd(socketPath, farEndLimitMs);
		if (farEnd !== 'no-listener') return farEnd;
		await Promise.race([ssh.ended, delay(pauseMs)]);
	}
	await ssh.ended;
	return 'no-listener';
}
