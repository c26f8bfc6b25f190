/**
 * A session key of HTTP and the one that the control plane knows the same session by: `clawtalk:abc` is `agent:main:clawtalk:abc`.
 * 2026.9.6 translates it over HTTP, too; 2026.2.9 does not and keeps two sessions unless it is given the whole key.
 */
export function canonicalKey(key: string, agent: string): string {
	return /^agent:[^:]+:./.test(key) ? key : `agent:${agent.replace(/^openclaw[/:]/, '')}:${key}`;
}
