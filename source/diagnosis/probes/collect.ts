import type {Gateway} from '../../gateway/gateway.js';
import {type Evidence, type Layer, layers, type Observation} from '../evidence.js';
import {openJournal} from './journal.js';
import type {Look} from './look.js';
import {checkHealth, lookFromOutside, makeOneContact} from './look-from-outside.js';
import {type Machine, thisMachine} from './machine.js';
import {placeIn} from './place.js';
import {limitedBy} from './run-probe.js';

/**
 * How much may be looked at.
 * `contact` opens one TCP connection and nothing else: re-checks that nobody asked for. Through a proxy it cannot tell anything.
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
	/**
	 * Sign in on the control plane, too, unless a connection stands. Not for a chat: it keeps its own connection. Default: false.
	 */
	readonly signsIn?: boolean;
	/** What was known before any packet: problems of the configuration, conflicts of its sources, the last known good. */
	readonly before: readonly Observation[];
	readonly env: Readonly<NodeJS.ProcessEnv>;
	readonly signal: AbortSignal;
	/** Called with all evidence so far, each time something was observed. */
	readonly onObserved?: (evidence: Evidence) => void;
	/** Wall clock, milliseconds since the epoch. */
	readonly now?: () => number;
	/** What is looked at beside the gateway, where it is not this machine as it is: for tests. */
	readonly surroundings?: Partial<Machine>;
}

/** The whole look takes at most so long, milliseconds. */
const limitsMs: Readonly<Record<Depth, number>> = {contact: 3_000, health: 3_900, standard: 3_900, deep: 19_700};

/**
 * Gathers evidence about a gateway: plain JSON, in the order of observation. Never throws for what it meets on the network; probes
 * that could not be finished leave a `probe-ended`. Takes at most 4 s (`deep`: 20 s), and ends early with the signal. The token goes
 * out only in the gateway's own check of access, after the peer identified itself.
 */
export async function collect(gateway: Gateway, options: CollectOptions): Promise<Evidence> {
	const {depth, only, now = Date.now} = options;
	const journal = openJournal(gateway.describe(), options.before, now, options.onObserved);
	const limit = limitedBy(options.signal, limitsMs[depth]);
	const look: Look = {
		gateway,
		journal,
		signal: limit.signal,
		place: placeIn(journal.evidence()),
		machine: {...thisMachine(), ...options.surroundings},
		env: options.env,
		isDeep: depth === 'deep',
		isMinimal: options.minimal,
		isAsked: options.manual !== false,
		signsIn: options.signsIn === true,
		leftMs: () => limitsMs[depth] - journal.elapsed(),
		reaches: layer => only === undefined || layers.indexOf(layer) <= layers.indexOf(only),
	};
	try {
		if (depth === 'contact') await makeOneContact(look);
		else if (depth === 'health') await checkHealth(look);
		else await lookFromOutside(look);
	} finally {
		limit.clear();
	}
	return journal.evidence();
}
