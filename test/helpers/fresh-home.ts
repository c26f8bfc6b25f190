import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {TestContext} from 'node:test';
import {atEnd} from './at-end.js';

/** A home folder of its own for one test, removed after it, and the environment that points there. */
export interface FreshHome {
	readonly home: string;
	readonly env: Record<string, string>;
	readonly configFile: string;
	/** Writes config.json: text as it is, anything else as JSON. */
	writeConfig(content: unknown): void;
}

export function freshHome(test: Pick<TestContext, 'after'>): FreshHome {
	const home = mkdtempSync(join(tmpdir(), 'clawtalk-home-'));
	atEnd(test, () => rmSync(home, {recursive: true, force: true}));
	const directory = join(home, '.clawtalk');
	const configFile = join(directory, 'config.json');
	return {
		home,
		env: {HOME: home, PATH: process.env['PATH'] ?? ''},
		configFile,
		writeConfig(content) {
			mkdirSync(directory, {recursive: true, mode: 0o700});
			const data = typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content);
			writeFileSync(configFile, data, {mode: 0o600});
		},
	};
}
