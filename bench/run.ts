import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {measureControl} from './control.js';
import {startDemoProcess} from './demo-process.js';
import {measureDraft} from './draft.js';
import {measureMarkdown} from './markdown.js';
import {measureOneShots} from './one-shot.js';
import {type Figure, renderTable, verdict} from './report.js';
import {measureResume} from './resume.js';
import {measureSoak} from './soak.js';
import {measureStart} from './start.js';
import {measureStatus} from './status.js';
import {measureLongConversation, measureStream} from './streaming.js';

/** `npm run bench [-- --json] [-- --only one-shot|status|start|resume|draft|stream|markdown|long|control] [-- --runs N] [-- --soak [MINUTES]]` */
const args = process.argv.slice(2);
const option = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const only = option('--only');
const runs = Number(option('--runs') ?? 9);
const soaks = args.includes('--soak');

const launcher = resolve('bin/clawtalk.js');
const home = mkdtempSync(join(tmpdir(), 'clawtalk-bench-'));
const {PATH, LANG} = process.env;
const env: NodeJS.ProcessEnv = {PATH, LANG: LANG ?? 'C.UTF-8', HOME: home, TERM: 'xterm-256color', COLORTERM: 'truecolor'};

const gateway = await startDemoProcess(launcher, env);
try {
	const figures: Figure[] = [];
	const parts: Record<string, () => Promise<Figure[]>> = {
		'one-shot': () => measureOneShots(launcher, gateway, env, runs),
		status: () => measureStatus(launcher, gateway, env, home, runs),
		start: () => measureStart(launcher, gateway, env, home, runs),
		resume: () => measureResume(launcher, gateway, env, home, runs),
		draft: () => measureDraft(launcher, gateway, env, home),
		stream: () => measureStream(launcher, gateway, env, home),
		markdown: () => measureMarkdown(launcher, gateway, env, home),
		long: () => measureLongConversation(launcher, gateway, env, home),
		control: () => measureControl(launcher, gateway, env, home, runs),
	};
	if (soaks) figures.push(...(await measureSoak(launcher, gateway, env, home, Number(option('--soak')) || 60)));
	for (const [name, measure] of soaks ? [] : Object.entries(parts)) if (!only || only === name) figures.push(...(await measure()));
	if (args.includes('--json'))
		process.stdout.write(`${JSON.stringify({schema: 'clawtalk.bench/1', node: process.version, figures}, undefined, 2)}\n`);
	else process.stdout.write(`Node ${process.version}, ${process.platform}\n\n${renderTable(figures)}\n`);
	process.exitCode = figures.some(figure => verdict(figure) === 'MISSED') ? 1 : 0;
} finally {
	await gateway.stop();
	rmSync(home, {recursive: true, force: true});
}
