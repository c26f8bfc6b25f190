import {sendChat} from './chat-send.js';
import type {Client} from './client.js';
import {announceDecision} from './exec-approval.js';
import type {DemoControl} from './options.js';
import type {World} from './world.js';

/** The control plane of a gateway from outside; `current` is the one after the last restart. */
export function createControlDesk(current: () => World): DemoControl {
	return {
		get bootId() {
			return current().state.bootId;
		},
		get connected() {
			return current().clients.size;
		},
		broadcast: (event, payload) => current().broadcast(event, payload),
		closeAll(code, reason) {
			for (const client of current().clients) client.close(code, reason);
		},
		dropAll() {
			for (const client of current().clients) client.drop();
		},
		skipEvents: count => current().skip(count),
		get pairingRequests() {
			return [...current().devices.pending.keys()];
		},
		approvePairing(requestId) {
			const {devices} = current();
			const request = devices.pending.get(requestId);
			if (request) devices.admit(request);
		},
		forgetDevices: () => current().devices.paired.clear(),
		get pendingApprovals() {
			return [...current().approvals.all.values()].filter(({decision}) => decision === undefined).map(({id}) => id);
		},
		resolveApproval(id, decision) {
			const approval = current().approvals.all.get(id);
			if (!approval || approval.decision !== undefined) return false;
			approval.decide(decision);
			announceDecision(current(), approval, decision, 'openclaw-control-ui');
			return true;
		},
		askAsOther(sessionKey, message) {
			sendChat(current(), {sessionKey, message, idempotencyKey: crypto.randomUUID()}, nobody);
		},
	};
}

/** A client that is not connected: somebody at another surface. */
const nobody: Client = {
	connectionId: 'other',
	role: 'operator',
	clientId: 'openclaw-control-ui',
	mode: 'ui',
	version: '',
	platform: '',
	scopes: new Set(),
	capabilities: new Set(),
	commands: [],
	permissions: {},
	connectedAt: 0,
	subscriptions: new Set(),
	hearsSessions: false,
	sequence: 0,
	send: () => undefined,
	close: () => undefined,
	drop: () => undefined,
};
