import type {HttpAnswer, Observation, WebSocketClosed} from '../evidence.js';
import {failureOf, type Sighting, weights} from './sighting.js';
import {urlIn} from './text-source.js';

/** Words of OpenClaw, of Tailscale and of agents that say which row it is. */
const rows: ReadonlyArray<readonly [RegExp, string]> = [
	[/\btailscale (?:serve\/funnel|serve|funnel) requires gateway bind=loopback\b/i, 'O06'],
	[/\bRefusing to bind gateway\b.{0,80}\bwithout auth\b/i, 'O07'],
	[/\bGateway start blocked: set gateway\.mode=local\b|\bexisting config is missing gateway\.mode\b|\bMissing config\. Run\b/i, 'O08'],
	[/\bInvalid config at\b|\bConfig (?:is )?invalid\b/i, 'O09'],
	[
		/\bgateway\.bind=custom requires gateway\.customBindHost\b|\bgateway\.bind: Invalid input\b|\bbut resolved \S{2,45}; refusing fallback\b/i,
		'O10',
	],
	[/\bmultiple[_ ]gateways\b/i, 'O11'],
	// OpenClaw's commands end every call so that got no answer in time, whoever was silent.
	[/^(?!.*\bnode\b).{0,400}\bgateway timeout after \d{1,7} ?ms\b/i, 'N28'],
	[/\bMissingEnvVarError\b/, 'A04'],
	[/\bNo response from OpenClaw\b/, 'S02'],
	[/\bUND_ERR_HEADERS_TIMEOUT\b|\bGateway agent call timed out\b/i, 'S06'],
	[
		/\bBackendState["': ]{1,4}(?:Stopped|NeedsLogin|NoState)\b|\bTailscale is stopped\b|\byou are logged out\. Log in at\b|^Logged out\.$/i,
		'N07',
	],
	[/\bnode key (?:has )?expired\b|\bno reply from \S{3,260} in \d/i, 'N08'],
	[/^no matching peer$/i, 'N09'],
	[/\bfailed to connect to local tailscaled\b|\btailscaled\.sock\b/i, 'N07'],
	[/\bConfig was (?:last )?written by a newer OpenClaw\b|\bYour OpenClaw config was written by version\b/i, 'V04'],
];

/** A turn that the gateway ended with an error: of the model's provider, or of a node. The rules tell which by the words. */
const turnErrors: readonly RegExp[] = [
	/\bNODE_BACKGROUND_UNAVAILABLE\b/,
	/\bSYSTEM_RUN_DENIED\b/,
	/\b(?:[A-Z_]{3,40}_PERMISSION_REQUIRED|COMPUTER_DISABLED|ACCESSIBILITY_REQUIRED)\b/,
	/\brequires a node(?: id)? when multiple (?:executable )?nodes are (?:available|connected)\b/,
	/\brequires a (?:connected node that supports|paired node)\b|\bexec denied: /,
	/\bnode (?:\S{1,64} )?(?:is )?(?:not connected|offline|disconnected)\b/i,
	/\bnode invoke timed out\b|\bgateway timeout after \d{1,7} ?ms\b/i,
	/\bupstream provider (?:error|timeout)\b|\btemporarily disabled after a provider auth\b/i,
];

type Answer = Pick<HttpAnswer, 'status'> & Partial<HttpAnswer>;

/** Bodies of HTTP answers, without their JSON: as logs and other clients print them. */
const answers: ReadonlyArray<readonly [RegExp, Answer]> = [
	[/\bToo many failed authentication attempts\b(?! \(retry later\))/i, {status: 429, errorType: 'rate_limited'}],
	[/\bproxy_attribution_required\b|\bProxy client attribution is required\b/i, {status: 403, errorType: 'proxy_attribution_required'}],
	[/\bmissing scope: [a-z.]{3,60}/i, {status: 403, errorCode: 'MISSING_SCOPE'}],
	[/(?<!\b413 )\bPayload too large\b/i, {status: 413}],
	[/\bRequest body timeout\b/i, {status: 408}],
	[/\bUnknown agent '[^']{1,80}'|\bInvalid `model`/i, {status: 400, errorType: 'invalid_request_error'}],
	[/\bMissing user message in `messages`|\breserved internal session namespaces\b/i, {status: 400, errorType: 'invalid_request_error'}],
	[/\bGateway is temporarily unavailable while suspending or restarting\b/i, {status: 503, errorCode: 'gateway_unavailable'}],
];

/** 503 texts with which a gateway refuses a WebSocket. */
const refusedUpgrade =
	/\b(?:Too many unauthenticated sockets|Gateway websocket handlers unavailable|Gateway websocket admission closed)\b/i;

/** What Node and browsers say of every failed fetch; the cause stands in lines that were not copied, or nowhere. */
const saysNothing =
	/\bfetch failed\b|\bFailed to fetch\b|\bNetworkError when attempting to fetch resource\b|\bThis site can[’']t be reached\b/;

/** Messages of OpenClaw's gateway and programs, of Tailscale, and errors that agents quote. */
export function recogniseOpenClaw(lines: readonly string[]): readonly Sighting[] {
	return lines.flatMap((line): readonly Sighting[] => {
		const id = rows.find(([pattern]) => pattern.test(line))?.[1];
		const place = urlIn(line);
		const at = place ? {place} : {};
		if (id !== undefined) return [{line, weight: id === 'N28' ? weights.symptom : weights.named, id, ...at}];
		const observations = observationsIn(line);
		const weight = observations[0]?.kind === 'network-failure' ? weights.vague : weights.named;
		return observations.length === 0 ? [] : [{line, weight, observations, ...at}];
	});
}

function observationsIn(line: string): readonly Observation[] {
	if (turnErrors.some(pattern => pattern.test(line))) {
		const message = /"message": ?"((?:[^"\\]|\\.){1,300})"/.exec(line)?.[1]?.replace(/\\(["\\/])/g, '$1') ?? line;
		return [{kind: 'turn-error', layer: 'chat', atMs: 0, message: message.slice(0, 300)}];
	}
	const refused = refusedUpgrade.exec(line)?.[0];
	if (refused !== undefined) return [upgradeRefused(refused)];
	const [pattern, known] = answers.find(([words]) => words.test(line)) ?? [];
	if (pattern && known) return [answered(known, pattern.exec(line)?.[0] ?? '')];
	const vague = saysNothing.exec(line)?.[0];
	return vague === undefined ? [] : [failureOf({phase: 'request', layer: 'identity', attempts: [{message: vague}]})];
}

function upgradeRefused(reason: string): WebSocketClosed {
	return {
		kind: 'websocket-closed',
		layer: 'control',
		atMs: 0,
		code: 1006,
		reason,
		upgradeStatus: 503,
		challenged: false,
		welcomed: false,
		byUs: false,
	};
}

function answered(known: Answer, errorMessage: string): HttpAnswer {
	return {
		kind: 'http-answer',
		layer: 'chat',
		atMs: 0,
		method: 'POST',
		path: '/v1/chat/completions',
		body: 'json',
		headers: {},
		errorMessage,
		...known,
	};
}
