import {setTimeout as delay} from 'node:timers/promises';
import {clean, firstFix, hang, titleLines} from '../../components/connection-report.js';
import {ladderRow} from '../../components/ladder-lines.js';
import {climb} from '../../diagnosis/ladder.js';
import {type ExitCode, exitCodeOfSignal, exitCodes} from '../../exit-codes.js';
import {pathTo} from '../../network/path-words.js';
import type {CommandContext} from '../command.js';
import {describeClient} from './describe-client.js';
import {liveBlock} from './live-block.js';
import {type Checked, checkGateway, latencyIn} from './status-check.js';
import {statusDocument} from './status-document.js';
import {lookOnce} from './status-once.js';
import {openForStatus} from './status-open.js';
import {styleFor} from './status-style.js';

const defaultIntervalS = 5;

/** `clawtalk status --watch`: a look at /healthz every few seconds until a signal ends it; the exit code is the signal's. */
export async function watch(context: CommandContext): Promise<ExitCode> {
	const {flags, signal, stderr} = context;
	const intervalS = typeof flags['interval'] === 'number' ? flags['interval'] : defaultIntervalS;
	if (!(intervalS >= 1 && intervalS <= 3600)) {
		stderr.write('clawtalk: --interval takes 1 to 3600 seconds. See clawtalk help status.\n');
		return exitCodes.usage;
	}
	const {opened, problems} = await openForStatus(context);
	// Without a gateway there is nothing to watch: the one look says why.
	if (!opened.ok) return lookOnce(context);
	const show = await display(context, intervalS);
	try {
		while (!signal.aborted) {
			const checked = await checkGateway(context, opened, {depth: 'health', problems});
			if (signal.aborted) break;
			show(checked);
			await delay(intervalS * 1000, undefined, {signal}).catch(() => undefined);
		}
	} finally {
		await opened.gateway.close();
	}
	return exitCodeOfSignal(signal) ?? exitCodes.ok;
}

/** How a look is shown: as a document, as a block in place, or as a line each. */
async function display(context: CommandContext, intervalS: number): Promise<(checked: Checked) => void> {
	const {stdout, flags, env} = context;
	if (flags['json'] === true) {
		const client = await describeClient(env, {triesFetch: true});
		return checked => void stdout.write(`${JSON.stringify(statusDocument(checked, client))}\n`);
	}
	const style = await styleFor(context);
	const block = stdout.isTTY ? liveBlock(stdout) : undefined;
	let since: {readonly id: string | undefined; readonly at: Date} | undefined;
	return checked => {
		const now = new Date();
		const {evidence, findings} = checked;
		if (since === undefined || since.id !== findings.primary?.id) since = {id: findings.primary?.id, at: now};
		const line = lookLine(checked, now);
		if (block === undefined) {
			stdout.write(`${clean(line)}\n`);
			return;
		}
		const resized = {...style, width: stdout.columns || 80};
		block.draw([
			...hang('', `${evidence.target.origin} · ${pathTo(evidence.target.addressClass)} · every ${intervalS} s, Ctrl+C ends`, resized),
			...ladderRow(climb(evidence, findings), resized),
			...hang('', `${findings.primary ? `${timeOf(now)} ✗` : line} · so since ${timeOf(since.at)}`, resized),
			...(findings.primary ? [...titleLines(findings.primary, resized), ...firstFix(findings.primary, evidence, resized)] : []),
		]);
	};
}

/** `14:03:22 ✓ usable · 3 ms`, `14:03:22 ✗ N01 Nothing listens on …` */
function lookLine({evidence, findings: {primary}}: Checked, now: Date): string {
	const latencyMs = latencyIn(evidence);
	if (primary) return `${timeOf(now)} ✗ ${primary.id} ${primary.title}`;
	return `${timeOf(now)} ✓ live${latencyMs === undefined ? '' : ` · ${Math.round(latencyMs)} ms`}`;
}

function timeOf(moment: Date): string {
	return [moment.getHours(), moment.getMinutes(), moment.getSeconds()].map(part => String(part).padStart(2, '0')).join(':');
}
