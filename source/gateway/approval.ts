/**
 * Requests for approval: a tool of an agent waits until somebody says whether it may run. Seen on real gateways:
 *
 * - 2026.9.6 makes a run wait only where a client is connected that has the scope `operator.approvals` and names the capability
 *   `approvals` in its handshake; without one the tool fails at once ("Headless runs cannot wait for interactive exec approval"), as it
 *   always does for questions over HTTP. A request is told to the connections of the device that asked for the run. It lives 30 minutes
 *   and stays in `exec.approval.list` (an array) when that connection goes. Its command comes with control and invisible characters
 *   escaped (`\u{202E}`), secrets masked, at most 16,384 characters.
 * - 2026.2.9 tells every client with the scope, and sends the command as it is. It lives 120 seconds. The run does not wait: its answer
 *   ends, and an allowed command runs afterwards, also when the run was stopped meanwhile. There is no list, no `allowedDecisions`, and
 *   nothing is told when a request expires.
 * - `exec.approval.resolve {id, decision}` answers `{ok: true}`. 2026.9.6 takes the beginning of an id for the whole of it, answers the
 *   same decision again with `{ok: true}`, another one with `APPROVAL_ALREADY_RESOLVED`, an id that it does not know with
 *   `APPROVAL_NOT_FOUND` (in `error.details.reason`); 2026.2.9 knows only `unknown approval id`.
 * - `exec.approval.resolved` goes to whoever was told of the request, the answering connection too: `resolvedBy` is the client id or
 *   name, `null` when it expired (as `deny`), `approval-scope-closed` when its run was stopped.
 */
export interface ApprovalRequest {
	readonly kind: 'exec' | 'plugin';
	/** As the gateway gave it, and as it goes back: never shortened. */
	readonly id: string;
	/** What would run, whole. Here and below nothing invisible is left in a text: it is escaped (`\u{202E}`), a line end too. */
	readonly command: string;
	/** The command, or the list of its variables, is longer than what is kept: it cannot be shown whole, and so it cannot be allowed here. */
	readonly isCut?: true;
	readonly agent?: string;
	readonly sessionKey?: string;
	/** `gateway`, `node`, `sandbox`. */
	readonly host?: string;
	readonly node?: string;
	/** The folder it would run in. */
	readonly cwd?: string;
	/** The program that its first word was found to be. */
	readonly program?: string;
	/** Environment variables that it would be given beside the usual ones. */
	readonly variables?: readonly string[];
	readonly why: readonly string[];
	/** `deny` is always among them. */
	readonly decisions: readonly ApprovalDecision[];
	/** The run does not wait: what is allowed runs whatever became of the run meanwhile, also when it was stopped (2026.2.9). */
	readonly runsAfterwards?: true;
	/** What `allow-always` would store. Absent: not offered, or it is not known exactly. */
	readonly rule?: ApprovalRule;
	/** By the gateway's clock, milliseconds since the epoch. */
	readonly createdAt?: number;
	readonly expiresAt?: number;
}

export type ApprovalDecision = 'allow-once' | 'allow-always' | 'deny';

export type ApprovalRule =
	/** 2026.8.1 and later: each program of the command with exactly these arguments, in this folder, for this agent. */
	| {readonly kind: 'exact'}
	/** 2026.2.9: the program with any arguments in any folder, for this agent. */
	| {readonly kind: 'program'; readonly path: string}
	/** An automation (2026.9.6): this operation of this job, until its definition changes. */
	| {readonly kind: 'automation'; readonly name: string; readonly expiresInDays?: number};

/** Somebody has answered, or the gateway has withdrawn it. */
export interface ApprovalResolved {
	readonly id: string;
	readonly decision: ApprovalDecision;
	/** Client that answered. */
	readonly by?: string;
	/** Why nobody did. */
	readonly ended?: 'withdrawn' | 'by-itself';
}

/** The scope without which none of this is told. */
export const approvalScope = 'operator.approvals';
/** The capability without which 2026.9.6 lets no run wait. */
export const approvalCapability = 'approvals';
