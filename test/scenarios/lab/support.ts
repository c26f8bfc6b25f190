import {execFileSync, spawnSync} from 'node:child_process';
import {accessSync, constants} from 'node:fs';
import path from 'node:path';

/** Programs that some scenarios need beside those of every world. */
export type Part = 'nginx' | 'sshd' | 'ssh' | 'openssl';

const everyWorldNeeds = ['unshare', 'ip', 'nft', 'mount'];
const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Namespaces as anybody may have them; root also without a user namespace, where those are switched off. */
const ways = [
	['-Urnmpf', '--kill-child', '--mount-proc'],
	['-nmpf', '--kill-child', '--mount-proc'],
] as const;

export const namespaces = wayThatWorks();

/** Why no world can be made here; undefined when it can. */
export const noWorlds = reasonAgainst();

/** Why this scenario cannot be played here; undefined when it can. */
export function reasonToSkip(needs: readonly Part[]): string | undefined {
	if (noWorlds !== undefined) return noWorlds;
	const missing = needs.filter(part => find(part) === undefined);
	return missing.length > 0 ? `not installed here: ${missing.join(', ')}` : undefined;
}

/** Absolute path of a program, which may be outside the PATH of ordinary users. */
export function find(program: string): string | undefined {
	return systemPath
		.split(':')
		.map(folder => path.join(folder, program))
		.find(candidate => {
			try {
				accessSync(candidate, constants.X_OK);
				return true;
			} catch {
				// Not here: the next folder.
				return false;
			}
		});
}

/** The PATH of everything in a world. */
export const worldPath = systemPath;

function wayThatWorks(): readonly string[] | undefined {
	if (process.platform !== 'linux' || find('unshare') === undefined) return undefined;
	return ways.find(flags => spawnSync('unshare', [...flags, 'true'], {stdio: 'ignore'}).status === 0);
}

function reasonAgainst(): string | undefined {
	if (process.platform !== 'linux') return `network namespaces are Linux's; this is ${process.platform}`;
	const missing = everyWorldNeeds.filter(program => find(program) === undefined);
	if (missing.length > 0) return `not installed here: ${missing.join(', ')}`;
	if (namespaces === undefined) return 'this machine does not allow network namespaces (unshare -Urnm)';
	const set = 'add table inet t; add set inet t s { type ipv4_addr; flags dynamic; size 8; }';
	try {
		execFileSync('unshare', [...namespaces, find('nft') ?? 'nft', set], {stdio: 'ignore'});
		return undefined;
	} catch {
		// A kernel without nf_tables, or one that denies it to this user.
		return 'nftables cannot be used here';
	}
}
