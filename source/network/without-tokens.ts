/** What other programs get of the environment: all of it but the gateway's tokens and passwords, which none of them needs. */
export function withoutTokens(env: Readonly<NodeJS.ProcessEnv>): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(?:CLAWTALK|OPENCLAW)_\w*(?:TOKEN|PASSWORD)/.test(name)));
}
