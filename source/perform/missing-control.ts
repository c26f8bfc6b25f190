import type {ControlRefused, WebSocketClosed} from '../diagnosis/evidence.js';
import {neededScopes} from '../gateway/chosen-transport.js';
import type {ControlState, Hello} from '../gateway/control-plane.js';
import {waitsForApproval} from './control-pause.js';

/** Why questions do not go over the control plane, and what would change it, in one line for people; undefined when they can. */
export function missingControl(state: ControlState): string | undefined {
	switch (state.kind) {
		case 'open':
			return missingRights(state.hello);
		case 'refused':
			return refusalWords(state.refusal);
		case 'closed':
			return state.closed === undefined ? 'the control plane was not reached' : closedWords(state.closed);
		case 'connecting':
			return 'the control plane has not answered yet';
		case 'withheld':
			return 'nothing that would let us in may be sent to the control plane';
	}
}

function missingRights({scopes}: Hello): string | undefined {
	const missing = neededScopes.filter(scope => !scopes.includes(scope));
	if (missing.length === 0) return undefined;
	return scopes.length === 0
		? 'the gateway grants no scopes to this address'
		: `the gateway does not grant ${missing.join(' and ')} to this device`;
}

/** Ids of requests as gateways write them; nothing else, and nothing that begins like a flag, becomes part of a command. */
const safeId = /^[A-Za-z0-9][\w-]{0,63}$/;

function refusalWords(refusal: ControlRefused): string {
	if (waitsForApproval(refusal)) return `${approvalWords(refusal)}: ${approvalCommand(refusal)}`;
	switch (refusal.detail) {
		case 'AUTH_RATE_LIMITED':
			return 'the gateway wants a pause after too many failed attempts';
		case 'PROTOCOL_MISMATCH':
			return refusal.expectedProtocol === undefined
				? 'clawtalk and the gateway speak different protocols'
				: `the gateway speaks protocol ${refusal.expectedProtocol}, clawtalk 3 and 4`;
		case 'AUTH_SCOPE_MISMATCH':
			return 'this device is not approved for reading and writing: openclaw devices list';
		case 'DEVICE_IDENTITY_REQUIRED':
			return 'the gateway wants a device that it knows';
		default:
			return refusedAs(refusal);
	}
}

function approvalWords({reason}: ControlRefused): string {
	if (reason === 'scope-upgrade' || reason === 'role-upgrade') return 'more rights of this device wait for approval';
	return reason === 'metadata-upgrade' ? 'this device has changed and waits for approval' : 'this device waits for approval';
}

function approvalCommand({requestId}: ControlRefused): string {
	return requestId !== undefined && safeId.test(requestId) ? `openclaw devices approve ${requestId}` : 'openclaw devices list';
}

const credentialWords = {token: 'the token', password: 'the password', 'device-token': 'the token of this device', nothing: 'us'} as const;

function refusedAs({detail, message, with: credential}: ControlRefused): string {
	const isAboutCredential = detail?.startsWith('AUTH_') === true || /^unauthorized\b/.test(message);
	return isAboutCredential ? `the control plane refuses ${credentialWords[credential]}` : `the control plane refuses: ${message}`;
}

function closedWords({code, reason, upgradeStatus, welcomed, challenged}: WebSocketClosed): string {
	if (upgradeStatus !== undefined) return `the way to the control plane is closed (HTTP ${upgradeStatus} instead of a WebSocket)`;
	const how = reason === '' ? String(code) : `${code} ${reason}`;
	if (welcomed) return `the control plane closed (${how})`;
	return challenged ? `the control plane did not let us in (closed with ${how})` : `the control plane did not greet (closed with ${how})`;
}
