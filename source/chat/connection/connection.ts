import type {Evidence} from '../../diagnosis/evidence.js';
import type {Via} from '../../gateway/transport.js';

export interface Place {
	readonly profile?: string;
	readonly origin: string;
	/** `loopback`, `LAN`, `tailnet`, `public`: the path in words. */
	readonly path: string;
}

/** Exactly one of these is true of the gateway. */
export type Connection =
	| {readonly state: 'connecting'; readonly since: number}
	/** `via` is which way questions go. */
	| {readonly state: 'online'; readonly since: number; readonly latencyMs: number; readonly via?: Via}
	/** Down; the next look is at `retryAt`. */
	| {readonly state: 'waiting'; readonly since: number; readonly retryAt: number; readonly evidence: Evidence}
	/** Reached, but it cannot be used before the user does something (wrong token, endpoint off, not a gateway). */
	| {
			readonly state: 'refused';
			readonly since: number;
			readonly evidence: Evidence;
			/** When it is looked at again, where waiting may be enough (a lock-out, a start). */
			readonly retryAt?: number;
	  };
