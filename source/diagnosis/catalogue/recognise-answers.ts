import type {HttpAnswer, Observation} from '../evidence.js';
import {type Sighting, weights} from './sighting.js';
import {urlIn} from './text-source.js';

/** Headers that rules look at; everything else of a pasted answer is left out. */
const kept = ['allow', 'server', 'via', 'location', 'www-authenticate', 'cf-ray'];

/** An HTTP status as programs tell it. The group is the status. */
const statusWords: readonly RegExp[] = [
	/^<? ?HTTP\/[\d.]{1,3} (\d{3})\b/,
	/\bUnexpected (?:server response|response code):? (\d{3})\b/i,
	/\b(?:status(?: code)?|HTTP|returned error|responded with|response)[ :=]{1,3}(\d{3})\b(?! ?ms)/i,
	/^<(?:title|h1)>(\d{3}) /i,
	/<title>(\d{3}) /i,
	/^(\d{3}) (?:Bad Request|Unauthorized|Forbidden|Not Found|Method Not Allowed|Bad Gateway|Service Unavailable|Gateway Time-?out|Too Many Requests)\b/i,
	/\btunnel failed, response (\d{3})\b/i,
];

/** Headers whose URLs lead elsewhere. */
const linkHeader = /^<? ?(?:location|link|alt-svc|report-to|www-authenticate|content-security-policy|access-control-[a-z-]{3,30}): /i;

/** HTTP answers in a text: an error body of the gateway, a page of nginx, a status line with its headers, or a bare status. */
export function recogniseAnswers(lines: readonly string[]): readonly Sighting[] {
	const bodies = lines.flatMap(bodyOf);
	const body = bodies.at(-1);
	const statusLine = lines.findLast(line => statusIn(line) !== undefined);
	const status = statusLine === undefined ? body?.status : statusIn(statusLine);
	const line = body?.line ?? statusLine;
	if (status === undefined || status < 300 || line === undefined)
		return body?.status === undefined ? [] : [sightingOf(body.line, body.status, lines, body)];
	return [sightingOf(line, status, lines, body)];
}

function statusIn(line: string): number | undefined {
	for (const pattern of statusWords) {
		const status = Number(pattern.exec(line)?.[1]);
		if (status >= 100 && status < 600) return status;
	}
	return undefined;
}

interface Body extends Pick<HttpAnswer, 'errorType' | 'errorMessage' | 'errorCode' | 'retryAfterMs'> {
	readonly line: string;
	/** The status that the gateway sends with this body. */
	readonly status?: number;
}

/** Bodies that tell the status by themselves (OpenClaw 2026.2.9 and 2026.9.6). */
const statusOfType: ReadonlyMap<string, number> = new Map(
	Object.entries({
		unauthorized: 401,
		rate_limited: 429,
		rate_limit_error: 429,
		proxy_attribution_required: 403,
		invalid_request_error: 400,
		service_unavailable: 503,
	}),
);

/** `{"error":{"message":…,"type":…}}` anywhere in a line. The values are of strangers: bounded, and never put into a command. */
function bodyOf(line: string): Body[] {
	const errorType = /"type": ?"([a-z_]{3,40})"/.exec(line)?.[1];
	const errorMessage = /"message": ?"((?:[^"\\]|\\.){1,300})"/.exec(line)?.[1]?.replace(/\\(["\\/])/g, '$1');
	const errorCode = /"code": ?"([A-Za-z_]{3,60})"/.exec(line)?.[1];
	if (!/"error"/.test(line) || (errorType === undefined && errorMessage === undefined)) return [];
	const status = /Payload too large/i.test(errorMessage ?? '')
		? 413
		: errorCode === 'MISSING_SCOPE'
			? 403
			: statusOfType.get(errorType ?? '');
	return [
		{
			line,
			...(status === undefined ? {} : {status}),
			...(errorType === undefined ? {} : {errorType}),
			...(errorMessage === undefined ? {} : {errorMessage}),
			...(errorCode === undefined ? {} : {errorCode}),
		},
	];
}

function sightingOf(line: string, status: number, lines: readonly string[], body: Body | undefined): Sighting {
	const headers = headersIn(lines);
	const title = lines.map(one => /<title>([^<]{1,120})<\/title>/i.exec(one)?.[1]).find(found => found !== undefined);
	const html = title !== undefined || lines.some(one => /<html|<!doctype html/i.test(one));
	const nginx = lines.some(one => /<center>nginx(?:\/[\d.]{1,12})?<\/center>/i.test(one));
	const upgrade = lines.some(one => /Unexpected (?:server response|response code)/i.test(one));
	const seconds = Number(lines.map(one => /^<? ?retry-after: (\d{1,6})$/i.exec(one)?.[1]).find(found => found !== undefined));
	const answer: HttpAnswer = {
		kind: 'http-answer',
		layer: 'chat',
		atMs: 0,
		method: 'POST',
		path: '/v1/chat/completions',
		status,
		body: body ? 'json' : html ? 'html' : 'text',
		headers: {...headers, ...(nginx && headers['server'] === undefined ? {server: 'nginx'} : {})},
		...(body?.errorType === undefined ? {} : {errorType: body.errorType}),
		...(body?.errorMessage === undefined ? {} : {errorMessage: body.errorMessage}),
		...(body?.errorCode === undefined ? {} : {errorCode: body.errorCode}),
		...(title === undefined ? {} : {title}),
		...(seconds > 0 ? {retryAfterMs: seconds * 1000} : {}),
	};
	const place = lines
		.filter(one => !linkHeader.test(one))
		.map(urlIn)
		.find(found => found !== undefined);
	if (status === 405 && (/\bPOST\b/.test(headers['allow'] ?? '') || /\ballow: ?POST\b/i.test(line))) {
		return {line, weight: weights.coded, id: 'H32', ...(place ? {place} : {})};
	}
	return {
		line,
		weight: body || nginx ? weights.located : upgrade ? weights.symptom : weights.coded,
		...(place ? {place} : {}),
		...(body === undefined ? {isBare: true} : {}),
		...(/\btunnel failed\b/i.test(line) ? {proxy: 'on the way'} : {}),
		observations: upgrade && !byProxy(status) ? [refusedUpgrade(status)] : observationsOf(answer, line),
	};
}

/** Statuses that only a proxy gives in the place of the gateway. */
function byProxy(status: number): boolean {
	return [407, 502, 504].includes(status) || (status >= 520 && status <= 530);
}

function refusedUpgrade(upgradeStatus: number): Observation {
	const never = {challenged: false, welcomed: false, byUs: false} as const;
	return {kind: 'websocket-closed', layer: 'control', atMs: 0, code: 1006, reason: '', upgradeStatus, ...never};
}

/** An answer to `CONNECT` is the proxy's; an answer that only a proxy gives stands at the health check, where clawtalk meets it first. */
function observationsOf(answer: HttpAnswer, line: string): readonly Observation[] {
	if (/\btunnel failed\b/i.test(line)) return [{...answer, method: 'CONNECT', path: 'the gateway'}];
	if (!byProxy(answer.status)) return [answer];
	const {status} = answer;
	return [
		{...answer, layer: 'identity', method: 'GET', path: '/healthz', status},
		{kind: 'peer-identified', layer: 'identity', atMs: 0, peer: 'unknown'},
	];
}

function headersIn(lines: readonly string[]): Record<string, string> {
	const pairs = lines.flatMap(line => {
		const [, name = '', value = ''] = /^<? ?([A-Za-z-]{2,40}): (.{1,300})$/.exec(line) ?? [];
		return kept.includes(name.toLowerCase()) ? [[name.toLowerCase(), value] as const] : [];
	});
	return Object.fromEntries(pairs);
}
