import {spawn} from 'node:child_process';
import {once} from 'node:events';

/** A demo gateway in a process of its own. */
export interface ServedDemo {
	readonly flags: readonly string[];
	/** Ends it and resolves to its exit code. */
	stop(): Promise<unknown>;
}

/** Starts `clawtalk demo --serve` and reads where it listens and which file has its token. */
export async function serveDemo(program: string, env: Readonly<Record<string, string>>): Promise<ServedDemo> {
	const child = spawn(program, ['demo', '--serve', '--port', '0'], {env, stdio: ['ignore', 'pipe', 'inherit']});
	const exited = once(child, 'exit');
	let text = '';
	for await (const piece of child.stdout.setEncoding('utf8').iterator({destroyOnReturn: false})) {
		text += piece;
		const origin = /^listening on (http:\S+)$/m.exec(text)?.[1];
		const tokenFile = /^token with --token-file (\S+)$/m.exec(text)?.[1];
		if (!origin || !tokenFile) continue;
		return {
			flags: ['--gateway', origin, '--token-file', tokenFile],
			async stop() {
				child.kill('SIGTERM');
				return (await exited)[0];
			},
		};
	}
	throw new Error(`The demo gateway did not say where it listens: ${JSON.stringify(text)}`);
}
