import {problemWords} from '../config/problem-line.js';
import {type ExitCode, exitCodeOfSignal, exitCodes} from '../exit-codes.js';
import {attach} from './ask/ask-attachments.js';
import {noFacts} from './ask/ask-document.js';
import {askGateway} from './ask/ask-gateway.js';
import {readQuestion} from './ask/ask-input.js';
import {type AskOptions, askFlags, readAskOptions} from './ask/ask-options.js';
import {createMachineOutput} from './ask/ask-output.js';
import {emptyRecord} from './ask/ask-record.js';
import type {Command, CommandContext} from './command.js';
import {openGatewayForCommand} from './open-gateway.js';
import {say} from './say.js';

export const askCommand: Command = {
	name: 'ask',
	summary: 'ask one question and print the answer',
	usage: ['ask [flags] QUESTION', 'ask [flags] - < FILE', 'ask [flags] "review this" < FILE'],
	flags: askFlags,
	details: [
		'stdout carries the answer and nothing else. Errors, notes and progress go to stderr. Beside an argument stdin is read when it is a pipe or a file: git diff | clawtalk ask "review this". A question is sent once and never repeated by itself.',
		'',
		'--output json prints one document: {schema: "clawtalk.ask/1", ok, text, finishReason, usage, model, agent, sessionKey, runId, transport, tools, timings: {connectMs, firstTokenMs, totalMs}, error?: {id, exitCode, message}, notes, diagnoses}.',
		'tools is null where the way to the gateway shows none, else what the agent used: {name, ended: finished, failed or unseen, summary, durationMs, resultLength, error}.',
		'--output stream-json prints one object a line: {type: "start", …}, {type: "delta", text} and whatever else comes, and {type: "end", …} with the keys of json.',
		'',
		'With --transport auto a question goes over HTTP where the gateway has that on, else over its control plane; --require-tools and --show-tools take the control plane.',
		'',
		'Ctrl+C, SIGTERM, SIGHUP and --timeout stop the agent, too: over the control plane the run is called off, over HTTP the end of the connection ends it. Where nothing says that it has stopped (the connection was away; HTTP of OpenClaw 2026.2.9) that is said. A second signal ends clawtalk at once; after kill -9 the run goes on over the control plane.',
		'',
		'OpenClaw carries out orders in a text that comes over its control plane, and a log or a mail may have some: where it reads one about its tools (/exec, /elevated, or at the beginning ! and /bash), nothing is sent, unless --allow-orders says that it is meant. Over HTTP all of it is plain text, and is sent.',
		'',
		'To follow up, name the session of the answer before: --session KEY.',
	].join('\n'),
	run,
};

async function run(context: CommandContext): Promise<ExitCode> {
	const read = readAskOptions(context.flags);
	if (!read.ok) return refuse(context, undefined, exitCodes.usage, [read.message]);
	const {options} = read;
	const tokenFromStdin = context.flags['token'] === '-';
	if (tokenFromStdin && context.input.includes('-')) {
		return refuse(context, options, exitCodes.usage, ['stdin cannot be both the question (-) and the token (--token -).']);
	}
	const input = await readQuestion(context, {
		readStdin: options.stdin && !tokenFromStdin,
		onSilence: () => say(context, 'Waiting for stdin, which is open and silent. --no-stdin leaves it alone.'),
	});
	if (!input.ok) return refuse(context, options, exitCodeOfSignal(context.signal) ?? exitCodes.usage, [input.message]);
	const question = await attach(input.text, options.files, options.images);
	if (!question.ok) return refuse(context, options, exitCodes.usage, [question.message]);
	if (!options.quiet) for (const note of [...input.notes, ...question.notes]) say(context, note);
	const opened = await openGatewayForCommand(context, {onWithheld: 'stop', stdinIsTaken: !tokenFromStdin, quiet: options.quiet});
	if (!opened.ok) {
		document(context, options, opened.exitCode, opened.problems.map(problemWords));
		return opened.exitCode;
	}
	try {
		return await askGateway(context, options, opened, {...question, parts: [...input.parts, ...question.parts]});
	} finally {
		await opened.gateway.close();
	}
}

/** Nothing was sent: says why on stderr, and in the document where one is expected. */
function refuse(context: CommandContext, options: AskOptions | undefined, exitCode: ExitCode, messages: readonly string[]): ExitCode {
	for (const message of messages) say(context, message);
	if (options) document(context, options, exitCode, messages);
	return exitCode;
}

function document(context: CommandContext, options: AskOptions, exitCode: ExitCode, messages: readonly string[]): void {
	const output = createMachineOutput(options.output, text => context.stdout.write(text), noFacts);
	output?.finish(emptyRecord(), {exitCode, error: messages.join(' '), notes: [], diagnoses: []});
}
