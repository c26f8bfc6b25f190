import type {Gateway, GatewayTarget, RefusalLedger} from './gateway.js';
import type {SilenceLimits} from './silence-watch.js';

/** What a gateway needs from outside. */
export interface GatewaySurroundings {
	readonly ledger: RefusalLedger;
	/** The environment, for `HTTPS_PROXY` and `NO_PROXY`. */
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Wall clock, milliseconds since the epoch. */
	readonly now: () => number;
	/** Limits and timer of the silence watch; the defaults are for people. */
	readonly silence?: Partial<SilenceLimits>;
}

/** Opens a relation to one gateway. Nothing is sent, and undici is not loaded, before the first question or probe. */
export function openGateway(target: GatewayTarget, surroundings: GatewaySurroundings): Gateway {
	throw new Error(`${target.origin} ${surroundings.now()}: not reachable in this build`);
}
