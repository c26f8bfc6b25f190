import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import type {TestContext} from 'node:test';
import {atEnd} from '../helpers/at-end.js';

const sshd = '/usr/sbin/sshd';
const ssh = '/usr/bin/ssh';
/** Where sshd of root wants an empty folder. */
const privilegeFolder = '/run/sshd';

/** Why these tests cannot run here, or false. */
export const noSshd: string | false = existsSync(sshd) && existsSync(ssh) ? false : 'no OpenSSH server and client on this machine';

/** A real OpenSSH server on loopback with keys of its own, and an ssh that knows it as `box`. */
export interface OwnSshd {
	/** The ssh to run: the system's, with a configuration of its own. */
	readonly program: string;
	readonly folder: string;
	/** Processes of the server that carry connections, and the server: all ended. */
	stop(): Promise<void>;
	start(): Promise<void>;
}

export async function ownSshd(
	test: Pick<TestContext, 'after'>,
	options: {readonly server?: string; readonly client?: string; readonly knownHost?: boolean; readonly authorized?: boolean} = {},
): Promise<OwnSshd> {
	const folder = mkdtempSync(join(tmpdir(), 'own-sshd-'));
	const at = (name: string) => join(folder, name);
	for (const key of ['host', 'user']) execFileSync('ssh-keygen', ['-qt', 'ed25519', '-N', '', '-f', at(key)]);
	if (options.authorized ?? true) copyFileSync(at('user.pub'), at('authorized'));
	const port = await freePort();
	const [type, key] = readFileSync(at('host.pub'), 'utf8').split(' ');
	writeFileSync(at('known'), options.knownHost === false ? '' : `[127.0.0.1]:${port} ${type} ${key}\n`);
	writeFileSync(at('server'), serverSettings(folder, port, options.server ?? ''));
	writeFileSync(at('client'), clientSettings(folder, port, options.client ?? ''));
	writeFileSync(at('ssh'), `#!/bin/sh\nexec ${ssh} -F '${at('client')}' "$@"\n`, {mode: 0o700});
	const madeFolder = process.getuid?.() === 0 && mkdirSync(privilegeFolder, {recursive: true, mode: 0o755}) !== undefined;
	let running: ChildProcess | undefined;
	const stop = async () => {
		const server = running;
		running = undefined;
		if (server?.pid === undefined) return;
		const carriers = childrenOf(server.pid);
		const ended = new Promise(resolve => server.once('exit', resolve));
		for (const pid of [server.pid, ...carriers]) killIfThere(pid);
		await ended;
	};
	const start = async () => {
		running = await startServer(at('server'));
	};
	atEnd(test, async () => {
		await stop();
		rmSync(folder, {recursive: true, force: true});
		if (madeFolder) rmdirSync(privilegeFolder);
	});
	await start();
	return {program: at('ssh'), folder, stop, start};
}

function serverSettings(folder: string, port: number, more: string): string {
	return [
		`Port ${port}`,
		'ListenAddress 127.0.0.1',
		`HostKey ${folder}/host`,
		`AuthorizedKeysFile ${folder}/authorized`,
		'StrictModes no',
		'UsePAM no',
		'PasswordAuthentication no',
		'KbdInteractiveAuthentication no',
		'PidFile none',
		more,
		'',
	].join('\n');
}

function clientSettings(folder: string, port: number, more: string): string {
	return [
		'Host box',
		'HostName 127.0.0.1',
		`Port ${port}`,
		`User ${userInfo().username}`,
		`IdentityFile ${folder}/user`,
		'IdentitiesOnly yes',
		'IdentityAgent none',
		`UserKnownHostsFile ${folder}/known`,
		'GlobalKnownHostsFile /dev/null',
		'StrictHostKeyChecking yes',
		more,
		'',
	].join('\n');
}

function startServer(settings: string): Promise<ChildProcess> {
	const child = spawn(sshd, ['-D', '-e', '-f', settings], {stdio: ['ignore', 'ignore', 'pipe']});
	const lines: string[] = [];
	return new Promise((resolve, reject) => {
		createInterface({input: child.stderr}).on('line', line => {
			lines.push(line);
			if (line.startsWith('Server listening')) resolve(child);
		});
		child.once('exit', () => reject(new Error(`sshd ended: ${lines.join(' / ')}`)));
	});
}

/** The processes that a server has started for its connections, and theirs. */
function childrenOf(pid: number): readonly number[] {
	const path = `/proc/${pid}/task/${pid}/children`;
	const children = existsSync(path) ? readFileSync(path, 'utf8').trim().split(' ').filter(Boolean).map(Number) : [];
	return children.flatMap(child => [child, ...childrenOf(child)]);
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer().once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
		});
	});
}

/** The process of a connection ends by itself with its client. */
function killIfThere(pid: number): void {
	try {
		process.kill(pid, 'SIGKILL');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}
