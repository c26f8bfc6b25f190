import {readFileSync} from 'node:fs';
import type {DemoProcess} from './demo-process.js';
import {measureProcess, type ProcessCost} from './process-cost.js';
import type {Figure} from './report.js';
import {median} from './statistics.js';

/** 40 tokens in about 200 ms: long enough to be a real answer, short enough that the client's own time shows. */
const question = 'bench [[n=40 rate=200]]';

/**
 * `clawtalk ask` and `--version` beside `curl` and `node -e` with the built-in fetch doing the same request. The commands take
 * turns (A B C D, A B C D …) in one run, so that a machine that slows down slows all of them.
 */
export async function measureOneShots(launcher: string, gateway: DemoProcess, env: NodeJS.ProcessEnv, runs: number): Promise<Figure[]> {
	const token = readFileSync(gateway.tokenFile, 'utf8').trim();
	const body = JSON.stringify({model: 'openclaw/default', stream: true, messages: [{role: 'user', content: question}]});
	const url = `${gateway.origin}/v1/chat/completions`;
	const fetchScript = `const r=await fetch(process.env.BENCH_URL,{method:'POST',headers:{authorization:'Bearer '+process.env.BENCH_TOKEN,'content-type':'application/json'},body:process.env.BENCH_BODY});let t='';for await(const c of r.body.pipeThrough(new TextDecoderStream()))t+=c;process.stdout.write(t.split('\\n').filter(l=>l.startsWith('data: {')).map(l=>JSON.parse(l.slice(6)).choices?.[0]?.delta?.content??'').join(''))`;
	const benchEnv = {...env, BENCH_URL: url, BENCH_TOKEN: token, BENCH_BODY: body};
	const commands = {
		ask: [process.execPath, launcher, 'ask', '--gateway', gateway.origin, '--token-file', gateway.tokenFile, question],
		version: [process.execPath, launcher, '--version'],
		'node -e 0': [process.execPath, '-e', '0'],
		'node fetch': [process.execPath, '--input-type=module', '-e', fetchScript],
		curl: ['curl', '-sN', '-X', 'POST', '-H', `authorization: Bearer ${token}`, '-H', 'content-type: application/json', '-d', body, url],
	};
	const costs = new Map<string, ProcessCost[]>(Object.keys(commands).map(name => [name, []]));
	// The first round fills the compile cache and the page cache and is not counted.
	for (let round = 0; round <= runs; round++) {
		for (const [name, command] of Object.entries(commands)) {
			const cost = await measureProcess(command, benchEnv);
			if (cost.exitCode !== 0) throw new Error(`${name} ended with ${cost.exitCode}`);
			if (name !== 'version' && name !== 'node -e 0' && !cost.stdout.includes('tok39')) throw new Error(`${name} printed no whole answer`);
			if (round > 0) costs.get(name)?.push(cost);
		}
	}
	const middle = (name: string, pick: (cost: ProcessCost) => number) => median((costs.get(name) ?? []).map(pick));
	const overServer = median(
		(costs.get('ask') ?? []).map((cost, index) => cost.wallMs - (costs.get('curl')?.[index]?.wallMs ?? Number.NaN)),
	);
	const figures: Figure[] = [
		{name: 'ask: wall over curl, same request', value: overServer, unit: 'ms', bar: 150, runs},
		{name: 'ask: peak memory', value: middle('ask', cost => cost.peakMb), unit: 'MB', bar: 90, runs},
	];
	for (const name of Object.keys(commands)) {
		figures.push(
			{name: `${name}: wall`, value: middle(name, cost => cost.wallMs), unit: 'ms', runs},
			{name: `${name}: CPU`, value: middle(name, cost => cost.cpuMs), unit: 'ms', runs},
			{name: `${name}: peak`, value: middle(name, cost => cost.peakMb), unit: 'MB', runs},
		);
	}
	figures.push(
		{
			name: 'ask ÷ node fetch, wall',
			value: middle('ask', cost => cost.wallMs) / middle('node fetch', cost => cost.wallMs),
			unit: '×',
			runs,
		},
		{
			name: 'version ÷ node -e 0, wall',
			value: middle('version', cost => cost.wallMs) / middle('node -e 0', cost => cost.wallMs),
			unit: '×',
			runs,
		},
	);
	return figures;
}
