import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {addresses, type FinishedRun, type ServiceRecord} from './lab/plan.js';
import type {World} from './lab/world.js';
import type {Expected, Scenario} from './scenario.js';

interface Document {
	/** Of `status` and `ask`. */
	readonly diagnoses?: readonly Shown[];
	readonly notes?: ReadonlyArray<Shown | string>;
	/** Of `explain`. */
	readonly rows?: readonly Shown[];
}
interface Shown {
	readonly id: string;
	readonly confidence?: string;
	readonly fixes?: ReadonlyArray<{readonly command?: string; readonly applicability: string}>;
}

/** The diagnosis, its command and the exit code. */
export function checkAnswer({expect}: Scenario, {code, stdout}: FinishedRun, seen: string): void {
	assert.ok(stdout.startsWith('{'), `a document${seen}`);
	const document = JSON.parse(stdout) as Document;
	const diagnoses = document.diagnoses ?? document.rows ?? [];
	const primary = diagnoses[0];
	assert.equal(primary?.id ?? null, expect.id, `the primary diagnosis${seen}`);
	assert.equal(code, expect.exitCode, `the exit code${seen}`);
	const commands = diagnoses.flatMap(({fixes}) => fixes ?? []).flatMap(({command}) => command ?? []);
	for (const command of commands) assert.doesNotMatch(command, /\p{Cc}/u, 'a command is one line without control characters');
	const own = (primary?.fixes ?? []).flatMap(({command}) => command ?? []);
	const [first] = own;
	if (expect.command === null) assert.equal(first, undefined, 'no command');
	else if (expect.command) assert.match(first ?? '(none)', expect.command, `the first command${seen}`);
	if (expect.offers)
		assert.ok(
			own.some(command => expect.offers?.test(command)),
			`${expect.offers} among the commands${seen}`,
		);
	if (expect.notCertain) assert.notEqual(primary?.confidence, 'certain', `not certain${seen}`);
	const notes = (document.notes ?? []).map(note => (typeof note === 'string' ? note : note.id));
	for (const id of expect.notes ?? []) assert.ok(notes.includes(id), `${id} among the notes${seen}`);
	const all = [...diagnoses.map(({id}) => id), ...notes];
	for (const id of expect.absent ?? []) assert.ok(!all.includes(id), `no ${id}${seen}`);
	if (expect.says) assert.match(stdout, expect.says);
}

export interface Traces {
	readonly world: World;
	/** Files before the run, by path. */
	readonly written: ReadonlyMap<string, string>;
	readonly finished: FinishedRun;
	readonly records: readonly ServiceRecord[];
	readonly secrets: readonly string[];
	readonly expected: Expected;
	readonly seen: string;
}

/** No secret in what is printed or written, and none on the way to anybody who was not meant. */
export function checkSecrets({world, written, finished, records, secrets, expected, seen}: Traces): void {
	const printed: Array<[string, string]> = [
		['stdout', finished.stdout],
		['stderr', finished.stderr],
	];
	const files = [...readAll(world.home)].filter(([file, text]) => written.get(file) !== text);
	for (const [where, text] of [...printed, ...files]) {
		assert.ok(!secrets.some(secret => text.includes(secret)), `a secret in ${where}`);
	}
	const reached = records.filter(({sawSecret, authorized}) => sawSecret || authorized > 0);
	assert.equal(reached.length > 0 ? 'sent' : 'kept', expected.token, `the token at ${JSON.stringify(reached)}${seen}`);
}

/** All files under a folder, by path. */
export function readAll(folder: string): Map<string, string> {
	const entries = readdirSync(folder, {recursive: true, withFileTypes: true}).filter(entry => entry.isFile());
	const files = entries.map(entry => path.join(entry.parentPath, entry.name));
	return new Map(files.map(file => [file, readFileSync(file, 'latin1')]));
}

/** Ports of loopback that any look may try beside the one asked for: OpenClaw's own, and the name server. */
const usualPorts = [18_789, 19_001, 18_793, 53];
/** Above these, ports are lent: the parts of a world, and clawtalk's own look at its fetch. */
const firstLentPort = 32_768;

/** A look is no scan: this machine's own addresses with few ports, the address asked for, and one more port of it. */
export function checkPackets({url = '', expect, tailscale}: Scenario, packets: readonly string[], seen: string): void {
	const asked = URL.canParse(url) ? new URL(url) : undefined;
	const port = Number(asked?.port || (asked?.protocol === 'https:' ? 443 : 80));
	const own = ['127.0.0.1', '0::1', '::1', addresses.clientLan, addresses.clientTailnet, 'fd00:77::10', '0.0.0.0'];
	const others: string[] = Object.values(addresses).filter(address => !own.includes(address));
	const strangers = packets.filter(packet => {
		if (expect.mayReach === null) return true;
		const [protocol = '', address = '', text = ''] = packet.split(' ');
		const to = Number(text);
		if (expect.mayReach?.includes(packet)) return false;
		if (protocol === 'udp' && address === addresses.tailscaleResolver) return tailscale === undefined;
		if (own.includes(address) || address.startsWith('127.')) return ![port, ...usualPorts].includes(to) && to < firstLentPort;
		return !(protocol === 'tcp' && others.includes(address) && (to === port || to === 18_789 || (to === 443 && tailscale !== undefined)));
	});
	assert.deepEqual(strangers, [], `packets to strangers${seen}`);
}
