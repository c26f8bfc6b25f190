import type {
	ConfigurationProblem,
	CredentialEvidence,
	CredentialWithheld,
	FailedAttempt,
	HttpAnswer,
	NetworkFailure,
	Observation,
	ObservationBase,
	PeerIdentified,
	PinMismatch,
	StreamEnded,
	TargetEvidence,
	TurnError,
	WebSocketClosed,
} from '../evidence.js';
import {layers} from '../evidence.js';
import {controlFields} from './control-fields.js';
import {
	address,
	boolean,
	code,
	type Field,
	type Fields,
	type FieldsOf,
	fingerprint,
	list,
	number,
	object,
	optional,
	origin,
	source,
	text,
	time,
	word,
} from './field.js';
import {surroundingFields} from './surrounding-fields.js';

export const addressClass = word(
	...(['loopback', 'private', 'link-local', 'cgnat', 'tailscale-v6', 'unique-local'] as const),
	...(['tailnet-name', 'local-name', 'single-label', 'unspecified', 'public'] as const),
);

/** What every observation has. */
export const base: FieldsOf<ObservationBase> = {layer: word(...layers), atMs: number, tookMs: optional(number)};

const withheld = word('other-origin', 'plain-http-private', 'plain-http-public', 'peer-not-identified', 'refused-before');

export const targetFields: FieldsOf<TargetEvidence> = {
	origin,
	basePath: optional({type: 'path'}),
	source,
	addressClass,
	proxy: optional(origin),
};

export const credentialFields: FieldsOf<CredentialEvidence> = {
	set: boolean,
	source: optional(source),
	length: optional(number),
	sent: boolean,
	withheld: optional(withheld),
};

const attemptFields: FieldsOf<FailedAttempt> = {
	code: optional(code),
	syscall: optional(text),
	address: optional(address),
	port: optional(number),
	name: optional(text),
	message: text,
};
export const failedAttempt = object<FailedAttempt>(attemptFields);

const configurationProblem: FieldsOf<Omit<ConfigurationProblem, 'kind'>> = {
	...base,
	row: {type: 'row'},
	setting: text,
	message: text,
	suggestion: optional(text),
};

const networkFailure: FieldsOf<Omit<NetworkFailure, 'kind'>> = {
	...base,
	method: text,
	path: {type: 'path'},
	phase: word('lookup', 'connect', 'tls', 'request', 'body'),
	attempts: list(failedAttempt),
	timeoutMs: optional(number),
	bytesRead: optional(number),
};

const httpAnswer: FieldsOf<Omit<HttpAnswer, 'kind'>> = {
	...base,
	method: text,
	path: {type: 'path'},
	status: number,
	contentType: optional({type: 'content-type'}),
	body: word('json', 'html', 'text', 'event-stream', 'empty', 'other'),
	errorType: optional(text),
	errorMessage: optional(text),
	errorCode: optional(text),
	title: optional(text),
	excerpt: optional(text),
	headers: {type: 'headers'},
	retryAfterMs: optional(number),
};

const peerIdentified: FieldsOf<Omit<PeerIdentified, 'kind'>> = {
	...base,
	peer: word('gateway', 'gateway-by-challenge', 'plugin-proxy', 'other-web-server', 'redirect', 'unknown'),
	address: optional(address),
	clockSkewMs: optional(number),
};

const pinMismatch: FieldsOf<Omit<PinMismatch, 'kind'>> = {...base, pinned: fingerprint, presented: fingerprint};

const streamEnded: FieldsOf<Omit<StreamEnded, 'kind'>> = {
	...base,
	ending: word('end-mark', 'closed-early', 'broken', 'cancelled', 'deadline', 'abandoned', 'too-large', 'not-a-stream'),
	finishReason: optional(text),
	textLength: number,
	events: number,
	malformed: number,
	firstTokenMs: optional(number),
	silentMs: number,
};

const turnError: FieldsOf<Omit<TurnError, 'kind'>> = {...base, type: optional(text), code: optional(text), message: text};

const webSocketClosed: FieldsOf<Omit<WebSocketClosed, 'kind'>> = {
	...base,
	code: number,
	reason: text,
	openMs: optional(number),
	challenged: boolean,
	welcomed: boolean,
	upgradeStatus: optional(number),
	byUs: boolean,
	withoutConnect: optional(boolean),
	shutdown: optional(object<NonNullable<WebSocketClosed['shutdown']>>({reason: text, restartExpectedMs: optional(number)})),
	silentMs: optional(number),
};

const credentialWithheld: FieldsOf<Omit<CredentialWithheld, 'kind'>> = {
	...base,
	reason: withheld,
	belongsTo: optional(origin),
	refusedAt: optional(time),
	refusedStatus: optional(number),
	refusedAsLockout: optional(boolean),
	retryAt: optional(time),
};

/** Every kind of observation with its fields. */
export const observationFields: Readonly<Record<Observation['kind'], Fields>> = {
	'configuration-problem': configurationProblem,
	'network-failure': networkFailure,
	'http-answer': httpAnswer,
	'peer-identified': peerIdentified,
	'pin-mismatch': pinMismatch,
	'stream-ended': streamEnded,
	'turn-error': turnError,
	'websocket-closed': webSocketClosed,
	'credential-withheld': credentialWithheld,
	...controlFields(base),
	...surroundingFields({base, addressClass, failedAttempt}),
};

export type SharedFields = {readonly base: FieldsOf<ObservationBase>; readonly addressClass: Field; readonly failedAttempt: Field};
