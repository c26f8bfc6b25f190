import type {BodyShape, HttpAnswer, Layer} from '../diagnosis/evidence.js';
import type {EvidenceLog} from './evidence-log.js';
import type {Exchange} from './exchange.js';
import {isRecord, parseJson} from './json.js';
import {plainLine} from './plain-text.js';

/** The beginning of a body, and whether that is all of it. */
export interface BodyStart {
	readonly text: string;
	readonly whole: boolean;
}

/**
 * Reads at most `limitBytes` of the body for at most `limitMs` and ends the exchange. An error while reading goes into the log; what
 * came before it is returned.
 */
export async function readBodyStart(answer: Exchange, limitBytes: number, log: EvidenceLog, limitMs = 5_000): Promise<BodyStart> {
	const timer = setTimeout(answer.finish, limitMs);
	const pieces: Uint8Array[] = [];
	let length = 0;
	let whole = true;
	try {
		for await (const piece of answer.body) {
			pieces.push(piece);
			length += piece.byteLength;
			if (length > limitBytes) {
				whole = false;
				break;
			}
		}
	} catch (error) {
		whole = false;
		log.add(answer.failure(error));
	} finally {
		clearTimeout(timer);
		answer.finish();
	}
	return {text: Buffer.concat(pieces).subarray(0, limitBytes).toString('utf8'), whole};
}

/** Describes an HTTP answer. */
export function observeAnswer(
	answer: Exchange,
	request: {readonly method: string; readonly path: string; readonly layer: Layer},
	body: BodyStart,
	log: EvidenceLog,
	now: () => number,
): HttpAnswer {
	const contentType = headerOf(answer, 'content-type');
	const shape = shapeOf(contentType, body.text);
	const retryAfterMs = parseRetryAfter(headerOf(answer, 'retry-after'), now());
	return {
		kind: 'http-answer',
		layer: request.layer,
		atMs: answer.atMs,
		tookMs: log.elapsed() - answer.atMs,
		method: request.method,
		path: request.path,
		status: answer.status,
		...(contentType === undefined ? {} : {contentType: plainLine(contentType, 100)}),
		body: shape,
		...describeBody(shape, body.text, answer.status),
		headers: allowedHeaders(answer),
		...(retryAfterMs === undefined ? {} : {retryAfterMs}),
	};
}

/** What a body is: by its first character where that tells, else by its content type, which proxies and old gateways get wrong. */
export function shapeOf(contentType: string | undefined, text: string): BodyShape {
	const start = text.trimStart();
	if (start === '') return 'empty';
	if (contentType?.toLowerCase().startsWith('text/event-stream') === true) return 'event-stream';
	if (/^<(!doctype|html|head|body|\?xml|!--)/i.test(start) || /^(text\/html|application\/xhtml)/i.test(contentType ?? '')) return 'html';
	if (/^[{[]/.test(start) && isJsonLike(start)) return 'json';
	return contentType === undefined || contentType.startsWith('text/') || contentType.includes('json') ? 'text' : 'other';
}

function isJsonLike(text: string): boolean {
	return text.length >= 4096 || parseJson(text) !== undefined;
}

type BodyDescription = Pick<HttpAnswer, 'errorType' | 'errorMessage' | 'errorCode' | 'title' | 'excerpt'>;

function describeBody(shape: BodyShape, text: string, status: number): BodyDescription {
	if (shape === 'json') {
		const error = describeError(parseJson(text));
		// A gateway that starts or stops says which without any error: {"ok":false,"status":"starting"}.
		return status === 503 && Object.keys(error).length === 0 ? {excerpt: plainLine(text, 200)} : error;
	}
	if (shape === 'html') {
		const title = /<title[^>]*>([^<]*)/i.exec(text)?.[1];
		return title === undefined ? {} : {title: plainLine(title, 120)};
	}
	return shape === 'empty' ? {} : {excerpt: plainLine(text, 200)};
}

/** `error.type`, `error.message`, `error.code` of an OpenAI- or Anthropic-shaped error body. */
export function describeError(body: unknown): Pick<BodyDescription, 'errorType' | 'errorMessage' | 'errorCode'> {
	const error = isRecord(body) ? body['error'] : undefined;
	if (typeof error === 'string') return {errorMessage: plainLine(error)};
	if (!isRecord(error)) return {};
	const {type, message, code} = error;
	return {
		...(typeof type === 'string' ? {errorType: plainLine(type, 80)} : {}),
		...(typeof message === 'string' ? {errorMessage: plainLine(message)} : {}),
		...(typeof code === 'string' || typeof code === 'number' ? {errorCode: plainLine(String(code), 80)} : {}),
	};
}

const allowed = [
	'allow',
	'server',
	'via',
	'www-authenticate',
	'proxy-authenticate',
	'cf-ray',
	'cf-mitigated',
	'retry-after',
	'date',
	'request-id',
];

function allowedHeaders(answer: Exchange): Record<string, string> {
	const headers: Record<string, string> = {};
	for (const name of allowed) {
		const value = headerOf(answer, name);
		if (value !== undefined) headers[name] = plainLine(value, 200);
	}
	const location = headerOf(answer, 'location');
	if (location !== undefined) headers['location'] = plainLine(withoutQuery(location), 200);
	return headers;
}

/** Login redirects carry tickets in the query. */
function withoutQuery(location: string): string {
	const bare = location.replace(/[?#].*$/s, '');
	return URL.canParse(bare) ? new URL(bare).origin + new URL(bare).pathname : bare;
}

export function headerOf(answer: Pick<Exchange, 'headers'>, name: string): string | undefined {
	const value = answer.headers[name];
	return Array.isArray(value) ? value[0] : value;
}

/** `Retry-After` in milliseconds from now: seconds or an HTTP date (RFC 9110 §10.2.3), at most a day. */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
	if (value === undefined) return undefined;
	const trimmed = value.trim();
	// `Date.parse` alone takes almost anything for a date.
	const until = /^[A-Z][a-z]{2}/.test(trimmed) ? Date.parse(trimmed) : Number.NaN;
	const waitMs = /^\d+$/.test(trimmed) ? Number(trimmed) * 1000 : until - nowMs;
	return Number.isFinite(waitMs) ? Math.min(Math.max(0, waitMs), 86_400_000) : undefined;
}
