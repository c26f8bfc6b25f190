/** The proxy answered, but opened no tunnel: 407 wants a password, 403 forbids the target, 502 could not reach it. */
export class ProxyRefusedError extends Error {
	override readonly name = 'ProxyRefusedError';
	readonly code = 'ERR_PROXY_REFUSED';

	/** @param target `host:port` of the tunnel. */
	constructor(
		readonly target: string,
		readonly status: number,
	) {
		super(`the proxy answered ${status} to CONNECT ${target}`);
	}
}
