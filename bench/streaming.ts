import {answer, answerToTheLastFrame} from './answer.js';
import type {DemoProcess} from './demo-process.js';
import {costSoFar} from './process-cost.js';
import type {Figure} from './report.js';
import {prompt} from './start.js';
import {percentile} from './statistics.js';
import {openTerminal, type TerminalSession} from './terminal-session.js';
import {echoDelays} from './typist.js';

/**
 * 2,000 tokens in 8 s, of an article in pieces of a token (source/demo/article.ts): CPU of the whole process, bytes written, then idle;
 * and key to echo in a second chat, while somebody types ahead.
 */
export async function measureStream(launcher: string, gateway: DemoProcess, env: NodeJS.ProcessEnv, cwd: string): Promise<Figure[]> {
	const quiet = await openChat(launcher, gateway, env, cwd);
	const atPrompt = quiet.bytesWritten();
	await answerToTheLastFrame(quiet, '[[n=2000 rate=250 text=article]]');
	const cost = costSoFar(quiet.pid);
	const written = quiet.bytesWritten() - atPrompt;
	// What the terminal still had to be told settles within a second; idle is measured after that.
	await quiet.observe(1000);
	const before = costSoFar(quiet.pid).cpuMs;
	const idle = await quiet.observe(4000);
	const idleCpu = costSoFar(quiet.pid).cpuMs - before;
	const wipes = countWipes(quiet.output());
	await quiet.end();

	const typing = await openChat(launcher, gateway, env, cwd);
	const delays = await typeWhileStreaming(typing);
	await typing.end();
	return [
		{name: 'stream 2,000 tokens in 8 s: CPU of the whole process', value: cost.cpuMs / 1000, unit: 's', bar: 1, runs: 1},
		{name: 'stream 2,000 tokens in 8 s: written', value: written / 1000, unit: 'KB', bar: 200, runs: 1},
		{name: 'stream 2,000 tokens in 8 s: peak memory', value: cost.peakMb, unit: 'MB', runs: 1},
		{name: 'idle for 4 s: written', value: idle.bytes, unit: 'bytes', bar: 0, runs: 1},
		{name: 'idle for 4 s: CPU', value: idleCpu, unit: 'ms', runs: 1},
		{name: 'key to echo while streaming, p95', value: percentile(delays, 95), unit: 'ms', bar: 20, runs: delays.length},
		{name: 'key to echo while streaming, median', value: percentile(delays, 50), unit: 'ms', runs: delays.length},
		{name: 'screen or scrollback wiped (ESC[2J, ESC[3J)', value: wipes, unit: 'count', bar: 0, runs: 1},
	];
}

/** 20,000 tokens at 2,000 a second in a conversation that already has 1,000 messages, each of them typed and answered. */
export async function measureLongConversation(
	launcher: string,
	gateway: DemoProcess,
	env: NodeJS.ProcessEnv,
	cwd: string,
): Promise<Figure[]> {
	const session = await openChat(launcher, gateway, env, cwd);
	for (let turn = 0; turn < 500; turn++) await answer(session, '[[n=8 rate=0]]');
	const before = costSoFar(session.pid);
	const written = session.bytesWritten();
	await answerToTheLastFrame(session, '[[n=20000 rate=2000 text=article]]');
	const after = costSoFar(session.pid);
	const wipes = countWipes(session.output());
	const bytes = session.bytesWritten() - written;
	await session.end();
	return [
		{name: '20,000 tokens after 1,000 messages: CPU', value: (after.cpuMs - before.cpuMs) / 1000, unit: 's', bar: 1.5, runs: 1},
		{name: '20,000 tokens after 1,000 messages: peak memory', value: after.peakMb, unit: 'MB', bar: 220, runs: 1},
		{name: '20,000 tokens after 1,000 messages: written', value: bytes / 1000, unit: 'KB', runs: 1},
		{name: '1,000 messages: memory before the long answer', value: before.residentMb, unit: 'MB', runs: 1},
		{name: 'wiped in the long conversation', value: wipes, unit: 'count', bar: 0, runs: 1},
	];
}

async function openChat(launcher: string, gateway: DemoProcess, env: NodeJS.ProcessEnv, cwd: string): Promise<TerminalSession> {
	const session = openTerminal([process.execPath, launcher, '--gateway', gateway.origin, '--token-file', gateway.tokenFile], env, cwd);
	await session.waitFor('the prompt', output => output.includes(prompt));
	await session.waitFor('online', output => output.includes('online'));
	return session;
}

async function typeWhileStreaming(session: TerminalSession): Promise<number[]> {
	session.type('[[n=2000 rate=250 text=article]]\r');
	await session.waitFor('the answer', output => output.includes('Keeping'));
	return echoDelays(session);
}

function countWipes(output: string): number {
	return output.split('\u001B[2J').length - 1 + (output.split('\u001B[3J').length - 1);
}
