import type {DemoGateway} from '../demo/options.js';
import {type ExitCode, exitCodes} from '../exit-codes.js';
import type {Gateway} from '../gateway/gateway.js';
import type {Outcome} from '../gateway/transport.js';
import {createSanitizer} from '../terminal/sanitize.js';
import type {CommandContext} from './command.js';
import {openDemoGateway} from './demo-target.js';

const questions = ['Hello, what are you?', 'My name is Ada.', 'What is my name?', 'What can you do?', 'Show me markdown, please.'];

/** Plays a short conversation through clawtalk's own client, for places without a terminal. Ends early when the gateway fails. */
export async function playDemo(context: CommandContext, demo: DemoGateway): Promise<ExitCode> {
	const {stdout, stderr, signal} = context;
	const gateway = openDemoGateway(demo);
	try {
		stdout.write('A conversation with the demo gateway inside clawtalk. It needs no network and saves nothing.\n');
		for (const question of questions) {
			stdout.write(`\n> ${question}\n\n`);
			const outcome = await askAloud(context, gateway, question);
			if (signal.aborted) {
				return exitCodes.interrupted;
			}

			if (outcome?.kind !== 'complete') {
				stderr.write(`clawtalk: the demo's answer ended as ${outcome?.kind ?? 'unknown'}.\n`);
				return exitCodes.turnFailed;
			}
		}

		stdout.write('\nIn a terminal, clawtalk demo opens a chat with this agent; clawtalk alone asks for your own gateway.\n');
		return exitCodes.ok;
	} finally {
		await gateway.close();
	}
}

async function askAloud({stdout, signal}: CommandContext, gateway: Gateway, text: string): Promise<Outcome | undefined> {
	const id = crypto.randomUUID();
	const sanitizer = createSanitizer();
	let outcome: Outcome | undefined;
	await gateway.transport.send({id, idempotencyKey: id, text, images: [], history: [], sessionKey: 'clawtalk:demo'}, signal, event => {
		if (event.type === 'delta') {
			stdout.write(sanitizer.push(event.text));
		} else if (event.type === 'ended') {
			stdout.write(`${sanitizer.end()}\n`);
			outcome = event.outcome;
		}
	});
	return outcome;
}
