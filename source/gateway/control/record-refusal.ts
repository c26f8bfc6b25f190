import type {ControlRefused} from '../../diagnosis/evidence.js';
import {unstatedWaitMs} from '../authenticated-exchange.js';
import type {Relation} from '../relation.js';
import type {ControlCredential} from './connect-plan.js';
import {isRateLimited, isWrongSecret} from './read-refusal.js';

/**
 * Remembers that the gateway refused the configured secret, as for a request over HTTP: nothing sends it again until the limit has
 * passed, another secret is configured, or the user wishes it.
 */
export async function recordControlRefusal(relation: Relation, tried: ControlCredential, refusal: ControlRefused): Promise<void> {
	const {credential, origin} = relation.target;
	if (credential.kind !== 'token' || tried.kind !== 'token') return;
	const nowMs = relation.now();
	const at = new Date(nowMs).toISOString();
	if (isRateLimited(refusal)) {
		const until = new Date(nowMs + (refusal.retryAfterMs ?? unstatedWaitMs)).toISOString();
		await relation.ledger.record(origin, credential.secret, {at, status: 429, isLockout: true, until});
	} else if (isWrongSecret(refusal)) {
		await relation.ledger.record(origin, credential.secret, {at, status: 401});
	}
}
