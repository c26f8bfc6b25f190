import {GatewayProtocolRequestError, GatewayProtocolRequestTimeoutError} from '@openclaw/gateway-client/browser';
import type {ControlError} from '../control-plane.js';
import {isRecord} from '../json.js';
import {plainLine} from '../plain-text.js';

/** The reference client's protocol machine, loaded with `import()` only where a control plane is dialled (about 25 ms). */
export {buildDeviceAuthPayload, buildDeviceAuthPayloadV3, GatewayProtocolClient} from '@openclaw/gateway-client/browser';

/** The gateway answered with an error. The library wraps failures of its own in the class above this one. */
export class AnsweredError extends GatewayProtocolRequestError {
	override readonly name = 'AnsweredError';
}

/** Why a call brought no payload. */
export function readCallError(error: unknown): ControlError {
	if (error instanceof GatewayProtocolRequestTimeoutError) return {code: 'timeout', message: 'the gateway did not answer in time'};
	if (error instanceof AnsweredError) {
		const detail = isRecord(error.details) ? error.details['code'] : undefined;
		return {
			code: plainLine(error.gatewayCode, 80),
			...(typeof detail === 'string' ? {detail: plainLine(detail, 80)} : {}),
			message: plainLine(error.message),
		};
	}
	if (error instanceof Error && /^gateway request aborted/.test(error.message)) return {code: 'cancelled', message: 'cancelled'};
	return {code: 'disconnected', message: plainLine(error instanceof Error ? error.message : String(error))};
}
