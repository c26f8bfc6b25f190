import type {Client} from './client.js';
import type {World} from './world.js';

export type Parameters = Readonly<Record<string, unknown>>;

/** A method of the control plane. */
export interface Method {
	/** What a client needs to call it; one of them. */
	readonly scope?: Scope;
	/** Only 2026.9.6 has it. */
	readonly isNew?: true;
	/** Parameters that must be there, and their JSON types; more may come. */
	readonly required?: Readonly<Record<string, 'string' | 'array'>>;
	/** Gives the payload of the answer, or throws a `MethodError`. */
	run(world: World, parameters: Parameters, client: Client): unknown;
}

export type Scope = 'operator.read' | 'operator.write' | 'operator.approvals' | 'operator.pairing' | 'operator.admin';

/** An answer with `ok: false`. */
export class MethodError extends Error {
	override readonly name = 'MethodError';
	readonly code: string;
	readonly details: Parameters | undefined;
	/** Sent beside the error. */
	readonly payload: Parameters | undefined;

	constructor(message: string, details?: Parameters, code = 'INVALID_REQUEST', payload?: Parameters) {
		super(message);
		this.details = details;
		this.code = code;
		this.payload = payload;
	}
}
