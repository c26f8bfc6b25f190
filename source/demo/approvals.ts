import type {Client} from './client.js';

/** A tool that waits until somebody allows it. */
export interface Approval {
	readonly id: string;
	readonly request: Readonly<Record<string, unknown>>;
	readonly createdAtMs: number;
	readonly expiresAtMs: number;
	/** Who asked, when that was a client: 2026.9.6 shows the request to this device only. */
	readonly requestedBy?: Client;
	decision?: Decision | null;
	/** Resolves with the decision, or with null when it has expired. */
	readonly decided: Promise<Decision | null>;
	decide(decision: Decision | null): void;
}

export const decisions = ['allow-once', 'allow-always', 'deny'] as const;
export type Decision = (typeof decisions)[number];

export interface Approvals {
	readonly all: Map<string, Approval>;
	/** Commands that were allowed for ever. */
	readonly allowed: Set<string>;
	/** Makes a request that expires by itself. */
	open(asked: Pick<Approval, 'request'> & {readonly requestedBy?: Client; readonly timeoutMs: number; readonly id?: string}): Approval;
	/** Lets go of every timer. */
	close(): void;
}

export function createApprovals(now: () => number): Approvals {
	const all = new Map<string, Approval>();
	const timers = new Set<NodeJS.Timeout>();
	return {
		all,
		allowed: new Set(),
		open({request, requestedBy, timeoutMs, id = crypto.randomUUID()}) {
			const {promise, resolve} = Promise.withResolvers<Decision | null>();
			const createdAtMs = now();
			const approval: Approval = {
				id,
				request,
				createdAtMs,
				expiresAtMs: createdAtMs + timeoutMs,
				...(requestedBy === undefined ? {} : {requestedBy}),
				decided: promise,
				decide(decision) {
					clearTimeout(timer);
					timers.delete(timer);
					approval.decision ??= decision;
					resolve(decision);
				},
			};
			const timer = setTimeout(() => approval.decide(null), timeoutMs);
			timers.add(timer);
			all.set(id, approval);
			return approval;
		},
		close() {
			for (const timer of timers) clearTimeout(timer);
			timers.clear();
		},
	};
}

/** Whether a client is told of requests: 2026.9.6 asks for a capability beside the scope. */
export function takesApprovals(client: Client, old: boolean): boolean {
	const allowed = client.scopes.has('operator.approvals') || client.scopes.has('operator.admin');
	return allowed && (old || client.capabilities.has('exec-approvals') || client.capabilities.has('approvals'));
}

/** Whether a client may see a request: 2026.9.6 keeps what a device asked for to that device. */
export function seesApproval(client: Client, {requestedBy}: Approval, old: boolean): boolean {
	if (old || requestedBy === undefined || client.scopes.has('operator.admin')) return true;
	return requestedBy.deviceId === undefined ? requestedBy === client : requestedBy.deviceId === client.deviceId;
}

/** A request as events and lists show it. */
export function describeApproval({id, request, createdAtMs, expiresAtMs}: Approval, old: boolean): Record<string, unknown> {
	return {...(old ? {} : {approvalKind: 'exec'}), id, request, createdAtMs, expiresAtMs};
}
