import {type HttpAnswer, isLockout} from '../diagnosis/evidence.js';
import {admit, type Stopped} from './admission.js';
import type {EvidenceLog} from './evidence-log.js';
import {type Exchange, type ExchangeRequest, exchange} from './exchange.js';
import type {Gatekeeper} from './identity.js';
import type {Relation} from './relation.js';

export type AuthenticatedAnswer = Exchange | {readonly answered: false; readonly because: Stopped | 'network'};

/** A request whose headers may depend on which gateway is there. */
type GatewayRequest = Omit<ExchangeRequest, 'expected' | 'headers'> & {
	readonly headers?: ExchangeRequest['headers'] | ((gatekeeper: Gatekeeper) => ExchangeRequest['headers']);
};

/**
 * Sends one request with the token to the gateway that identified itself. When the remembered gateway has moved (another address or
 * certificate, or nobody at its address) nothing was sent; then, and only then, the peer is identified anew and asked.
 */
export async function askGateway(relation: Relation, request: GatewayRequest, log: EvidenceLog): Promise<AuthenticatedAnswer> {
	for (let isSecond = false; ; isSecond = true) {
		const wasKnown = relation.gatekeeper !== undefined;
		const admission = await admit(relation, log, request.signal);
		if (!admission.admitted) return {answered: false, because: request.signal.aborted ? 'cancelled' : admission.because};
		const own = typeof request.headers === 'function' ? request.headers(admission.gatekeeper) : request.headers;
		const headers = {...admission.headers, ...own};
		const answer = await exchange(relation.route, {...request, headers, expected: admission.gatekeeper.at}, log);
		if ((answer.answered || answer.sent) && headers['authorization'] !== undefined) log.tokenSent();
		if (answer.answered) return answer;
		if (request.signal.aborted) return {answered: false, because: 'cancelled'};
		const mayAskAnew = !answer.sent && !isSecond && (wasKnown || answer.peerChanged);
		if (!mayAskAnew) {
			log.add(answer.observation);
			return {answered: false, because: 'network'};
		}
		relation.gatekeeper = undefined;
	}
}

/** A limit that came without saying for how long. */
export const unstatedWaitMs = 60_000;

/**
 * Remembers a refusal, so that no request repeats it: ten wrong tokens lock the owner out for five minutes (OpenClaw 2026.9.6).
 * 429 ends by itself; 401 and 403 end with another token or at the user's wish.
 */
export async function recordRefusal(relation: Relation, answer: HttpAnswer): Promise<void> {
	const {credential, origin} = relation.target;
	if (credential.kind !== 'token' || ![401, 403, 429].includes(answer.status)) return;
	const nowMs = relation.now();
	const waitMs = answer.retryAfterMs ?? (answer.status === 429 ? unstatedWaitMs : undefined);
	await relation.ledger.record(origin, credential.secret, {
		at: new Date(nowMs).toISOString(),
		status: answer.status,
		...(isLockout(answer) ? {isLockout: true} : {}),
		...(waitMs === undefined ? {} : {until: new Date(nowMs + waitMs).toISOString()}),
	});
}
