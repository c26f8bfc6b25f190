import {answerToTheLastFrame} from './answer.js';
import type {DemoProcess} from './demo-process.js';
import {costSoFar} from './process-cost.js';
import type {Figure} from './report.js';
import {prompt} from './start.js';
import {openTerminal} from './terminal-session.js';

/** What is told apart: words without any markup, and an article of headings, lists, tables and code. */
const texts = {plain: 'words', markdown: 'article'} as const;

/** 20,000 tokens at 2,000 a second as plain words and as markdown, each in a chat of its own, one after the other. */
export async function measureMarkdown(launcher: string, gateway: DemoProcess, env: NodeJS.ProcessEnv, cwd: string): Promise<Figure[]> {
	const plain = await measureText(launcher, gateway, env, cwd, texts.plain);
	const markdown = await measureText(launcher, gateway, env, cwd, texts.markdown);
	return [
		{name: '20,000 tokens of markdown: CPU', value: markdown.cpuMs / 1000, unit: 's', runs: 1},
		{name: '20,000 tokens of markdown: peak memory', value: markdown.peakMb, unit: 'MB', runs: 1},
		{name: '20,000 tokens of markdown: written', value: markdown.bytes / 1000, unit: 'KB', runs: 1},
		{name: '20,000 plain tokens: CPU', value: plain.cpuMs / 1000, unit: 's', runs: 1},
		{name: '20,000 plain tokens: peak memory', value: plain.peakMb, unit: 'MB', runs: 1},
		{name: '20,000 plain tokens: written', value: plain.bytes / 1000, unit: 'KB', runs: 1},
		{name: 'markdown ÷ plain, CPU', value: markdown.cpuMs / plain.cpuMs, unit: '×', runs: 1},
	];
}

async function measureText(launcher: string, gateway: DemoProcess, env: NodeJS.ProcessEnv, cwd: string, text: string) {
	const connection = ['--ephemeral', '--gateway', gateway.origin, '--token-file', gateway.tokenFile];
	const session = openTerminal([process.execPath, launcher, ...connection], env, cwd);
	await session.waitFor('the prompt', output => output.includes(prompt));
	await session.waitFor('online', output => output.includes('online'));
	const before = costSoFar(session.pid);
	const written = session.bytesWritten();
	await answerToTheLastFrame(session, `[[n=20000 rate=2000 text=${text}]]`);
	const after = costSoFar(session.pid);
	const bytes = session.bytesWritten() - written;
	await session.end();
	return {cpuMs: after.cpuMs - before.cpuMs, peakMb: after.peakMb, bytes};
}
