import type {Via} from '../../gateway/transport.js';
import type {State} from '../state.js';
import {roundSpan} from './outage.js';

/** What was known of the gateway when it was last there. */
export interface GatewaySeen {
	/** Changes with every start of it. */
	readonly bootId?: string;
	/** Why questions go over HTTP, as it was said last. */
	readonly missing?: string;
	/** Of a token that was refused, as it was said last. */
	readonly refusedToken?: string;
}

/** What is new about the gateway, in sentences for the user, and what is to be remembered of it. */
export function seeGateway(
	{gatewaySeen = {}, now}: State,
	via: Via | undefined,
): {readonly seen: GatewaySeen; readonly news: readonly string[]} {
	if (via === undefined) return {seen: gatewaySeen, news: []};
	const bootId = via.bootId ?? gatewaySeen.bootId;
	const missing = via.isDialling === true ? gatewaySeen.missing : via.missing;
	const {refusedToken} = via.transport === 'ws' ? via : gatewaySeen;
	const seen = {
		...(bootId !== undefined && {bootId}),
		...(missing !== undefined && {missing}),
		...(refusedToken !== undefined && {refusedToken}),
	};
	const refused = refusedToken === undefined || refusedToken === gatewaySeen.refusedToken ? [] : [refusedTokenWords(refusedToken)];
	const hasRestarted = gatewaySeen.bootId !== undefined && via.bootId !== undefined && via.bootId !== gatewaySeen.bootId;
	return {seen, news: [...(hasRestarted ? [restartWords(via, now)] : []), ...refused, ...wayWords(gatewaySeen.missing, via)]};
}

function refusedTokenWords(source: string): string {
	return `The gateway refused the token (${source}); the token that it gave this device before is used.`;
}

function restartWords({startedAt}: Via, now: number): string {
	return startedAt === undefined ? 'The gateway has restarted.' : `The gateway restarted ${roundSpan(now - startedAt)} ago.`;
}

/** Each reason once, and that it is gone; an attempt that takes its time is none, the status line has it. */
function wayWords(said: string | undefined, {transport, missing, isDialling}: Via): readonly string[] {
	if (missing === said || isDialling === true) return [];
	if (missing !== undefined) return [`Questions go over HTTP, where tool runs and approvals cannot be seen: ${missing}.`];
	return transport === 'ws' ? ['Questions go over the control plane now: tool runs can be seen.'] : [];
}

/** What `/status` says about the way that questions go, and about the gateway. */
export function viaText(via: Via, now: number): readonly string[] {
	if (via.transport === 'http') {
		const why = via.missing === undefined ? ', as --transport or the setting transport says' : `: ${via.missing}`;
		return [`Questions go over HTTP${why}.`, 'Over HTTP approvals and tool runs cannot be seen.'];
	}
	const parts = [
		via.version === undefined ? undefined : `OpenClaw ${via.version}`,
		via.startedAt === undefined ? undefined : `up for ${roundSpan(now - via.startedAt)}`,
		// As much as tells one start from another, also in a log of the gateway.
		via.bootId === undefined ? undefined : `boot ${via.bootId.slice(0, 8)}`,
	].filter(part => part !== undefined);
	const approvals =
		via.approvals === false
			? ['Requests for approval are not shown: the setting approvals is off, or the gateway does not grant operator.approvals.']
			: [];
	const refused = via.refusedToken === undefined ? [] : [refusedTokenWords(via.refusedToken)];
	return [`Questions go over the control plane${parts.length === 0 ? '' : `: ${parts.join(', ')}`}.`, ...refused, ...approvals];
}
