import type {Gateway} from '../../gateway/gateway.js';
import {joinEvidence} from '../../gateway/join-evidence.js';
import type {Evidence, Layer, Observation} from '../evidence.js';

/**
 * How much may be looked at.
 * `contact` opens one TCP connection and nothing else: re-checks that nobody asked for.
 * `health` asks `/healthz` only (`status --watch`).
 * `standard` is what the user's own check does; `deep` adds programs, public resolvers and an 18 s look at the WebSocket handshake.
 */
export type Depth = 'contact' | 'health' | 'standard' | 'deep';

export interface CollectOptions {
	readonly depth: Depth;
	/** Goes no further in than this layer. */
	readonly only?: Layer | undefined;
	/** `probes: minimal`: no programs are run and `openclaw.json` is not read. */
	readonly minimal: boolean;
	/** False when nobody asked (the panel opened by a failure): no extra port is tried, and a refused token stays refused. Default: true. */
	readonly manual?: boolean;
	/** What was known before any packet: problems of the configuration, conflicts of its sources, the last known good. */
	readonly before: readonly Observation[];
	readonly env: Readonly<NodeJS.ProcessEnv>;
	readonly signal: AbortSignal;
	/** Called with all evidence so far, each time something was observed. */
	readonly onObserved?: (evidence: Evidence) => void;
	/** Wall clock, milliseconds since the epoch. */
	readonly now?: () => number;
}

/**
 * Gathers evidence about a gateway: plain JSON, in the order of observation. Never throws for what it meets on the network; probes
 * that could not be finished leave a `probe-ended`. Takes at most 4 s (`deep`: 20 s), and ends early with the signal. The token goes
 * out only in the gateway's own check of access, after the peer identified itself.
 */
export async function collect(gateway: Gateway, options: CollectOptions): Promise<Evidence> {
	const {signal} = options;
	const isAsked = options.manual !== false && (options.depth === 'standard' || options.depth === 'deep');
	if (isAsked) await gateway.forgetRefusal();
	const identity = await gateway.identify(signal);
	options.onObserved?.(identity.evidence);
	if (identity.value === undefined) return withBefore(identity.evidence, options);
	const access = await gateway.checkAccess(signal);
	return withBefore(joinEvidence(identity.evidence, access.evidence), options);
}

function withBefore(evidence: Evidence, {before}: CollectOptions): Evidence {
	return {...evidence, observations: [...before, ...evidence.observations]};
}
