import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {articlePiece} from '../source/demo/article.js';
import type {DemoProcess} from './demo-process.js';
import {costSoFar} from './process-cost.js';
import type {Figure} from './report.js';
import {prompt} from './start.js';
import {median} from './statistics.js';
import {openTerminal} from './terminal-session.js';

const id = 'bench-resume';
const turns = 5000;
/** Stands at the end of the last answer only. */
const lastWords = 'quodlibet-at-the-very-end';

/** Launch with `--resume` → the last screenful of a conversation of 10,000 messages, in turn with an empty chat; and the memory it takes. */
export async function measureResume(
	launcher: string,
	gateway: DemoProcess,
	env: NodeJS.ProcessEnv,
	home: string,
	runs: number,
): Promise<Figure[]> {
	const bytes = writeLongConversation(home, gateway.origin);
	const connection = ['--gateway', gateway.origin, '--token-file', gateway.tokenFile];
	const paints: number[] = [];
	const peaks: number[] = [];
	const ratios: number[] = [];
	const cpus: number[] = [];
	for (let round = 0; round <= runs; round++) {
		const plain = openTerminal([process.execPath, launcher, '--ephemeral', ...connection], env, home);
		const plainPaint = await plain.waitFor('the prompt', output => output.includes(prompt));
		await plain.end();
		const session = openTerminal([process.execPath, launcher, '--resume', id, ...connection], env, home);
		const paint = await session.waitFor('the last words', output => output.includes(lastWords) && output.includes(prompt));
		const {cpuMs} = costSoFar(session.pid);
		await session.waitFor('online', output => output.includes('online'));
		const {peakMb} = costSoFar(session.pid);
		await session.end();
		if (round === 0) continue;
		paints.push(paint);
		ratios.push(paint / plainPaint);
		cpus.push(cpuMs);
		peaks.push(peakMb);
	}
	return [
		{name: 'resume 10,000 messages: launch to the last screenful', value: median(paints), unit: 'ms', bar: 300, runs},
		{name: 'resume 10,000 messages: CPU until then', value: median(cpus), unit: 'ms', runs},
		{name: 'resume 10,000 messages ÷ first paint of an empty chat', value: median(ratios), unit: '×', runs},
		{name: 'resume 10,000 messages: peak memory', value: median(peaks), unit: 'MB', bar: 150, runs},
		{name: 'resume 10,000 messages: the file', value: bytes / 1e6, unit: 'MB', runs: 1},
	];
}

/** 5,000 questions with answers of about 1,400 characters, as the chat keeps them. Answers with their size in bytes. */
function writeLongConversation(home: string, origin: string): number {
	const folder = join(home, '.clawtalk', 'conversations');
	mkdirSync(folder, {recursive: true, mode: 0o700});
	const at = '2026-01-01T00:00:00.000Z';
	const beginning = {schema: 'clawtalk.conversation/1', kind: 'conversation', id, at, sessionKey: `clawtalk:${id}`, origin};
	const answer = Array.from({length: 280}, (_, index) => articlePiece(index)).join('');
	const lines = [JSON.stringify(beginning)];
	for (let turn = 0; turn < turns; turn++) {
		const end = turn === turns - 1 ? `\n\n${lastWords}` : '';
		lines.push(JSON.stringify({kind: 'question', id: `q${turn}`, at, text: `Question ${turn}: how do I keep this machine?`}));
		const how = {ended: 'complete', finishReason: 'stop', model: 'openclaw/default', firstTokenMs: 300, totalMs: 2000};
		lines.push(JSON.stringify({kind: 'answer', questionId: `q${turn}`, at, text: answer + end, ...how}));
	}
	const text = `${lines.join('\n')}\n`;
	writeFileSync(join(folder, `${id}.jsonl`), text, {mode: 0o600});
	return text.length;
}
