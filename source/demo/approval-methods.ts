import {type Approval, decisions, describeApproval, seesApproval} from './approvals.js';
import type {Client} from './client.js';
import {announceApproval, announceDecision, approvalRequest, awaitDecision} from './exec-approval.js';
import {type Method, MethodError, type Parameters} from './method.js';
import {isOld, type World} from './world.js';

export const approvalMethods: Readonly<Record<string, Method>> = {
	'exec.approval.list': {
		scope: 'operator.approvals',
		isNew: true,
		run: (world, _parameters, client) =>
			[...world.approvals.all.values()]
				.filter(approval => approval.decision === undefined && seesApproval(client, approval, false))
				.map(approval => describeApproval(approval, false)),
	},
	'exec.approval.get': {
		scope: 'operator.approvals',
		isNew: true,
		required: {id: 'string'},
		run(world, {id}, client) {
			const {request, expiresAtMs} = find(world, id, client);
			const {command, allowedDecisions, host, nodeId, agentId} = request;
			return {id, commandText: command, commandPreview: null, allowedDecisions, host, nodeId, agentId, expiresAtMs};
		},
	},
	'exec.approval.request': {scope: 'operator.approvals', required: {command: 'string'}, run: requestApproval},
	'exec.approval.resolve': {scope: 'operator.approvals', required: {id: 'string', decision: 'string'}, run: resolve},
};

/** Opens a request and answers with its decision; without anybody who could decide, 2026.9.6 answers at once. */
async function requestApproval(world: World, parameters: Parameters, client: Client): Promise<unknown> {
	const old = isOld(world);
	const {timeoutMs = 120_000, twoPhase, ask, id} = parameters;
	if (old && twoPhase !== undefined) throw new MethodError("invalid exec.approval.request params: at root: unexpected property 'twoPhase'");
	const allowed = decisions.filter(decision => !(ask === 'always' && decision === 'allow-always'));
	const request = approvalRequest(world, parameters, allowed);
	const named = typeof id === 'string' ? {id} : {};
	const approval = world.approvals.open({request, requestedBy: client, timeoutMs: Number(timeoutMs), ...named});
	const times = {createdAtMs: approval.createdAtMs, expiresAtMs: approval.expiresAtMs};
	if (!announceApproval(world, approval) && !old) {
		approval.decide(null);
		return {id: approval.id, decision: null, ...times};
	}

	const decided = awaitDecision(world, approval);
	return twoPhase === true
		? {status: 'accepted', id: approval.id, deliveryRoute: 'approval-client', ...times}
		: {id: approval.id, decision: await decided, ...times};
}

function find(world: World, id: unknown, client: Client): Approval {
	const approval = world.approvals.all.get(String(id));
	const old = isOld(world);
	if (approval && seesApproval(client, approval, old) && !(old && approval.decision !== undefined)) return approval;
	if (old) throw new MethodError('unknown approval id');
	throw new MethodError('unknown or expired approval id', {
		reason: 'APPROVAL_NOT_FOUND',
		remediation: 'Re-request the action; pending approvals are cleared after expiry or restart.',
	});
}

function resolve(world: World, {id, decision: wanted}: Parameters, client: Client): unknown {
	const decision = decisions.find(known => known === wanted);
	if (!decision) throw new MethodError('invalid decision');
	const approval = find(world, id, client);
	if (approval.decision !== undefined) {
		if (approval.decision === decision) return {ok: true};
		throw new MethodError('approval already resolved', {reason: 'APPROVAL_ALREADY_RESOLVED'});
	}

	const {allowedDecisions} = approval.request;
	if (Array.isArray(allowedDecisions) && !allowedDecisions.includes(decision)) {
		throw new MethodError('allow-always is unavailable for this command', {reason: 'APPROVAL_ALLOW_ALWAYS_UNAVAILABLE'});
	}

	approval.decide(decision);
	announceDecision(world, approval, decision, client.clientId);
	return {ok: true};
}
