import type {FaultName} from './faults.js';

/** A JSON error with which the gateway refuses a question. */
export interface Refusal {
	readonly status: number;
	readonly error: {readonly message: string; readonly type: string; readonly code?: string};
	/** `Retry-After`, unless the fault's options say otherwise. */
	readonly retryAfterSeconds?: number;
}

/** The refusals among the faults: 401, 429 and 503 as observed on OpenClaw 2026.9.6. */
export const refusals: Readonly<Partial<Record<FaultName, Refusal>>> = {
	unauthorized: {status: 401, error: {message: 'Unauthorized', type: 'unauthorized'}},
	forbidden: {status: 403, error: {message: 'missing scope: operator.write', type: 'forbidden', code: 'MISSING_SCOPE'}},
	pairing: {
		status: 403,
		error: {message: 'pairing required: device is not approved yet', type: 'forbidden', code: 'PAIRING_REQUIRED'},
	},
	lockout: {
		status: 429,
		error: {message: 'Too many failed authentication attempts. Please try again later.', type: 'rate_limited'},
		retryAfterSeconds: 20,
	},
	draining: {
		status: 503,
		error: {
			message: 'Gateway is temporarily unavailable while suspending or restarting',
			type: 'service_unavailable',
			code: 'gateway_unavailable',
		},
		retryAfterSeconds: 1,
	},
	'internal-error': {status: 500, error: {message: 'internal error', type: 'api_error'}},
};
