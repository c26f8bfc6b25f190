/**
 * The exit codes of every clawtalk command, with and without `--json`. This table is public API: scripts branch on it.
 * Numbers follow BSD sysexits(3) where a meaning fits; 79 and 80 are ours; 129, 130 and 143 are 128 + the signal's number.
 */
export const exitCodes = {
	ok: 0,
	/** A bug of clawtalk. A crash report was written. */
	bug: 1,
	/** Wrong flag, missing argument. */
	usage: 2,
	/** The host name of the gateway was not found. */
	nameNotFound: 68,
	/** Nobody answered, or something that is no OpenClaw gateway did. */
	unreachable: 69,
	/** The gateway took the question and the turn failed; no text was received. */
	turnFailed: 70,
	/** Text was printed but the answer is not complete, whatever cut it. */
	incomplete: 74,
	/** Starting, draining, rate-limited, `--timeout` before any text, or a look whose time was over before it saw all: trying later may help. */
	temporary: 75,
	/** TLS, protocol or version mismatch; a Node that is too old. */
	protocol: 76,
	/** Authentication, pairing or scope. */
	authentication: 77,
	/** Configuration. */
	configuration: 78,
	/** The gateway's chat endpoint is switched off. */
	endpointOff: 79,
	/** The answer came but a tool failed (only with `--require-tools`); or there are nodes, and none can run anything (`nodes`). */
	toolsFailed: 80,
	hangup: 129,
	interrupted: 130,
	terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What a command ends with when a signal ended it: 128 + the signal's number. */
export const signalExitCodes = {SIGHUP: exitCodes.hangup, SIGINT: exitCodes.interrupted, SIGTERM: exitCodes.terminated} as const;

/** The exit code of the signal that an AbortSignal of a command names as its reason, if one does. */
export function exitCodeOfSignal({reason}: Pick<AbortSignal, 'reason'>): ExitCode | undefined {
	return typeof reason === 'string' && Object.hasOwn(signalExitCodes, reason)
		? signalExitCodes[reason as keyof typeof signalExitCodes]
		: undefined;
}

/** The table in words, as `--help` and the readme print it. */
export const exitCodeMeanings: ReadonlyArray<readonly [code: ExitCode, meaning: string]> = [
	[0, 'ok'],
	[1, 'a bug of clawtalk; where the report is, is said on stderr'],
	[2, 'wrong usage'],
	[68, 'the host name was not found'],
	[69, 'unreachable, or what answers is not an OpenClaw gateway'],
	[70, 'the turn failed without any text'],
	[74, 'text was printed but the answer is not complete'],
	[75, 'temporary: starting, draining, rate-limited, too slow to tell, or --timeout before any text'],
	[76, 'TLS, protocol or version mismatch; Node too old'],
	[77, 'authentication, pairing or scope'],
	[78, 'configuration'],
	[79, 'the chat endpoint of the gateway is switched off'],
	[80, 'the answer came but a tool failed (only with --require-tools); nodes: none can run anything'],
	[129, 'ended by SIGHUP; 130 by SIGINT (Ctrl+C), 143 by SIGTERM'],
];
