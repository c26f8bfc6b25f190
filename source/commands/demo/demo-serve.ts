import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {DemoGateway} from '../../demo/options.js';
import {type ExitCode, exitCodes} from '../../exit-codes.js';
import type {CommandContext} from '../command.js';

/**
 * Serves until a signal. The first line of stdout is for machines: `listening on http://127.0.0.1:PORT`; the second names the file
 * with the token (mode 0600, in a folder of its own that is removed at the end), so that no token shows on a screen or in `ps`.
 */
export async function serveDemo({stdout, signal}: CommandContext, gateway: DemoGateway): Promise<ExitCode> {
	const folder = await mkdtemp(join(tmpdir(), 'clawtalk-demo-'));
	try {
		const tokenFile = join(folder, 'token');
		await writeFile(tokenFile, `${gateway.token}\n`, {mode: 0o600});
		const flags = `--gateway ${gateway.origin} --token-file ${tokenFile}`;
		stdout.write(
			[
				`listening on ${gateway.origin}`,
				`token with --token-file ${tokenFile}`,
				`playing OpenClaw ${gateway.generation}; Ctrl+C stops it`,
				`try: clawtalk ask ${flags} "What can you do?"`,
				`     clawtalk ${flags}`,
				'',
			].join('\n'),
		);
		await aborted(signal);
		return exitCodes.ok;
	} finally {
		await rm(folder, {recursive: true, force: true});
	}
}

async function aborted(signal: AbortSignal): Promise<void> {
	if (signal.aborted) {
		return;
	}

	await new Promise<void>(resolve => {
		signal.addEventListener('abort', () => resolve(), {once: true});
	});
}
