import {type Approval, type Decision, describeApproval, seesApproval, takesApprovals} from './approvals.js';
import type {Client} from './client.js';
import {isOld, type World} from './world.js';

/** Tells who may decide that something waits for a decision. Says whether there was anybody. */
export function announceApproval(world: World, approval: Approval): boolean {
	const old = isOld(world);
	const hears = (client: Client) =>
		(old || client !== approval.requestedBy) && takesApprovals(client, old) && seesApproval(client, approval, old);
	const anybody = [...world.clients].some(hears);
	if (anybody) world.broadcast('exec.approval.requested', describeApproval(approval, old), hears);
	return anybody;
}

/** Waits for the decision and tells everybody of it. 2026.2.9 says nothing of one that has expired; 2026.9.6 calls it denied. */
export async function awaitDecision(world: World, approval: Approval): Promise<Decision | null> {
	const decision = await approval.decided;
	if (decision === null && !isOld(world)) announceDecision(world, approval, 'deny', null);
	return decision;
}

export function announceDecision(world: World, approval: Approval, decision: Decision, resolvedBy: string | null): void {
	const old = isOld(world);
	const payload = {id: approval.id, decision, resolvedBy, ts: world.state.now(), ...(old ? {} : {request: approval.request})};
	world.broadcast('exec.approval.resolved', payload, client => takesApprovals(client, old) && seesApproval(client, approval, old));
}

/** A request with all the fields that the generation gives it. */
export function approvalRequest(
	world: World,
	given: Readonly<Record<string, unknown>>,
	allowedDecisions: readonly Decision[],
): Record<string, unknown> {
	const field = (name: string) => given[name] ?? null;
	const common = {
		cwd: field('cwd'),
		host: field('host'),
		security: field('security'),
		ask: field('ask'),
		agentId: field('agentId'),
		resolvedPath: field('resolvedPath'),
		sessionKey: field('sessionKey'),
	};
	if (isOld(world)) return {command: field('command'), ...common};
	return {
		command: field('command'),
		systemRunPlan: null,
		nodeId: field('nodeId'),
		warningText: field('warningText'),
		commandAnalysis: {commandCount: 1, nestedCommandCount: 0, riskKinds: [], warningLines: []},
		allowedDecisions,
		...common,
		runId: field('runId'),
		toolCallId: field('toolCallId'),
	};
}
