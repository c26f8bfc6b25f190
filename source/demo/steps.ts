import {setTimeout as wait} from 'node:timers/promises';
import {announceApproval, approvalRequest, awaitDecision} from './exec-approval.js';
import type {Stage} from './play-run.js';
import type {Step, ToolStep} from './reply.js';
import {runTool, type ToolOutcome, toolError, workspace} from './tools.js';
import {isOld} from './world.js';

/** Plays what the agent does before it answers. */
export async function playSteps(stage: Stage, steps: readonly Step[]): Promise<void> {
	for (const [index, step] of steps.entries()) {
		switch (step.kind) {
			case 'thinking':
				await think(stage, step.pieces);
				break;
			case 'retry':
				await announceRetry(stage, step);
				break;
			case 'tool':
				await callTool(stage, step, `call_demo_${index + 1}`);
				break;
		}
	}
}

async function think({run, announce, world}: Stage, pieces: readonly string[]): Promise<void> {
	let text = '';
	for (const piece of pieces) {
		text += piece;
		if (!isOld(world)) announce.agent('thinking', {text: text.trim(), delta: piece});
		await wait(20, undefined, {signal: run.stop.signal});
	}
}

/** Tells of one retry in the words of 2026.9.6, and waits as long as it says. */
export async function announceRetry(
	{run, announce}: Stage,
	{attempt, maxRetries, delayMs, reason}: Extract<Step, {kind: 'retry'}>,
): Promise<void> {
	const limited = reason === 'rate_limit';
	const seconds = Math.max(1, Math.ceil(delayMs / 1000));
	announce.phase('retrying', limited ? {retry: {attempt: attempt + 1, maxAttempts: maxRetries + 1, reason}} : {}, {
		message: limited
			? `Retrying… ${attempt + 1}/${maxRetries + 1}`
			: `Provider temporarily unavailable. Retrying in ${seconds}s (${attempt}/${maxRetries}).`,
		retryAttempt: attempt,
		maxRetries,
		delayMs,
		attempt: attempt + 1,
		maxAttempts: maxRetries + 1,
		reason,
	});
	await wait(delayMs, undefined, {signal: run.stop.signal});
	announce.phase('preparing_context');
	announce.phase('starting_model');
}

async function callTool(stage: Stage, step: ToolStep, callId: string): Promise<void> {
	const {world, session, run, announce} = stage;
	const tool = {callId, name: step.name, arguments: step.arguments, isError: false};
	world.sessions.add(session, {role: 'assistant', text: '', runId: run.id, stopReason: 'toolUse', tool});
	const startedAt = world.state.now();
	const item = {itemId: `tool:${callId}`, toolCallId: callId, name: step.name, kind: 'tool', title: titleOf(step)};
	const command = {itemId: `command:${callId}`, title: titleOf(step), toolCallId: callId, name: step.name};
	const show = (stream: string, data: Readonly<Record<string, unknown>>) => {
		if (!isOld(world)) announce.agent(stream, data);
	};
	show('item', {...item, phase: 'start', status: 'running', startedAt});
	announce.tool({phase: 'start', name: step.name, toolCallId: callId, args: step.arguments});
	const outcome = await outcomeOf(stage, step, callId, printed => {
		const partialResult = {
			content: [{type: 'text', text: printed}],
			details: {status: 'running', startedAt, cwd: workspace, tail: printed},
		};
		announce.tool({phase: 'update', name: step.name, toolCallId: callId, partialResult});
		show('item', {...item, phase: 'update', status: 'running'});
		if (step.name === 'exec') show('command_output', {...command, phase: 'delta', output: printed.trimEnd(), status: 'running'});
	});
	const {text, isError, details} = outcome;
	announce.tool({phase: 'result', name: step.name, toolCallId: callId, isError, result: {content: [{type: 'text', text}], details}});
	const failed = isError || Number(details['exitCode'] ?? 0) !== 0;
	const error = typeof details['error'] === 'string' ? {error: details['error'].split('\n')[0]} : {};
	show('item', {...item, phase: 'end', status: failed ? 'failed' : 'completed', startedAt, endedAt: world.state.now(), ...error});
	if (step.name === 'exec') {
		const {exitCode, durationMs, cwd} = details;
		show('command_output', {...command, phase: 'end', output: text, status: isError ? 'failed' : 'completed', exitCode, durationMs, cwd});
	}
	world.sessions.add(session, {role: 'tool', text, runId: run.id, tool: {...tool, isError}});
}

function titleOf({name, arguments: given}: ToolStep): string {
	const what = given['command'] ?? given['path'];
	const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
	return what === undefined ? title : `${title} ${name === 'read' ? 'from ' : ''}${String(what)}`;
}

/** Asks for approval where it is needed, and runs the tool. */
async function outcomeOf(stage: Stage, step: ToolStep, callId: string, tell: (printed: string) => void): Promise<ToolOutcome> {
	const {world, run} = stage;
	const command = String(step.arguments['command'] ?? step.name);
	if (!step.needsApproval || world.approvals.allowed.has(command)) {
		return runTool(step.name, step.arguments, run.stop.signal, tell);
	}

	const given = {
		command,
		cwd: workspace,
		host: 'gateway',
		security: 'allowlist',
		ask: 'on-miss',
		agentId: 'main',
		resolvedPath: `/usr/bin/${command.split(' ')[0]}`,
	};
	const request = approvalRequest(world, {...given, sessionKey: run.sessionKey, runId: run.id, toolCallId: callId}, [
		'allow-once',
		'allow-always',
		'deny',
	]);
	const approval = world.approvals.open({request, timeoutMs: world.state.approvalTimeoutMs});
	if (!announceApproval(world, approval) && !isOld(world)) {
		approval.decide(null);
		return toolError(
			step.name,
			'exec denied: Headless runs cannot wait for interactive exec approval.\nEffective host exec policy: security=allowlist ask=on-miss askFallback=deny',
		);
	}

	const giveUp = () => approval.decide(null);
	run.stop.signal.addEventListener('abort', giveUp, {once: true});
	const decision = await awaitDecision(world, approval);
	run.stop.signal.removeEventListener('abort', giveUp);
	run.stop.signal.throwIfAborted();
	if (decision === 'allow-always') world.approvals.allowed.add(command);
	if (decision === 'allow-once' || decision === 'allow-always') return runTool(step.name, step.arguments, run.stop.signal, tell);
	return denied(stage, approval.id, command, callId, decision === 'deny' ? 'user-denied' : 'approval-timeout');
}

function denied({announce, world}: Stage, id: string, command: string, callId: string, why: string): ToolOutcome {
	const text = `Exec denied (gateway id=${id}, ${why}): ${command}`;
	if (!isOld(world)) {
		const resolved = {phase: 'resolved', kind: 'exec', status: 'denied', title: 'Command approval resolved'};
		announce.agent('approval', {...resolved, itemId: `command:${callId}`, toolCallId: callId, message: command});
	}
	return {
		text,
		isError: true,
		details: {status: 'failed', exitCode: null, durationMs: 0, aggregated: text, timedOut: false, cwd: workspace},
	};
}
