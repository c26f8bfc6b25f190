import type {ApprovalRule} from '../../gateway/approval.js';
import type {ApprovalEnded} from '../../transcripts/record.js';
import type {ClockPace} from '../command.js';
import type {State} from '../state.js';
import {isOfThisSession, openApprovals, type WaitingApproval} from './approval.js';

/** A command that is longer is in the conversation's file as a whole. */
const longestSaid = 300;

/** What became of a request, for the transcript: what was asked, what was answered, by whom. */
export function outcomeText(ended: ApprovalEnded): string {
	const command =
		ended.command.length > longestSaid ? `${ended.command.slice(0, longestSaid)}… (${ended.command.length} characters)` : ended.command;
	const where = [ended.node === undefined ? ended.host : `node ${ended.node}`, ended.cwd && `in ${ended.cwd}`].filter(Boolean).join(', ');
	return `${outcomeWords(ended)}: ${command}${where === '' ? '' : ` (${where})`}`;
}

function outcomeWords({outcome, by}: ApprovalEnded): string {
	const who = by === undefined ? 'You' : `Not answered here: ${by}`;
	switch (outcome) {
		case 'allow-once':
			return `${who} allowed once`;
		case 'allow-always':
			return `${who} allowed always`;
		case 'deny':
			return `${who} denied`;
		case 'expired':
			return 'Expired without an answer, not run';
		case 'withdrawn':
			return 'Withdrawn, because its run was stopped';
		case 'over':
			return 'No longer waiting for approval (expired, answered elsewhere, or the gateway started anew)';
		case 'answered-before':
			return 'Your answer came too late: it was answered otherwise before';
		case 'unknown':
			return 'The connection broke while you answered, and the request is gone: whether your answer counted is not known';
		default:
			return 'Asked for approval';
	}
}

/** What is to be known of a request beside its command: a label and a text each. Texts are safe to show. */
export function approvalFacts(state: State, {request}: WaitingApproval): ReadonlyArray<readonly [label: string, text: string]> {
	const {agent, sessionKey, host, node, cwd, program, variables, why, rule, kind, isCut, runsAfterwards} = request;
	const session =
		sessionKey === undefined ? 'not named' : `${sessionKey} (${isOfThisSession(state, request) ? 'this conversation' : 'ANOTHER SESSION'})`;
	const fact = (label: string, text: string | undefined) => (text === undefined ? [] : [[label, text] as const]);
	return [
		...fact('Runs on', node === undefined ? (host === 'gateway' ? 'the machine of the gateway' : host) : `node ${node}`),
		...fact('Folder', cwd ?? (kind === 'exec' ? 'not named' : undefined)),
		...fact('Program', program),
		...fact('Variables', variables?.join(', ')),
		...fact('Agent', agent),
		...fact('Session', session),
		...(why.length === 0 ? fact('Why', 'not told') : why.map(line => ['Why', line] as const)),
		...fact(
			'When',
			runsAfterwards &&
				'The answer does not wait for it. Once allowed it runs, also when the answer has ended or was stopped; only denying it stops it.',
		),
		...fact('Always', rule === undefined ? 'not offered for this one' : ruleText(rule, request)),
		...fact('Cut', isCut && 'The request is longer than can be shown whole: it can only be denied here.'),
	];
}

/** What the title of a request says: how many wait, and how long this one does. */
export function approvalTitle(state: State, {request, expiresAt}: WaitingApproval): string {
	const open = openApprovals(state);
	const count = open.length + (state.approvals?.leftOut ?? 0);
	const place = open.findIndex(one => one.request.id === request.id) + 1;
	const leftMs = expiresAt === undefined ? undefined : Math.max(0, expiresAt - state.now);
	return [
		request.kind === 'exec' ? 'A command waits for your approval' : 'A plugin waits for your approval',
		...(count > 1 ? [`${place} of ${count}`] : []),
		...(leftMs === undefined
			? []
			: [leftMs < closeMs ? `expires in ${Math.ceil(leftMs / 1_000)} s` : `expires in ${Math.ceil(leftMs / 60_000)} min`]),
	].join(' · ');
}

/** From here on the time is told by the second, in milliseconds. */
const closeMs = 120_000;

/** How often the clock is looked at while requests wait. */
export function approvalPace({approvals, now}: State): ClockPace | undefined {
	const ends = approvals?.waiting.flatMap(({expiresAt}) => expiresAt ?? []) ?? [];
	if (ends.length === 0) return undefined;
	return ends.some(end => end - now < closeMs + 60_000) ? 'second' : 'minute';
}

/** What `allow-always` stores, exactly. */
function ruleText(rule: ApprovalRule, {agent, cwd}: {readonly agent?: string; readonly cwd?: string}): string {
	const whose = agent === undefined ? 'for its agent' : `for agent ${agent}`;
	switch (rule.kind) {
		case 'exact':
			return `stores ${whose}: each program of this command, with exactly these arguments, ${cwd === undefined ? 'in its folder' : `in the folder ${cwd}`}; it runs without asking from then on`;
		case 'program':
			return `stores ${whose}: ${rule.path} with ANY arguments, in ANY folder; it runs without asking from then on`;
		case 'automation': {
			const days = rule.expiresInDays;
			const until = days === undefined ? 'until it is revoked' : `for ${days} ${days === 1 ? 'day' : 'days'}`;
			return `stores ${whose}: exactly this command in this folder, for the automation “${rule.name}” as it is defined now, ${until}`;
		}
	}
}

/** For `/status`: whether requests for approval can be seen and answered from here, and if not, what would change it. */
export function approvalsStatus(state: State): string {
	const {connection, approvals} = state;
	const via = connection.state === 'online' ? connection.via : undefined;
	if (via === undefined || via.transport === 'http')
		return 'Approvals: cannot be seen over HTTP; a tool that needs one is denied by the gateway.';
	if (via.approvals !== true) {
		return 'Approvals: not asked for. clawtalk config set approvals true lets this chat show and answer them, once the gateway grants operator.approvals.';
	}
	const count = (approvals?.waiting.length ?? 0) + (approvals?.leftOut ?? 0);
	return `Approvals: shown and answered here; ${count === 0 ? 'none waits' : `${count} ${count === 1 ? 'waits' : 'wait'}: /approvals`}.`;
}
