import type {Generation} from '../../source/demo/options.js';
import type {TransportName} from '../../source/transport-names.js';

/** A gateway under the contract: the demo's or a real one. Its model obeys orders in the prompt (`source/demo/directives.ts`). */
export interface Peer {
	readonly origin: string;
	readonly token: string;
	readonly generation: Generation;
	/** Which way questions go; HTTP when absent. */
	readonly transport?: TransportName;
}

/** One thing that holds on both gateways of a generation. */
export interface Case {
	readonly name: string;
	/** Absent: holds for every generation. */
	readonly generation?: Generation;
	/** Holds over HTTP alone; others with questions hold over the control plane, too. */
	readonly httpOnly?: boolean;
	/** Takes minutes on a real gateway, because its retries do. */
	readonly slow?: boolean;
	run(peer: Peer): Promise<void>;
}
