import {execFile} from 'node:child_process';
import {access, mkdir, rename, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {promisify} from 'node:util';
import type {Generation} from '../../source/demo/options.js';

const run = promisify(execFile);

/** Everything this suite installs or writes lives here. */
export const cacheFolder = path.resolve('node_modules/.cache/openclaw');

export interface Installed {
	/** A Node that runs both releases. */
	readonly node: string;
	/** The entry script of the release. */
	readonly script: string;
}

/**
 * Installs a release from npm when it is not there yet. 2026.2.9 does not install as it is: `libsignal` is a git dependency, and
 * `linkedom@latest` needs a package that the registry lacks.
 */
export async function installOpenClaw(generation: Generation): Promise<Installed> {
	const overrides = generation === '2026.2.9' ? {libsignal: '6.0.0', linkedom: '0.18.12'} : {};
	const folder = path.join(cacheFolder, generation);
	const node = await findNode();
	await installInto(folder, `openclaw@${generation}`, 'openclaw/openclaw.mjs', overrides);
	return {node, script: path.join(folder, 'node_modules/openclaw/openclaw.mjs')};
}

/** 2026.9.6 wants Node `>=24.16.0 <25 || >=26.1.0`; the Node of this process when it fits, else one from npm. */
async function findNode(): Promise<string> {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	if ((major === 24 && minor >= 16) || (major === 26 && minor >= 1) || major > 26) {
		return process.execPath;
	}

	const name = `node-${process.platform}-${process.arch}`;
	const folder = path.join(cacheFolder, 'node');
	await installInto(folder, `${name}@24`, `${name}/bin/node`, {});
	return path.join(folder, 'node_modules', name, 'bin/node');
}

const underWay = new Map<string, Promise<void>>();

/** Installs one package into a folder of its own, once however often it is asked for. */
function installInto(folder: string, spec: string, file: string, overrides: Record<string, string>): Promise<void> {
	const installing = underWay.get(folder) ?? installNow(folder, spec, file, overrides);
	underWay.set(folder, installing);
	return installing;
}

async function installNow(folder: string, spec: string, file: string, overrides: Record<string, string>): Promise<void> {
	const there = await access(path.join(folder, 'node_modules', file)).then(
		() => true,
		() => false, // not installed yet
	);
	if (there) {
		return;
	}

	// Moved into place when it is whole: what a broken run leaves behind is not taken for an installation.
	const partial = `${folder}.partial`;
	await rm(partial, {recursive: true, force: true});
	await mkdir(partial, {recursive: true});
	await writeFile(path.join(partial, 'package.json'), JSON.stringify({private: true, overrides}));
	await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts', '--no-save', spec], {cwd: partial});
	await rename(partial, folder);
}
