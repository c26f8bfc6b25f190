import type {EvidenceLog} from './evidence-log.js';
import type {Route} from './exchange.js';
import type {GatewayTarget, RefusalLedger} from './gateway.js';
import type {Gatekeeper} from './identity.js';
import type {SilenceLimits} from './silence-watch.js';

/** What all requests to one gateway share. */
export interface Relation {
	readonly target: GatewayTarget;
	readonly route: Route;
	readonly ledger: RefusalLedger;
	readonly now: () => number;
	readonly silence: SilenceLimits;
	/** Milliseconds between two reads of an answer; absent = it is read as it comes. */
	readonly restMs?: number | undefined;
	/** The gateway that identified itself; undefined before, and after a change of network, address, certificate or kind. */
	gatekeeper?: Gatekeeper | undefined;
	openLog(): EvidenceLog;
}

/** Ends every connection; questions under way end as `cut`. */
export function dropConnections(relation: Relation): void {
	for (const closeable of [...relation.route.open]) closeable.drop();
}

/** Profile headers that may go to a peer that has not identified itself: on https the certificate vouches for it. */
export function headersBeforeIdentity(target: GatewayTarget): Record<string, string> {
	return target.origin.startsWith('https:') ? profileHeaders(target) : {};
}

/** Headers of the profile, revealed for the wire. */
export function profileHeaders(target: GatewayTarget): Record<string, string> {
	return Object.fromEntries(Object.entries(target.headers).map(([name, value]) => [name.toLowerCase(), value.reveal()]));
}
