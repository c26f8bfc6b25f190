/** Time limits of every connection, in milliseconds. */
export const connectTimeouts = {
	/** TCP and TLS handshake together, all addresses of a name together. */
	connectMs: 10_000,
	/** One address of a name that has several, before the next is tried beside it. Node's 250 ms is too short for slow tailnets. */
	attemptMs: 2_500,
} as const;
