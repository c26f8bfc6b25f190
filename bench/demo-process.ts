import {spawn} from 'node:child_process';

export interface DemoProcess {
	readonly origin: string;
	readonly tokenFile: string;
	stop(): Promise<void>;
}

/** `clawtalk demo --serve` in a process of its own, so that the server's cost is not in the client's figures. */
export async function startDemoProcess(launcher: string, env: NodeJS.ProcessEnv): Promise<DemoProcess> {
	const child = spawn(process.execPath, [launcher, 'demo', '--serve', '--port', '0'], {env, stdio: ['ignore', 'pipe', 'inherit']});
	const exited = new Promise<void>(resolve => {
		child.on('exit', () => resolve());
	});
	let text = '';
	for await (const piece of child.stdout) {
		text += String(piece);
		const origin = /listening on (http:\/\/\S+)/.exec(text)?.[1];
		const tokenFile = /--token-file\s+(\S+)/.exec(text)?.[1];
		if (origin && tokenFile) {
			return {
				origin,
				tokenFile,
				async stop() {
					child.kill('SIGTERM');
					await exited;
				},
			};
		}
	}
	throw new Error(`The demo gateway did not say where it listens: ${JSON.stringify(text)}`);
}
