import {controlChats, standingWelcome} from './control-chat.js';
import type {Evidence, HttpAnswer, Layer, Observation} from './evidence.js';
import {findLast} from './find.js';
import type {LayerError} from './ladder.js';

/** What is known about one layer. */
export interface Rung {
	readonly state: 'ok' | 'warn' | 'fail' | 'skipped' | 'not-run';
	/** Milliseconds that the layer took. */
	readonly ms?: number;
	readonly error?: LayerError;
	/** A few words beside it. */
	readonly note?: string;
}

type OfKind<K extends Observation['kind']> = Extract<Observation, {kind: K}>;

/** Every observation of a kind, in order. */
export function allOf<K extends Observation['kind']>({observations}: Evidence, kind: K): readonly OfKind<K>[] {
	return observations.filter((observation): observation is OfKind<K> => observation.kind === kind);
}

export function firstOf<K extends Observation['kind']>(evidence: Evidence, kind: K): OfKind<K> | undefined {
	return allOf(evidence, kind)[0];
}

/** What was observed of a layer by itself, without its neighbours; undefined when nothing was. */
export function seenAt(id: Layer, evidence: Evidence): Rung | undefined {
	return observers[id](evidence);
}

const observers: Readonly<Record<Layer, (evidence: Evidence) => Rung | undefined>> = {
	config: () => ({state: 'ok'}),
	dns: seenOfName,
	tcp: seenOfConnection,
	tls: seenOfTls,
	identity: seenOfPeer,
	auth: seenOfAuth,
	chat: seenOfChat,
	control: seenOfControl,
};

function seenOfName(evidence: Evidence): Rung | undefined {
	const {hostname} = new URL(evidence.target.origin);
	if (hostname.startsWith('[') || /^\d+(?:\.\d+){3}$/.test(hostname)) return {state: 'skipped', note: 'an address, no name'};
	const lookup = findLast(evidence, 'name-lookup', ({resolver}) => resolver === 'system')?.observation;
	if (lookup === undefined) return undefined;
	const [first, ...more] = lookup.addresses;
	if (first === undefined) return {state: 'fail', ...taken(lookup), ...errorOf([lookup.failure])};
	return {state: 'ok', ...taken(lookup), note: more.length === 0 ? first.address : `${first.address} and ${more.length} more`};
}

/** Some attempts may fail where another address holds: that is for the diagnosis to weigh. */
function seenOfConnection(evidence: Evidence): Rung | undefined {
	const attempts = allOf(evidence, 'tcp-attempt');
	const connected = attempts.filter(({outcome}) => outcome === 'connected');
	const [best] = connected.toSorted((one, other) => (one.tookMs ?? 0) - (other.tookMs ?? 0));
	if (best === undefined) return attempts.length === 0 ? undefined : {state: 'fail', ...taken(attempts[0])};
	const note = connected.length < attempts.length ? {note: `${connected.length} of ${attempts.length} attempts`} : {};
	return {state: 'ok', ...taken(best), ...note};
}

function seenOfTls(evidence: Evidence): Rung | undefined {
	if (!evidence.target.origin.startsWith('https:')) return {state: 'skipped', note: 'plain http'};
	const look = firstOf(evidence, 'tls-look');
	if (look === undefined) return undefined;
	if (look.trusted === true) return {state: 'ok', ...taken(look)};
	// An answer came through: this certificate is pinned.
	const note = {note: look.problem === undefined ? 'not trusted' : `${look.problem}, pinned`};
	return firstOf(evidence, 'http-answer') === undefined ? {state: 'fail', ...taken(look)} : {state: 'ok', ...taken(look), ...note};
}

function seenOfPeer(evidence: Evidence): Rung | undefined {
	const peer = findLast(evidence, 'peer-identified')?.observation;
	if (peer === undefined) return undefined;
	const version = findLast(evidence, 'gateway-facts', facts => facts.version !== undefined)?.observation.version;
	if (peer.peer === 'gateway-by-challenge') return {state: 'ok', ...taken(peer), note: 'OpenClaw of before 2026.3'};
	if (peer.peer === 'gateway') return {state: 'ok', ...taken(peer), ...(version === undefined ? {} : {note: `OpenClaw ${version}`})};
	return {state: 'fail', ...taken(peer), note: 'no gateway'};
}

/** What the answers tell about the token: 404 and a web page tell nothing (OpenClaw before 2026.7). */
export function judgeAccess(evidence: Evidence): {
	readonly auth: 'ok' | 'refused' | 'unknown';
	readonly chat: 'on' | 'off' | 'unknown';
	readonly asked: boolean;
} {
	const {observation: answer} = findLast(evidence, 'http-answer', tells) ?? {};
	const withheld = firstOf(evidence, 'credential-withheld') !== undefined;
	const isWelcome = standingWelcome(evidence) !== undefined;
	const auth = answer ? (isRefusal(answer) ? 'refused' : 'ok') : isWelcome ? 'ok' : withheld ? 'refused' : 'unknown';
	const endpoint = findLast(evidence, 'http-answer', isEndpointQuestion)?.observation;
	const asked = evidence.observations.some(({kind, layer}) => kind === 'http-answer' && (layer === 'auth' || layer === 'chat'));
	return {auth, chat: endpoint ? judgeEndpoint(endpoint) : answer && isRun(answer) ? 'on' : 'unknown', asked};
}

function tells(answer: HttpAnswer): boolean {
	if (!/\/v1\//.test(answer.path) || isEndpointQuestion(answer)) return false;
	return isRefusal(answer) || isRun(answer) || isEmptyQuestionTaken(answer) || isModelList(answer);
}

function isRefusal({status}: HttpAnswer): boolean {
	return status === 401 || status === 403;
}

function isRun({method, status, body}: HttpAnswer): boolean {
	return method === 'POST' && status === 200 && (body === 'event-stream' || body === 'json');
}

/** `POST {}`: the token was taken before the question was found empty. */
function isEmptyQuestionTaken({method, status, errorType}: HttpAnswer): boolean {
	return method === 'POST' && status === 400 && errorType !== undefined;
}

function isModelList({method, path, status, body}: HttpAnswer): boolean {
	return method === 'GET' && /\/v1\/models$/.test(path) && status === 200 && body === 'json';
}

function isEndpointQuestion({method, path}: HttpAnswer): boolean {
	return method === 'GET' && /\/v1\/chat\/completions$/.test(path);
}

function judgeEndpoint({status, headers, body}: HttpAnswer): 'on' | 'off' | 'unknown' {
	if (status === 405) return /\bPOST\b/i.test(headers['allow'] ?? '') ? 'on' : 'unknown';
	return status === 404 || (status === 200 && body === 'html') ? 'off' : 'unknown';
}

function seenOfAuth(evidence: Evidence): Rung | undefined {
	const {auth} = judgeAccess(evidence);
	const asked = findLast(evidence, 'http-answer', ({layer}) => layer === 'auth')?.observation;
	if (auth === 'ok') return {state: 'ok', ...taken(asked)};
	if (auth === 'refused') return {state: 'fail', ...taken(asked), ...(asked ? {} : {note: 'token not sent'})};
	return asked && {state: 'warn', ...taken(asked), note: 'this gateway does not say before a question is asked'};
}

function seenOfChat(evidence: Evidence): Rung | undefined {
	const {chat} = judgeAccess(evidence);
	const asked = findLast(evidence, 'http-answer', isEndpointQuestion)?.observation;
	if (chat !== 'on' && controlChats(evidence)) return {state: 'ok', ...taken(asked), note: `over the control plane, HTTP endpoint ${chat}`};
	if (chat === 'unknown') return asked && {state: 'warn', ...taken(asked), note: 'not known whether the endpoint is on'};
	return {state: chat === 'on' ? 'ok' : 'fail', ...taken(asked), note: `endpoint ${chat}`};
}

function seenOfControl(evidence: Evidence): Rung | undefined {
	const signedIn = seenOfSignIn(evidence);
	if (signedIn !== undefined) return signedIn;
	const greeted = findLast(evidence, 'websocket-greeted')?.observation;
	const closed = findLast(evidence, 'websocket-closed', ({layer}) => layer === 'control')?.observation;
	if (greeted !== undefined) return {state: 'ok', ...taken(greeted)};
	if (closed === undefined) return undefined;
	if (closed.challenged) return {state: 'ok', ...taken(closed)};
	return {
		state: 'warn',
		...taken(closed),
		note: closed.upgradeStatus === undefined ? `closed with ${closed.code}` : `HTTP ${closed.upgradeStatus}`,
	};
}

/** `signed in, OpenClaw 2026.9.6, protocol 4`; what is missing makes it a warning, as a refusal does. */
function seenOfSignIn(evidence: Evidence): Rung | undefined {
	const refused = findLast(evidence, 'control-refused');
	const welcomed = standingWelcome(evidence);
	if (welcomed !== undefined) {
		const {protocol, missingScopes, authMethod} = welcomed.observation;
		const isOther = authMethod === 'device-token' && judgeAccess(evidence).auth === 'refused';
		const how = isOther ? "signed in with this device's own token" : 'signed in';
		const lacking = missingScopes.length === 0 ? '' : `, without ${missingScopes.join(' and ')}`;
		return {state: lacking === '' ? 'ok' : 'warn', ...taken(welcomed.observation), note: `${how}, protocol ${protocol}${lacking}`};
	}
	if (refused === undefined) return undefined;
	const {detail, code} = refused.observation;
	return {state: 'warn', ...taken(refused.observation), note: `refused: ${detail ?? code}`};
}

/** Time as whole milliseconds. */
export function taken(observation: {readonly tookMs?: number} | undefined): {readonly ms?: number} {
	return observation?.tookMs === undefined ? {} : {ms: Math.round(observation.tookMs)};
}

type SystemFailure = Partial<Pick<LayerError, 'code' | 'syscall' | 'address' | 'port'>>;

/** The failure that came most, with how often; nothing when none has a code. */
export function errorOf(failures: ReadonlyArray<SystemFailure | undefined>, of = failures.length): {readonly error?: LayerError} {
	const coded = failures.flatMap(failure => (failure?.code === undefined ? [] : [{...failure, code: failure.code}]));
	const countOf = (code: string) => coded.filter(failure => failure.code === code).length;
	const [worst] = coded.toSorted((one, other) => countOf(other.code) - countOf(one.code));
	if (worst === undefined) return {};
	const {code, syscall, address, port} = worst;
	return {
		error: {
			code,
			...(syscall === undefined ? {} : {syscall}),
			...(address === undefined ? {} : {address}),
			...(port === undefined ? {} : {port}),
			count: countOf(code),
			of: Math.max(of, countOf(code)),
		},
	};
}
