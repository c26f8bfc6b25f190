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
	/** Starting, draining, rate-limited, or `--timeout` before any text: trying later may help. */
	temporary: 75,
	/** TLS, protocol or version mismatch; a Node that is too old. */
	protocol: 76,
	/** Authentication, pairing or scope. */
	authentication: 77,
	/** Configuration. */
	configuration: 78,
	/** The gateway's chat endpoint is switched off. */
	endpointOff: 79,
	/** The answer came but a tool failed (only with `--require-tools`). */
	toolsFailed: 80,
	hangup: 129,
	interrupted: 130,
	terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
