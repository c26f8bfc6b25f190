import {exitCodes} from '../../exit-codes.js';
import type {Rule} from '../diagnosis.js';
import type {Evidence, StreamEnded} from '../evidence.js';
import {type Found, findApiAnswer, findLast} from '../find.js';
import {here, onGatewayHost} from '../fixes.js';
import {lookFirst, streamProblem} from './stream-part.js';

/** Time limits of silence that proxies come with: nginx and AWS 60 s, Cloudflare 100 s, others round numbers. */
const usualLimitsMs = [30_000, 60_000, 100_000, 120_000, 300_000, 600_000];
const toleranceMs = 1_000;
/** Shorter silences are not told from a coincidence, whoever stands in between. */
const shortestCutMs = 1_900;

/** Where a stream was cut after a silence: the last one, and whether an earlier one was cut after the same. */
interface IdleCut extends Found<StreamEnded> {
	readonly usual: boolean;
	readonly twice: boolean;
	/** The name of a proxy, as its answer gave it, and where. */
	readonly proxy?: {readonly name: string; readonly index: number};
}

function findIdleCut(evidence: Evidence): IdleCut | undefined {
	const found = findLast(evidence, 'stream-ended');
	if (!found || !isCut(found.observation)) return undefined;
	const {silentMs} = found.observation;
	const usual = usualLimitsMs.some(limit => Math.abs(silentMs - limit) <= toleranceMs);
	const answer = findApiAnswer(evidence, ({method}) => method === 'POST');
	const name = answer?.observation.headers['server'] ?? answer?.observation.headers['via'];
	const proxy = answer && name !== undefined ? {name, index: answer.index} : undefined;
	if (!usual && !(proxy && silentMs >= shortestCutMs)) return undefined;
	const twice = evidence.observations.some(
		(seen, index) =>
			index !== found.index && seen.kind === 'stream-ended' && isCut(seen) && Math.abs(seen.silentMs - silentMs) <= toleranceMs,
	);
	return {...found, usual, twice, ...(proxy ? {proxy} : {})};
}

function isCut({ending, silentMs}: StreamEnded): boolean {
	return (ending === 'closed-early' || ending === 'broken') && silentMs >= shortestCutMs;
}

/** S07: cut after a silence that is a time limit, and not a silence of chance. OpenClaw itself sends nothing while tools run. */
const idleCut: Rule = evidence => {
	const cut = findIdleCut(evidence);
	if (!cut) return undefined;
	const {observation, index, usual, twice, proxy} = cut;
	return streamProblem({
		id: 'S07',
		slug: 'stream.idle-limit',
		confidence: twice || (usual && proxy) ? 'likely' : 'possible',
		title: `The answer was cut off after ${Math.round(observation.silentMs / 1000)} s of silence${proxy ? `, behind a proxy (${proxy.name})` : ''}`,
		explanation: `That ${twice ? 'happened before after the same time and ' : ''}looks like the time limit of something on the way; while tools run, a gateway is silent longer. The run may have finished, and acted.`,
		evidence: proxy ? [index, proxy.index] : [index],
		fixes: [
			lookFirst,
			onGatewayHost('raise the read timeout of the proxy, e.g. nginx: proxy_read_timeout 3600s; proxy_buffering off;'),
			here('or reach the gateway without the proxy: over the tailnet, or through ssh'),
		],
		rivals: [{id: 'S04', title: 'The connection broke by chance', tellApart: 'whether it is cut again after the same silence'}],
		exitCode: observation.textLength > 0 ? exitCodes.incomplete : exitCodes.turnFailed,
	});
};

/** Faster than any model writes: what comes at this pace was held back somewhere. */
const burstCharactersPerMs = 10;

/** S08: the whole answer came at once at its end. */
const heldBack: Rule = evidence => {
	const found = findLast(evidence, 'stream-ended', ({ending}) => ending === 'end-mark');
	if (!found) return undefined;
	const {tookMs, firstTokenMs, textLength, events} = found.observation;
	if (tookMs === undefined || firstTokenMs === undefined || firstTokenMs < 2_000 || textLength < 500 || events < 20) return undefined;
	if (textLength / Math.max(1, tookMs - firstTokenMs) < burstCharactersPerMs) return undefined;
	return streamProblem({
		id: 'S08',
		slug: 'stream.held-back',
		severity: 'note',
		confidence: 'possible',
		title: `The whole answer came at once after ${Math.round(firstTokenMs / 1000)} s`,
		explanation:
			'Something on the way seems to hold the stream back, such as a proxy that buffers or an inspector of TLS. The answer is whole.',
		evidence: [found.index],
		fixes: [
			onGatewayHost('switch buffering off in the proxy, e.g. nginx: proxy_buffering off;'),
			here('or reach the gateway without the proxy: over the tailnet, or through ssh'),
		],
		exitCode: exitCodes.ok,
	});
};

const staleCodes = ['EPIPE', 'ECONNRESET', 'UND_ERR_SOCKET'];
/** The other side had closed already when the question was written. */
const atOnceMs = 100;

/** S11: a connection that was kept from an earlier request was dead already. */
const stale: Rule = evidence => {
	const found = findLast(
		evidence,
		'network-failure',
		({method, phase, attempts, tookMs, bytesRead}) =>
			method === 'POST' &&
			phase === 'request' &&
			(bytesRead ?? 0) > 0 &&
			tookMs !== undefined &&
			tookMs <= atOnceMs &&
			attempts.some(({code}) => code !== undefined && staleCodes.includes(code)),
	);
	if (!found) return undefined;
	return streamProblem({
		id: 'S11',
		slug: 'stream.stale-connection',
		confidence: 'likely',
		title: 'A connection kept from before was closed just as the question was sent',
		explanation: 'No answer came back. Whether the gateway got the question is not known, so it was not sent again.',
		evidence: [found.index],
		fixes: [lookFirst, here('send the question again')],
		exitCode: exitCodes.turnFailed,
	});
};

/** S05, as undici says it: nobody wrote for as long as the client was told to wait. */
const clientGaveUp: Rule = evidence => {
	const found = findLast(evidence, 'network-failure', ({attempts}) => attempts.some(({code}) => code === 'UND_ERR_BODY_TIMEOUT'));
	if (!found || findLast(evidence, 'stream-ended', ({ending}) => ending === 'abandoned')) return undefined;
	return streamProblem({
		id: 'S05',
		slug: 'stream.client-timeout',
		confidence: 'certain',
		title: 'No data came for as long as the client waits, so it gave up',
		explanation: 'While tools run, a gateway is silent for minutes; clawtalk itself has no such limit. The run may be going on.',
		evidence: [found.index],
		fixes: [lookFirst],
	});
};

export const streamTimingRules: readonly Rule[] = [clientGaveUp, stale, idleCut, heldBack];
