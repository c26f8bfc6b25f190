import {hang, type ReportStyle} from '../../components/connection-report.js';
import {locate} from '../../config/location.js';
import {type ExitCode, exitCodes} from '../../exit-codes.js';
import {readConnectionLog} from '../../history/connection-log.js';
import {type Drops, type HistorySummary, summarise} from '../../history/summary.js';
import type {CommandContext} from '../command.js';
import {durationInWords} from '../duration.js';
import {say} from '../say.js';
import {momentInWords} from '../since-words.js';
import {withoutSecrets} from './status-document.js';
import {styleFor} from './status-style.js';

const days = 7;

/** `clawtalk status --history`: what the connection log says of the last days, one paragraph a gateway. */
export async function showHistory(context: CommandContext): Promise<ExitCode> {
	const {env, stdout, flags} = context;
	let log: Awaited<ReturnType<typeof readConnectionLog>>;
	try {
		log = await readConnectionLog(locate(env));
	} catch (error) {
		const {code, message} = error as NodeJS.ErrnoException;
		say(context, `the connection log cannot be read (${code ?? message}).`);
		return exitCodes.configuration;
	}
	const now = new Date();
	const gateways = summarise(log.records, now.getTime() - days * 86_400_000).filter(isAsked(flags['profile']));
	if (flags['json'] === true) {
		stdout.write(`${JSON.stringify(withoutSecrets({schema: 'clawtalk.history/1', days, gateways, tornLines: log.torn}))}\n`);
		return exitCodes.ok;
	}
	const style = await styleFor(context);
	const lines = gateways.flatMap(gateway => paragraph(gateway, now.toISOString(), style));
	stdout.write(`${(lines.length > 0 ? lines : [`Nothing is known of the last ${days} days.`]).join('\n')}\n`);
	if (log.torn > 0) say(context, `${log.torn} lines of the connection log are cut short; they are left as they are.`);
	return exitCodes.ok;
}

function isAsked(profile: unknown): (summary: HistorySummary) => boolean {
	return summary => typeof profile !== 'string' || summary.profile === profile;
}

function paragraph(summary: HistorySummary, now: string, style: ReportStyle): readonly string[] {
	const {origin, profile, state, drops, otherFailures, versions, lastGoodAt} = summary;
	const {palette} = style;
	const mark = state === 'up' ? palette.good('✓') : palette.error('✗');
	const count = drops.reduce((sum, drop) => sum + drop.count, 0);
	const title = [profile, origin, state === 'up' ? 'usable when last seen' : 'not usable when last seen'].filter(Boolean).join(' · ');
	const total = summary.neverUsable
		? `never usable in ${days} days`
		: count === 0
			? `no drops in ${days} days`
			: `${count} ${count === 1 ? 'drop' : 'drops'} in ${days} days`;
	const others = otherFailures.length === 0 || summary.neverUsable ? [] : ['no drop, but a failure:'];
	const good = lastGoodAt === undefined || state === 'up' ? [] : [`worked until ${momentInWords(lastGoodAt, now)}`];
	const changes =
		versions.length > 1
			? [`gateway ${versions.map(({version, since}) => `${version} since ${momentInWords(since, now)}`).join(', then ')}`]
			: [];
	const wordsOf = (failures: Drops) => dropWords(failures, now);
	return [
		...hang('  ', title, style).map((line, index) => (index === 0 ? mark + line.slice(1) : line)),
		...[total, ...drops.map(wordsOf), ...others, ...otherFailures.map(wordsOf), ...good, ...changes].flatMap(line =>
			hang('  ', line, style),
		),
	];
}

/** `5 × S04, each after 60 s of silence: a time limit of something in between; last 20 Nov 14:02` */
function dropWords({id, count, silentMs, regular, lastAt}: Drops, now: string): string {
	const silence =
		silentMs === undefined
			? ''
			: regular
				? `, each after ${seconds(silentMs)} of silence: likely a time limit of a proxy in between`
				: silentMs >= 1000
					? `, after ${seconds(silentMs)} of silence in the middle`
					: '';
	return `${count} × ${id}${silence}; last ${momentInWords(lastAt, now)}. See: clawtalk explain ${id}`;
}

/** Time limits of proxies are known by their seconds: 60 s, 100 s. */
function seconds(ms: number): string {
	return ms < 300_000 ? `${Math.round(ms / 1000)} s` : durationInWords(ms);
}
