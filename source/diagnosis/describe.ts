import {describeControl} from './describe-control.js';
import {describeSurrounding} from './describe-surroundings.js';
import type {FailedAttempt, HttpAnswer, NetworkFailure, Observation, PeerKind, StreamEnded, WebSocketClosed} from './evidence.js';

/** One observation as one line of plain fact, without any meaning: for the evidence of `status`, for `--debug`, for reports. */
export function describeObservation(observation: Observation): string {
	switch (observation.kind) {
		case 'configuration-problem':
			return `${observation.setting}: ${observation.message}`;
		case 'network-failure':
			return describeFailure(observation);
		case 'http-answer':
			return describeAnswer(observation);
		case 'peer-identified':
			return `${observation.address ?? 'the peer'}: ${peerWords[observation.peer]}`;
		case 'pin-mismatch':
			return `certificate ${observation.presented}, pinned ${observation.pinned}`;
		case 'stream-ended':
			return describeStream(observation);
		case 'turn-error':
			return `error in the stream: ${[observation.type, observation.code].filter(Boolean).join(' ')} ${observation.message}`.replace(
				/ {2,}/g,
				' ',
			);
		case 'websocket-closed':
			return describeClose(observation);
		case 'credential-withheld':
			return `token not sent: ${observation.reason}${observation.belongsTo ? `, it belongs to ${observation.belongsTo}` : ''}`;
		case 'control-refused':
		case 'control-welcomed':
		case 'sequence-gap':
		case 'nodes-listed':
		case 'tool-failed':
			return describeControl(observation);
		default:
			return describeSurrounding(observation);
	}
}

const peerWords: Readonly<Record<PeerKind, string>> = {
	gateway: 'an OpenClaw gateway, by its answer to /healthz',
	'gateway-by-challenge': 'an OpenClaw gateway, by its WebSocket greeting',
	'plugin-proxy': 'the rate-limit proxy of the ClawTalk plugin',
	'other-web-server': 'another web server, by its answer to /healthz',
	redirect: 'it sends us elsewhere',
	unknown: 'no proof of who answers',
};

function describeFailure({method, path, attempts, tookMs, timeoutMs}: NetworkFailure): string {
	const what = attempts.map(describeAttempt).join('; ') || 'no answer';
	return `${method} ${path}: ${what}${timeoutMs === undefined ? '' : `, time limit ${timeoutMs} ms`}${took(tookMs)}`;
}

/** `connect ECONNREFUSED 127.0.0.1:18789`, whatever the wording of the error was. */
function describeAttempt({syscall, code, name, address, port, message}: FailedAttempt): string {
	if (code === undefined) return `${name ? `${name}: ` : ''}${message}`;
	const where = address === undefined ? '' : ` ${address.includes(':') ? `[${address}]` : address}${port === undefined ? '' : `:${port}`}`;
	const known = /^E[A-Z]+$/.test(code) && (syscall !== undefined || where !== '');
	// The text of OpenSSL is a list of places in its own source.
	if (code.startsWith('ERR_SSL_')) return `${code}${where}`;
	return known ? `${syscall ? `${syscall} ` : ''}${code}${where}` : `${code}${where} (${message})`;
}

function describeAnswer(answer: HttpAnswer): string {
	const said = answer.errorMessage ?? answer.title ?? answer.excerpt;
	const type = answer.errorType ? `${answer.errorType}: ` : '';
	return `${answer.method} ${answer.path} → ${answer.status} ${answer.contentType ?? answer.body}${said ? ` (${type}${said})` : ''}${took(answer.tookMs)}`;
}

function describeStream({ending, textLength, events, malformed, finishReason, silentMs}: StreamEnded): string {
	const parts = [
		`stream ended: ${ending}`,
		finishReason && `finish reason ${finishReason}`,
		`${textLength} characters`,
		`${events} events`,
		malformed > 0 && `${malformed} malformed`,
		silentMs >= 1000 && `silent for ${Math.round(silentMs / 1000)} s before`,
	];
	return parts.filter(Boolean).join(', ');
}

function describeClose({code, reason, challenged, upgradeStatus, byUs}: WebSocketClosed): string {
	if (upgradeStatus !== undefined) return `WebSocket upgrade → ${upgradeStatus}`;
	return `WebSocket ${challenged ? 'greeted, ' : ''}closed ${byUs ? 'by us ' : ''}with ${code}${reason ? ` ${reason}` : ''}`;
}

function took(ms: number | undefined): string {
	return ms === undefined ? '' : ` (${Math.round(ms)} ms)`;
}
