import type {Device, Devices} from './devices.js';
import type {DemoState} from './options.js';
import {type Refusal, refusal} from './refusal.js';

export type PairingReason = 'not-paired' | 'scope-upgrade' | 'metadata-upgrade';

const words: Readonly<Record<PairingReason, {readonly requirement: string; readonly hint: string}>> = {
	'not-paired': {requirement: 'device is not approved yet', hint: 'Approve this device from the pending pairing requests.'},
	'scope-upgrade': {
		requirement: 'device is asking for more scopes than currently approved',
		hint: 'Review the requested scopes, then approve the pending upgrade.',
	},
	'metadata-upgrade': {
		requirement: 'device identity changed and must be re-approved',
		hint: 'Review the refreshed device details, then approve the pending request.',
	},
};

interface Asking {
	readonly id: string;
	readonly clientId: string;
	readonly platform: string;
	readonly role: string;
	readonly scopes: readonly string[];
}

/** Notes that a device asks to be let in, or finds the request it has made before, and says so. */
export function askForPairing(
	state: DemoState,
	devices: Devices,
	asking: Asking,
	known: Device | undefined,
	reason: PairingReason,
): Refusal {
	const {id, role, scopes} = asking;
	const requestId = [...devices.pending.values()].find(request => request.id === id)?.requestId ?? crypto.randomUUID();
	devices.pending.set(requestId, {...asking, requestId, ts: state.now()});
	const {requirement, hint} = words[reason];
	const message = `pairing required: ${requirement}`;
	const closeReason = `${message} (requestId: ${requestId})`;
	if (state.generation === '2026.2.9') return refusal('pairing required', {code: 'NOT_PAIRED', details: {requestId}});
	const approved = known ? {approvedRoles: [known.role], approvedScopes: known.scopes} : {};
	const asked = {deviceId: id, requestedRole: role, requestedScopes: scopes, ...approved};
	return refusal(message, {
		code: 'NOT_PAIRED',
		closeReason,
		details: {code: 'PAIRING_REQUIRED', reason, requestId, remediationHint: hint, ...asked},
	});
}
