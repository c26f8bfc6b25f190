import type {DemoGateway} from '../../demo/options.js';
import {type ExitCode, exitCodes} from '../../exit-codes.js';
import type {Gateway} from '../../gateway/gateway.js';
import {createSanitizer} from '../../terminal/sanitize.js';
import {emptyRecord, recordEvent} from '../ask/ask-record.js';
import {type AskResult, judgeAnswer} from '../ask/ask-result.js';
import type {CommandContext} from '../command.js';
import {openDemoGateway} from './demo-target.js';

const questions = ['Hello, what are you?', 'My name is Ada.', 'What is my name?', 'What can you do?', 'Show me markdown, please.'];

/** Plays a short conversation through clawtalk's own client, for places without a terminal. The first failure ends it, as in `ask`. */
export async function playDemo(context: CommandContext, demo: DemoGateway): Promise<ExitCode> {
	const {stdout, stderr} = context;
	const gateway = openDemoGateway(demo, context.flags);
	try {
		stdout.write('A conversation with the demo gateway inside clawtalk. It needs no network and saves nothing.\n');
		for (const question of questions) {
			stdout.write(`\n> ${question}\n\n`);
			const {exitCode, error} = await askAloud(context, gateway, question);
			if (exitCode !== exitCodes.ok) {
				stderr.write(`clawtalk: ${error ?? 'The answer is not complete.'}\n`);
				return exitCode;
			}
		}

		stdout.write('\nIn a terminal, clawtalk demo opens a chat with this agent; clawtalk alone asks for your own gateway.\n');
		return exitCodes.ok;
	} finally {
		await gateway.close();
	}
}

async function askAloud({stdout, signal}: CommandContext, gateway: Gateway, text: string): Promise<AskResult> {
	const id = crypto.randomUUID();
	const question = {id, idempotencyKey: id, text, images: [], history: [], sessionKey: 'clawtalk:demo'};
	const sanitizer = createSanitizer();
	const record = emptyRecord();
	const startedAt = performance.now();
	await gateway.transport.send(question, signal, event => {
		recordEvent(record, event, performance.now() - startedAt);
		if (event.type === 'delta') {
			stdout.write(sanitizer.push(event.text));
		}
	});
	stdout.write(`${sanitizer.end()}\n`);
	return judgeAnswer(record, {requireTools: false});
}
