import type {Gateway} from '../../gateway/gateway.js';
import type {Layer} from '../evidence.js';
import type {Journal} from './journal.js';
import type {Machine} from './machine.js';
import type {Place} from './place.js';

/** What all probes of one look share. */
export interface Look {
	readonly gateway: Gateway;
	readonly journal: Journal;
	/** Aborted when the time of the whole look is over, and when the user ends it. */
	readonly signal: AbortSignal;
	readonly place: Place;
	readonly machine: Machine;
	readonly env: Readonly<NodeJS.ProcessEnv>;
	readonly isDeep: boolean;
	/** No programs are run and `openclaw.json` is not read. */
	readonly isMinimal: boolean;
	/** Signs in on the control plane where no connection stands. */
	readonly signsIn: boolean;
	/** The user asked for this look. */
	readonly isAsked: boolean;
	/** Milliseconds until the time of the whole look is over. */
	leftMs(): number;
	/** Whether the look goes in as far as this layer. */
	reaches(layer: Layer): boolean;
}
