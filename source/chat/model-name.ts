/** Gateways echo the name of the agent that was asked (`openclaw/default`) where others name the model: that tells nothing new. */
export function modelName(told: string | undefined): string | undefined {
	return told === undefined || /^openclaw(?:$|[/:])/.test(told) ? undefined : told;
}
