import {randomUUID} from 'node:crypto';
import {type ExitCode, exitCodeOfSignal} from '../../exit-codes.js';
import type {ImageAttachment, Question, TransportEvent} from '../../gateway/transport.js';
import type {PaletteTheme} from '../../terminal/palette.js';
import type {ToolRun} from '../../transcripts/record.js';
import type {CommandContext} from '../command.js';
import {durationInWords} from '../duration.js';
import type {OpenedGateway} from '../open-gateway.js';
import {createRetryLines} from '../retry-lines.js';
import {say} from '../say.js';
import {createApprovalNotice} from './ask-approval.js';
import type {AskFacts} from './ask-document.js';
import {connectionNotice, createSilenceNotices} from './ask-notices.js';
import {type AskOptions, chooseSessionKey} from './ask-options.js';
import {orderIn, type QuestionPart, refuseOrder, refuseOrderWithoutHttp} from './ask-orders.js';
import {type AskOutput, createMachineOutput, createTextOutput} from './ask-output.js';
import {type AnswerRecord, emptyRecord, recordEvent} from './ask-record.js';
import type {AskResult} from './ask-result.js';
import {seeTools} from './ask-sight.js';
import {redialWhenLost} from './redial.js';

/** Brings all rules of the diagnosis along: loaded while the answer comes, so that no question waits for them. */
const loadJudge = () => import('./ask-result.js');

type Opened = Extract<OpenedGateway, {ok: true}>;

interface Content {
	readonly text: string;
	/** The text as it was put together. */
	readonly parts: readonly QuestionPart[];
	readonly images: readonly ImageAttachment[];
}

/** Puts one question to an open gateway, once, and prints what comes. Returns the exit code. */
export async function askGateway(
	context: CommandContext,
	options: AskOptions,
	{gateway, settings}: Opened,
	content: Content,
): Promise<ExitCode> {
	const order = orderIn(content.parts, options);
	const question = makeQuestion(options, settings, content, order !== undefined);
	const facts: AskFacts = {agent: question.agent ?? null, model: question.model ?? null, sessionKey: question.sessionKey ?? null};
	const output = await createOutput(context, options, settings.theme.value, facts);
	const finish = async (record: AnswerRecord, result: AskResult, evidence = record.end?.evidence) => {
		finishAsking(context, options, output, record, result);
		if (evidence === undefined) return result.exitCode;
		const {rememberQuestion} = await import('./ask-memory.js');
		await rememberQuestion(context, settings, evidence, result);
		return result.exitCode;
	};
	const tools = await seeTools(gateway, options, context.signal);
	if (tools !== undefined) return finish(emptyRecord(), tools.result, tools.evidence);
	const refused = refuseOrder(order, gateway);
	if (refused !== undefined) return finish(emptyRecord(), refused);
	if (options.waitMs !== undefined) {
		const [{waitForGateway}, {cancelled, judgeEvidence}] = await Promise.all([import('./ask-wait.js'), loadJudge()]);
		const waited = await waitForGateway(gateway, {
			waitMs: options.waitMs,
			signal: context.signal,
			onWaiting: evidence => {
				if (options.quiet) return;
				const {error} = judgeEvidence(evidence, 'The gateway is not ready.');
				say(context, `Waiting up to ${durationInWords(options.waitMs ?? 0)} for the gateway. ${error}`);
			},
			onRetryLater: retryInMs => {
				if (!options.quiet) say(context, `Waiting ${Math.ceil(retryInMs / 1000)} s first: an answer before said so.`);
			},
		});
		if (context.signal.aborted) return finish(emptyRecord(), cancelled(exitCodeOfSignal(context.signal), false));
		if (!waited.there) {
			return finish(emptyRecord(), judgeEvidence(waited.evidence, 'The gateway did not become ready in time.'), waited.evidence);
		}
	}
	output.start(facts);
	const stopRedialling = redialWhenLost(gateway.control, context.signal);
	const record = await sendQuestion(context, options, gateway.transport, question, output).finally(stopRedialling);
	if (!options.quiet) tellRefusedToken(context, gateway);
	const {judgeAnswer} = await loadJudge();
	await debugEvidence(context, record);
	const withoutHttp = refuseOrderWithoutHttp(order, record);
	if (withoutHttp !== undefined) return finish(record, withoutHttp);
	return finish(record, judgeAnswer(record, {...options, endedBy: exitCodeOfSignal(context.signal)}));
}

/** Programs that read a document want its figures, and wait a little longer for them than people do; milliseconds. */
const documentUsageWithinMs = 1_000;

function makeQuestion(options: AskOptions, settings: Opened['settings'], content: Content, asText: boolean): Question {
	return {
		id: randomUUID(),
		idempotencyKey: randomUUID(),
		text: content.text,
		images: content.images,
		history: [],
		...(asText ? {asText: true as const} : {}),
		// Plain text has no place for figures.
		usageWithinMs: options.output === 'text' ? 0 : documentUsageWithinMs,
		sessionKey: chooseSessionKey(options, settings),
		...(options.system === undefined ? {} : {system: options.system}),
		...(settings.agent === undefined ? {} : {agent: settings.agent.value}),
		...(settings.model === undefined ? {} : {model: settings.model.value}),
	};
}

async function createOutput(context: CommandContext, options: AskOptions, theme: PaletteTheme, facts: AskFacts) {
	const {stdout, env} = context;
	const machine = createMachineOutput(options.output, text => stdout.write(text), facts);
	if (machine) return machine;
	const isTTY = stdout.isTTY === true;
	const [{createAnswerPrinter}, {colourLevel}, {supportsHyperlinks}] = await Promise.all([
		import('./answer-printer.js'),
		import('../../terminal/colour.js'),
		import('../../terminal/hyperlinks.js'),
	]);
	const printer = await createAnswerPrinter({
		stdout,
		isTTY,
		raw: options.raw,
		width: stdout.columns ?? 80,
		colour: colourLevel(env, isTTY),
		hyperlinks: supportsHyperlinks(env, isTTY),
		theme,
	});
	return createTextOutput(printer, options.stream, line => (options.quiet ? undefined : say(context, line)));
}

/** Sends and records until the transport says how it ended. The deadline counts from here. */
async function sendQuestion(
	context: CommandContext,
	options: AskOptions,
	transport: Opened['gateway']['transport'],
	question: Question,
	output: AskOutput,
): Promise<AnswerRecord> {
	const record = emptyRecord();
	const startedAt = performance.now();
	const deadline = new AbortController();
	const timer = options.timeoutMs === undefined ? undefined : setTimeout(() => deadline.abort('deadline'), options.timeoutMs);
	const tellTool = options.showTools ? await createToolNotices(context) : undefined;
	const retries = createRetryLines();
	const tellsRetries = options.showTools || !options.quiet;
	const notices = context.stderr.isTTY && !options.quiet ? createSilenceNotices(line => say(context, line)) : undefined;
	const tellApproval = createApprovalNotice(line => {
		output.pause?.();
		say(context, line);
	});
	const onEvent = (event: TransportEvent) => {
		const elapsedMs = Math.round(performance.now() - startedAt);
		const run = recordEvent(record, event, elapsedMs);
		output.event(event);
		if (run) tellApproval(run);
		if (run && tellTool) {
			output.pause?.();
			tellTool(run);
		}
		const retry = tellsRetries ? retries(event) : undefined;
		if (retry !== undefined) {
			output.pause?.();
			say(context, retry);
		}
		debugEvent(context, event, elapsedMs);
		if (event.type === 'accepted') void loadJudge();
		if (!options.quiet) tellConnection(context, output, event);
		if (event.type === 'interrupted') notices?.lost();
		else notices?.heard();
	};
	try {
		await transport.send(question, AbortSignal.any([context.signal, deadline.signal]), onEvent);
	} finally {
		record.seesTools = transport.capabilities.tools;
		clearTimeout(timer);
		notices?.stop();
	}
	return record;
}

/** The question went through all the same, with the token that the gateway gave this device. */
function tellRefusedToken(context: CommandContext, {control: {state}}: Opened['gateway']): void {
	const source = state.kind === 'open' ? state.hello.refusedToken : undefined;
	if (source !== undefined) say(context, `The gateway refused the token (${source}); the token that it gave this device before was used.`);
}

function tellConnection(context: CommandContext, output: AskOutput, event: TransportEvent): void {
	const line = connectionNotice(event);
	if (line === undefined) return;
	output.pause?.();
	say(context, line);
}

/** `--show-tools`: one line for each run that has ended. */
async function createToolNotices(context: CommandContext): Promise<(run: ToolRun) => void> {
	const [{toolLines}, {createPalette}] = await Promise.all([import('../../components/run-lines.js'), import('../../terminal/palette.js')]);
	const palette = createPalette('none', 'none');
	const width = context.stderr.isTTY ? Math.max(20, (context.stderr.columns ?? 80) - ourMark.length) : widthOfLogs;
	return run => say(context, toolLines(run, width, {palette}).join(':'));
}

const ourMark = 'clawtalk: ';
/** Cells of a line in a file: arguments are as long as they are told. */
const widthOfLogs = 500;

function debugEvent({debug}: CommandContext, event: TransportEvent, elapsedMs: number): void {
	if (event.type === 'ended') {
		debug(`+${elapsedMs} ms ended: ${JSON.stringify(event.outcome)}`);
		return;
	}
	const text =
		event.type === 'delta' || event.type === 'replace' ? `${event.type}, ${event.text.length} characters` : JSON.stringify(event);
	debug(`+${elapsedMs} ms ${text}`);
}

async function debugEvidence({debug, flags}: CommandContext, {end}: AnswerRecord): Promise<void> {
	if (end === undefined || flags['debug'] === undefined) return;
	const {evidenceLines} = await import('../../diagnosis/failure-lines.js');
	for (const line of evidenceLines(end.evidence)) debug(`evidence: ${line}`);
}

function finishAsking(context: CommandContext, options: AskOptions, output: AskOutput, record: AnswerRecord, result: AskResult): void {
	output.finish(record, result);
	// stdout failed: its reader has what it wanted, or the failure was said where it was noticed.
	if (String(context.signal.reason).startsWith('E')) return;
	if (result.error !== undefined) say(context, result.error);
	if (!options.quiet) for (const note of result.notes) say(context, note);
}
